"""The small office whose officers sign in."""

from tests.office.conftest import world

__all__ = ["world"]
