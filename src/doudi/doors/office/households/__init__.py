"""Households (一户一档): the list, and each household's file."""
