"""Moves (迁库): an office's rows from SQLite to PostgreSQL, journal and numbers as they are."""

from doudi.access.moves.moving import Moved, move_to

__all__ = ["Moved", "move_to"]
