"""Throw-away copies of what is committed: a place to plant faults in, out of everybody's way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]


def is_changed(*places: str) -> bool:
    """Whether something below these places is not committed, and so not in a copy."""
    said = _git("status", "--porcelain", "--untracked-files=no", "--", *places)
    return bool(said.strip())


def commit() -> str:
    """The short name of the commit that a copy is made of."""
    return _git("rev-parse", "--short=10", "HEAD").decode().strip()


@contextmanager
def copy() -> Iterator[Path]:
    """A folder with everything that is committed, and with its messages compiled."""
    place = Path(tempfile.mkdtemp(prefix="doudi-copy-"))
    try:
        with tarfile.open(fileobj=BytesIO(_git("archive", "--format=tar", "HEAD"))) as archive:
            archive.extractall(place, filter="data")
        for catalogue in place.glob("src/doudi/locale/*/LC_MESSAGES/*.po"):
            compile_messages(catalogue)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def compile_messages(catalogue: Path) -> None:
    """Write the compiled messages of a catalogue beside it."""
    words = ["-i", str(catalogue), "-o", str(catalogue.with_suffix(".mo"))]
    frontend = [sys.executable, "-m", "babel.messages.frontend", "-q", "compile"]
    subprocess.run([*frontend, *words], check=True)  # noqa: S603 - our own command


def environment(place: Path) -> dict[str, str]:
    """The environment in which a command runs on the copy and not on the checkout.

    Nothing is compiled to disk: a changed file must never meet the code of the one before it.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DOUDI_")}
    path = os.pathsep.join(map(str, (place / "src", place)))
    return kept | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def _git(*words: str) -> bytes:
    """What git answers about this checkout."""
    git = shutil.which("git") or "git"
    return subprocess.run(  # noqa: S603 - our own command
        [git, "-C", str(ROOT), *words], check=True, capture_output=True
    ).stdout
