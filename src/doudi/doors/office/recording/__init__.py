"""Facts recorded and changed from a file (登记与更正): form, preview, act."""
