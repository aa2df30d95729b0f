"""The words every room shares: money, months, spans, numbers of persons, refusals. Pure."""
