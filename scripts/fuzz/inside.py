"""The fuzzed process: `python -m scripts.fuzz.inside TARGET [libFuzzer's options]`."""

from __future__ import annotations

import sys
import warnings

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]  # installed by make fuzz alone

with atheris.instrument_imports(include=["doudi"]):
    from scripts.fuzz.targets import TARGETS, outcome


def main() -> None:
    """Hand every input to the target; whatever is raised is a find."""
    warnings.simplefilter("ignore")  # zipfile remarks on doubled names
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, lambda data: _one(target, data))
    atheris.Fuzz()


def _one(target: object, data: bytes) -> None:
    outcome(target, data)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
