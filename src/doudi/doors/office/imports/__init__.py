"""Ledgers taken in from a page (台账导入): read, looked at, taken in, and undone the same day."""
