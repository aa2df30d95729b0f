"""What was measured, kept in docs/benchmarks.json: a partial run renews its own part alone."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.bench.databases import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scripts.bench.databases import Subject

FILE = ROOT / "docs" / "benchmarks.json"


def kept() -> dict[str, Any]:
    """All that was measured so far, by subject; empty before the first time."""
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else {}


def keep(subject: Subject, figures: Mapping[str, Any], databases: Mapping[str, str]) -> None:
    """Keep a subject's figures with the machine, the moment and the commit."""
    whole = kept()
    whole[subject.name] = {
        "database": subject.database,
        "people": subject.people,
        "persons": subject.persons,
        "taken_at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "commit": _commit(),
        "machine": machine() | dict(databases),
        "figures": figures,
    }
    FILE.write_text(
        json.dumps(dict(sorted(whole.items())), ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )


def medians(trials: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Of each figure the median of the trials, to five digits."""
    names = {name for each in trials for name in each}
    return {
        name: _rounded(statistics.median([each[name] for each in trials if name in each]))
        for name in sorted(names)
    }


def _rounded(figure: float) -> float | int:
    return figure if isinstance(figure, int) else float(f"{figure:.5g}")


def machine() -> dict[str, str]:
    """Cores, processor, memory, kernel, Python."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        models = [x for x in information.read_text().splitlines() if x.startswith("model name")]
        processor = models[0].partition(":")[2].strip() if models else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": str(os.cpu_count()),
        "processor": processor,
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "load when finished": f"{os.getloadavg()[0]:.1f}",
    }


def _commit() -> str:
    """The commit that was measured, with a plus where the source had changes besides."""

    def git(*words: str) -> str:
        return subprocess.run(  # noqa: S603 - our own words
            ["git", *words],  # noqa: S607
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        ).stdout.strip()

    return git("rev-parse", "--short", "HEAD") + ("+" if git("diff", "HEAD", "--", "src") else "")
