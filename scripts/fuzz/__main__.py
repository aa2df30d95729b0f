"""`make fuzz`: looks for input that a parser neither reads nor refuses, led by coverage.

    make fuzz TARGET=return_file SECONDS=60
    make fuzz TARGET=return_file INPUT=var/fuzz/return_file/crash-…     the same input again

What makes a parser fail is kept under var/fuzz, and the command that repeats it is printed.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "var" / "fuzz"
ATHERIS = "atheris==3.0.0"
"""Pinned here and in no lock file: it has wheels for few systems."""
WHERE = "make fuzz runs on Linux on x86-64 with Python 3.11 to 3.13, where atheris has wheels"
_LIBRARY = FOUND / f"atheris-{sys.version_info.major}.{sys.version_info.minor}"
_MEGABYTES = "2048"
_SECONDS_AN_INPUT = "30"


def main() -> int:
    """Fuzz the targets named, one after the other; exit status 1 when anything was found."""
    asked = _asked()
    from scripts.fuzz.targets import TARGETS  # noqa: PLC0415 - only after `--inside` is told apart

    names = asked.target or list(TARGETS)
    unknown = sorted(set(names) - set(TARGETS))
    if unknown:
        return _say(f"there is no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    if not _install():
        return _say(WHERE)
    return max(_fuzz(name, asked.seconds, asked.input) for name in names)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("target", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--input", type=Path)
    return parser.parse_args()


def _install() -> bool:
    """Put atheris into a folder of its own, once; False where it has no wheel."""
    if _LIBRARY.exists():
        return True
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return False
    target = ["--quiet", "--only-binary", ":all:", "--no-deps", "--target", str(_LIBRARY)]
    installers = ([sys.executable, "-m", "pip"], ["uv", "pip"])
    for installer in installers:
        if shutil.which(installer[0]):
            done = subprocess.run(  # noqa: S603 - a pinned name
                [*installer, "install", *target, ATHERIS], check=False, capture_output=True
            )
            if done.returncode == 0:
                return True
    return False


def _fuzz(name: str, seconds: int, repeated: Path | None) -> int:
    """One target in a process of its own, which may end as badly as it likes."""
    from scripts.fuzz.targets import TARGETS  # noqa: PLC0415

    place = FOUND / name
    corpus = place / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds()):
        (corpus / f"seed-{number:02d}").write_bytes(seed)
    before = set(_crashes(place))
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own module
        [
            sys.executable, "-m", "scripts.fuzz.inside", name,
            *([str(repeated)] if repeated else [f"-max_total_time={seconds}", str(corpus)]),
            f"-artifact_prefix={place}/", f"-rss_limit_mb={_MEGABYTES}",
            f"-timeout={_SECONDS_AN_INPUT}", "-max_len=65536",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(_LIBRARY)},
        check=False,
    )  # fmt: skip
    new = sorted(set(_crashes(place)) - before)
    for crash in new:
        _say(f"{name}: found {crash.name}; again by: make fuzz TARGET={name} INPUT={crash}")
    if done.returncode and not new:
        _say(f"{name}: ended with status {done.returncode}, see above")
    elif not done.returncode:
        _say(f"{name}: nothing found")
    return 1 if done.returncode else 0


def _crashes(place: Path) -> list[Path]:
    """What was kept of earlier finds."""
    return [path for path in place.iterdir() if path.is_file()]


def _say(sentence: str) -> int:
    print(f"fuzz: {sentence}", file=sys.stderr)  # noqa: T201 - this is a command
    return 1


if __name__ == "__main__":
    sys.exit(main())
