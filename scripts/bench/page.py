"""Writes docs/benchmarks.md from docs/benchmarks.json: no figure on it is typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.bench import results
from scripts.bench.databases import ROOT
from scripts.bench.peers import MEASURED_BY, PEERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PAGE = ROOT / "docs" / "benchmarks.md"
Result = dict[str, Any]
SHARE_SHOWN = 0.02
TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
PEOPLE = {"register": "register", "recipients": "recipients alone"}

RATIOS: tuple[tuple[str, str, str], ...] = (
    ("first_to_bare", "the whole first run, in bare writes of the same rows", "≤ 4"),
    (
        "first_to_bare_with_journal",
        "the same, the journal's rows counted in the bare write too",
        "",
    ),
    ("growth", "the first run's time per award, against the next smaller size", "≤ 1.2"),
    ("unchanged_to_first", "a second run with nothing changed, against the first", "≤ 0.05"),
    ("changed_to_first", "a run after 0.1 % of the facts changed, against the first", "≤ 0.05"),
    ("engine_to_by_hand", "determination alone, against NumPy by hand", "≤ 1.5"),
    ("journal_times", "writing due rows with the journal's triggers, against without", ""),
    ("import_to_bare", "import of a workbook, in bare writes of the same rows", ""),
)
PLAIN: tuple[tuple[str, str, str], ...] = (
    ("beneficiaries", "awards with a due row, a payment and a line written", ""),
    ("rows_written", "rows written by the first run", ""),
    ("journal_rows", "and by its journal", ""),
    ("first_seconds", "first run, seconds", ""),
    ("bare_seconds", "bare write of its rows, seconds", ""),
    ("beneficiaries_a_second", "beneficiaries a second", ""),
    ("beneficiaries_a_core_second", "beneficiaries a second and core", "> 20,000"),
    ("statements", "statements of the first run", ""),
    ("statements_per_beneficiary", "statements a beneficiary", ""),
    ("longest_transaction", "longest transaction, seconds", ""),
    ("peak_megabytes", "peak memory, MB", "< 2,048"),
    ("explain_milliseconds", "one family with its explanation, warm, ms", "< 5"),
    ("seal_microseconds", "sealing, µs a payment", ""),
    ("export_microseconds", "exporting, µs a payment", ""),
    ("settle_microseconds", "settling, µs a payment", ""),
    ("engine_seconds", "determination of everybody, seconds", ""),
    ("by_hand_seconds", "the same in NumPy by hand, seconds", ""),
    ("law_differing", "rows in which the two differ", "0"),
    ("import_rows", "rows of the imported workbook", ""),
    ("import_rows_a_second", "of these a second", ""),
    ("import_peak_megabytes", "peak memory of the import, MB", ""),
    ("trials", "trials", ""),
)


def write() -> None:
    """Write the page."""
    PAGE.write_text(text(results.kept()), encoding="utf-8")


def text(kept: Mapping[str, Result]) -> str:
    """The page of these results."""
    columns = sorted(
        (_with_growth(each, kept) for each in kept.values()),
        key=lambda each: (each["people"], each["persons"], each["database"]),
    )
    return (
        "\n\n".join(
            [
                _HEAD,
                "## Ratios",
                _table(RATIOS, columns),
                "## Plain figures",
                _table(PLAIN, columns),
                _missed(columns),
                _profiles(columns),
                _peers(columns),
                _machines(columns),
                _TESTS,
                _scores(),
            ]
        )
        + "\n"
    )


def _scores() -> str:
    """The table of mutation scores, as its own page has it."""
    lines = (results.FILE.parent / "mutation.md").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if line.startswith("|"))


_TESTS = """## The tests, tested

How many small faults, drawn by chance, the tests of three rooms notice; which ones they don't is
in [mutation.md](mutation.md), and which promise each important test keeps, in
[promises.md](promises.md)."""

_HEAD = """# How fast it is

Written by `make bench`, and by nothing else: a run of it renews the columns that it measures. Each
figure is the median of so many trials as its column says, each on a fresh copy of a prepared
office; determination alone is the median of five turns. A ratio compares two things done one after
the other in one process, so that a slow machine slows both. Bold is an aim missed.

**What is measured.** `doudi synth` makes up an office's register: most people on it receive
nothing. *Recipients alone* is the same people without the households that hold no award. The people
come in by the actions of the import, which takes no part in the measurement. A *first run* is what
`doudi run` does for an office's first month: read the facts, determine, write due rows with their
parts, draft payments with their lines. Then come the same again with nothing changed, sealing,
exporting, settling, a thousandth of the facts changed (incomes, of anybody on the register), and a
run for what that changes.

**The yardstick.** The bare write puts the rows of the first run into tables with the same columns
and without keys, indexes, constraints or triggers: `COPY` on PostgreSQL, `executemany` in one
transaction a table on SQLite; the rows are in hand before the clock starts. The law by hand is
`scripts/bench/law.py`: plain NumPy for what made-up people have, which gives states and amounts and
no reasons. The bench fails where it and the engine differ in one row."""


def _with_growth(result: Result, kept: Mapping[str, Result]) -> Result:
    """A result with how its time per award compares with the next smaller register's."""
    smaller = [
        each
        for each in kept.values()
        if (each["database"], each["people"]) == (result["database"], result["people"])
        and each["persons"] < result["persons"]
    ]
    if not smaller:
        return result
    before = max(smaller, key=lambda each: int(each["persons"]))
    growth = _per_award(result) / _per_award(before)
    return result | {"figures": result["figures"] | {"growth": growth}}


def _per_award(result: Result) -> float:
    return float(result["figures"]["first_seconds"] / result["figures"]["beneficiaries"])


def _heading(result: Result) -> str:
    return (
        f"{TITLES[result['database']]}<br>{int(result['persons']):,}<br>{PEOPLE[result['people']]}"
    )


def _table(lines: tuple[tuple[str, str, str], ...], columns: list[Result]) -> str:
    """A line a figure, a column a result."""
    rows = [
        f"| | aim | {' | '.join(_heading(each) for each in columns)} |",
        "|---|---|" + "---:|" * len(columns),
    ]
    for name, title, aim in lines:
        cells = [_cell(each["figures"].get(name), aim) for each in columns]
        rows.append(f"| {title} | {aim} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(figure: float | None, aim: str) -> str:
    if figure is None:
        return ""
    return f"**{_shown(figure)}**" if is_missed(figure, aim) else _shown(figure)


def is_missed(figure: float, aim: str) -> bool:
    """Whether a figure misses an aim such as `≤ 4`; no aim is never missed."""
    sign, _, bound = aim.partition(" ")
    if not bound:
        return aim == "0" and figure != 0
    checks: dict[str, Callable[[float, float], bool]] = {
        "≤": lambda one, other: one > other,
        "<": lambda one, other: one >= other,
        ">": lambda one, other: one <= other,
    }
    return checks[sign](figure, float(bound.replace(",", "")))


def _shown(figure: float) -> str:
    if isinstance(figure, int) or abs(figure) >= 100:  # noqa: PLR2004 - digits of use
        return f"{figure:,.0f}"
    return f"{figure:.3g}"


def _missed(columns: list[Result]) -> str:
    """Which aims are missed at the largest size of each database."""
    lines = ["## Aims missed", ""]
    for result in columns:
        missed = [
            f"{title} is {_shown(result['figures'][name])} ({aim})"
            for name, title, aim in (*RATIOS, *PLAIN)
            if name in result["figures"] and is_missed(result["figures"][name], aim)
        ]
        if missed:
            lines.append(f"* {_heading(result).replace('<br>', ', ')}: {'; '.join(missed)}.")
    if len(lines) == 2:  # noqa: PLR2004 - the heading alone
        lines.append("None.")
    return "\n".join(lines)


def _profiles(columns: list[Result]) -> str:
    """Where the time of a first run goes."""
    lines = [
        "## Where the time of a first run goes",
        "",
        "Every five milliseconds it is noted in which function of ours the work stands; time in",
        "the database or in NumPy counts for the function that called it. Shares below one in",
        "fifty are left out. `access.journal:deed` is the commit: there the database checks the",
        "foreign keys, which are deferred to it, and waits for the disk.",
        "",
    ]
    for result in columns:
        shares = [
            f"`{name}` {share:.0%}"
            for name, share in result["figures"].get("profile", [])
            if share >= SHARE_SHOWN
        ]
        lines.append(f"* {_heading(result).replace('<br>', ', ')}: {', '.join(shares)}.")
    return "\n".join(lines)


_BESIDE = (
    "beneficiaries a second",
    "statements a beneficiary",
    "longest transaction",
    "rows written",
    "what it does besides, or instead",
)


def _peers(columns: list[Result]) -> str:
    """Ours beside the peers."""
    lines = [
        "## Beside others",
        "",
        MEASURED_BY,
        "",
        f"| | {' | '.join(_BESIDE)} |",
        "|---|---|---|---|---|---|",
    ]
    lines += list(_ours(columns))
    lines += [
        f"| {peer.name} | {peer.beneficiaries_a_second} | {peer.statements}"
        f" | {peer.longest_transaction} | {peer.rows} | {peer.besides} |"
        for peer in PEERS
    ]
    return "\n".join(lines)


def _ours(columns: list[Result]) -> Iterator[str]:
    """A line for each of our results."""
    for result in columns:
        figures = result["figures"]
        rows = (figures["rows_written"] + figures["journal_rows"]) / figures["beneficiaries"]
        name = f"Doudi, {_heading(result).replace('<br>', ', ')}"
        yield (
            f"| {name} | {_shown(figures['beneficiaries_a_second'])}"
            f" | {_shown(figures['statements_per_beneficiary'])}"
            f" | {_shown(figures['longest_transaction'])} s"
            f" | {rows:.1f} a beneficiary, the journal's among them"
            " | reads the facts of the register, keeps parts and reasons, pays nobody twice |"
        )


def _machines(columns: list[Result]) -> str:
    """On what, when, and of which commit each column was measured."""
    lines = [
        "## The machines",
        "",
        "A plus after a commit means that the source had changes beside it. `load when finished`",
        "is how many others wanted the machine: their work slows both sides of a ratio.",
        "",
    ]
    for result in columns:
        machine = "; ".join(f"{name} {value}" for name, value in result["machine"].items())
        lines.append(
            f"* {_heading(result).replace('<br>', ', ')}: {result['taken_at']},"
            f" commit {result['commit']}; {machine}."
        )
    return "\n".join(lines)
