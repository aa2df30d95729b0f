"""What each award comes to in each month: the only room that sees both people and law."""
