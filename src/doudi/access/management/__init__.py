"""Commands of Django's that this room does its own way."""
