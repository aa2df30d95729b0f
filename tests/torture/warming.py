"""Warming up: what every fork would import for itself is imported once, without a connection."""

from __future__ import annotations

from importlib import import_module

from doudi.doors.cli.commands import COMMANDS, known_names


def warm_up() -> None:
    """Import every command."""
    for name in known_names():
        import_module(f"doudi.doors.cli.{COMMANDS[name].module}")
