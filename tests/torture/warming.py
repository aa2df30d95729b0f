"""Warming up: what every fork would import for itself is imported once, without a connection."""

from __future__ import annotations

from importlib import import_module

from doudi.doors.cli.commands import COMMANDS, known_names

_ROWS_A_BLOCK = 60


def warm_up() -> None:
    """Import every command, and let a change of keys take many blocks in a small office."""
    from doudi.access.actions import keys  # noqa: PLC0415 - only once the models are usable

    for name in known_names():
        import_module(f"doudi.doors.cli.{COMMANDS[name].module}")
    keys.ROWS_A_BLOCK = _ROWS_A_BLOCK
