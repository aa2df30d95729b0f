"""Passwords that the office makes up: to begin with, and for the demo."""

from __future__ import annotations

import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another when read aloud or from paper."""
_GROUPS, _GROUP = 4, 4


def made_up_password() -> str:
    """Four groups of four letters, some 78 bits of chance."""
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)]
    return "-".join(groups)
