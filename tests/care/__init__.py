"""Backups, restores and changes of the key: promises R9 and R20."""
