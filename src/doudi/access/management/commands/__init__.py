"""`migrate` keeps the journal's triggers standing; `flush` is for tests alone."""
