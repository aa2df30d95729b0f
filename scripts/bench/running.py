"""A run from the facts to the bank and back, measured step by step, each against a yardstick."""

from __future__ import annotations

import statistics
import time
from random import Random
from typing import TYPE_CHECKING, Any

from doudi.access.queries import find_area, officer_named
from doudi.entitlement.actions import determine_month
from doudi.entitlement.explaining import explain_due
from doudi.entitlement.queries import due_table
from doudi.entitlement.rules import rules_of
from doudi.payments import queries, return_file
from doudi.payments.actions import (
    approve_run,
    check_run,
    draft_run,
    export_run,
    seal_run,
    settle_run,
)
from doudi.payments.contents import HASH_HEAD
from doudi.registry.actions import record_circumstances
from doudi.registry.models import CIRCUMSTANCES, Income
from doudi.registry.statements import Statement
from scripts.bench import bare
from scripts.bench.counting import Taken, counted, peak_megabytes, profiled
from scripts.bench.office import AFTER, AREA, FIRST, MONTH, NEWS, SEALED, SECOND, SETTLED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from doudi.access.models import Officer

PARTS = 100_000
"""Lines of one return file: the bank's files are bounded."""
EXPLAINED = 60
WARM_UPS = 3
CHANGED_PERMILLE = 1
Figures = dict[str, Any]


def first_run() -> Figures:
    """The whole first run, and the bare write of all that it wrote."""
    rules_of(find_area(AREA))  # read once in the life of a process
    before = bare.marks()
    taken = _run(FIRST)
    peak = peak_megabytes()
    rows = bare.written_since(before)
    yardstick = bare.seconds_to_write(rows, before)
    own = sum(seconds for table, seconds in yardstick.items() if table not in bare.JOURNAL)
    payments = rows.get("payments_payment", 0)
    return {
        "first_seconds": taken.wall,
        "first_core_seconds": taken.cores,
        "bare_seconds": own,
        "bare_with_journal_seconds": sum(yardstick.values()),
        "first_to_bare": taken.wall / own,
        "first_to_bare_with_journal": taken.wall / sum(yardstick.values()),
        "beneficiaries": payments,
        "statements": taken.statements,
        "statements_per_beneficiary": taken.statements / payments,
        "longest_transaction": taken.longest_transaction,
        "rows_written": sum(n for table, n in rows.items() if table not in bare.JOURNAL),
        "journal_rows": sum(n for table, n in rows.items() if table in bare.JOURNAL),
        "beneficiaries_a_second": payments / taken.wall,
        "beneficiaries_a_core_second": payments / taken.cores,
        "peak_megabytes": peak,
        **_journal_cost(before),
    }


def profile_of_first_run() -> list[tuple[str, float]]:
    """Where a first run's time goes: functions of ours, with their shares."""
    rules_of(find_area(AREA))
    with profiled() as profile:
        _run(FIRST)
    return profile.shares(12)


def later_steps(first_seconds: float) -> Figures:
    """All that comes after the first run: again, sealed, paid, changed, explained."""
    second = _run(SECOND)
    figures: Figures = {
        "unchanged_seconds": second.wall,
        "unchanged_to_first": second.wall / first_seconds,
        **_to_the_bank_and_back(),
        "explain_milliseconds": _explained(),
    }
    figures["changed_facts"] = _news()
    changed = _run(AFTER)
    figures["changed_seconds"] = changed.wall
    figures["changed_to_first"] = changed.wall / first_seconds
    return figures


def _run(at: datetime) -> Taken:
    """What `doudi run` does: the month worked out, the payments drafted."""
    area, clerk = find_area(AREA), officer_named("shou")
    with counted() as taken:
        determine_month(area=area, month=MONTH, actor=clerk, at=at)
        draft_run(month=MONTH, area=area, actor=clerk, at=at)
    return taken


def _journal_cost(before: dict[str, int]) -> Figures:
    """What the journal adds to the write of the due rows."""
    table = "entitlement_due"
    rows = bare.rows_since(table, before[table])
    clerk: Officer = officer_named("shou")
    without, having = bare.journal_cost(table, rows, actor=clerk, at=FIRST)
    return {"journal_times": having / without}


def _to_the_bank_and_back() -> Figures:
    """Sealing, exporting, settling: microseconds a payment."""
    run = queries.open_run()
    if run is None:
        raise ValueError("the first run drafted nothing")
    number, count = run.number, queries.sums_of(run).payments
    check_run(number, actor=officer_named("cha"), at=SEALED)
    approve_run(number, actor=officer_named("pi"), at=SEALED)
    cashier = officer_named("zijin")
    seal = _microseconds(lambda: seal_run(number, actor=cashier, at=SEALED), count)
    export = _microseconds(lambda: export_run(number, actor=cashier, at=SEALED), count)
    files = _answers_of_the_bank(number)

    def settle() -> None:
        for place, content in enumerate(files):
            settle_run(content, name=f"part-{place}.txt", actor=cashier, at=SETTLED)

    return {
        "seal_microseconds": seal,
        "export_microseconds": export,
        "settle_microseconds": _microseconds(settle, count),
    }


def _answers_of_the_bank(number: str) -> list[bytes]:
    """The return files: every payment arrives but one in two hundred."""
    run = queries.run_numbered(number)
    contents = queries.contents_of(run)
    refused = min(return_file.RETURN_CODES)
    answers = [
        (item.number, refused if item.number % 200 == 0 else return_file.PAID_CODE, "")
        for item in contents.items
    ]
    return [
        return_file.write(
            contents, run.content_hash[:HASH_HEAD], SETTLED.date(), answers[start : start + PARTS]
        )
        for start in range(0, len(answers), PARTS)
    ]


def _microseconds(work: Callable[[], Any], count: int) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1e6 / count


def _news() -> int:
    """Change one fact in a thousand: of some persons an income, by a yuan; answers how many."""
    facts = sum(
        model._default_manager.filter(superseded_at=None).count()  # noqa: SLF001 - Django's API
        for model in CIRCUMSTANCES
    )
    believed = Income.objects.filter(superseded_at=None, valid_to=None).order_by("pk")
    rows = list(believed.values_list("person_id", "kind", "amount_fen", "months"))
    chosen = Random(1).sample(rows, max(1, facts * CHANGED_PERMILLE // 1000))  # noqa: S311 - no secret
    recorded = record_circumstances(
        "income",
        statements=[
            Statement(
                owner=person,
                values={"kind": kind, "amount_fen": fen + 100, "months": months},
                valid_from=MONTH.first,
                source="bench",
            )
            for person, kind, fen, months in chosen
        ],
        actor=officer_named("shou"),
        at=NEWS,
        why="bench",
        revise=True,
        accept_warnings=True,
    )
    if recorded.faults:
        raise ValueError(recorded.faults[0].sentence())
    return recorded.new + recorded.corrected


def _explained() -> float:
    """Milliseconds to explain a due row of one family, warm: the median of many families."""
    ids = list(due_table().order_by("pk").values_list("pk", flat=True))
    step = max(1, len(ids) // EXPLAINED)
    seconds = []
    for place, number in enumerate(ids[::step]):
        begun = time.perf_counter()
        explain_due(number, officer=None)
        if place >= WARM_UPS:
            seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds) * 1000
