"""Compiles the catalogues of messages while a wheel is built; all else is in pyproject.toml."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithMessages(build_py):
    """The ordinary build, and a compiled catalogue beside every written one."""

    def run(self) -> None:
        """Build; an editable install is left to `scripts/setup`, which compiles in place."""
        super().run()
        if self.editable_mode:
            return
        for catalogue in Path(self.build_lib).rglob("*.po"):
            with catalogue.open("rb") as written, catalogue.with_suffix(".mo").open("wb") as out:
                write_mo(out, read_po(written))


setup(cmdclass={"build_py": BuildWithMessages})
