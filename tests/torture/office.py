"""The office that is tortured: made once, kept as it stood before and after each act."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from doudi.synth.liujia.bank import answer
from tests.torture.acts import (
    ACTS,
    AFTER,
    BEFORE,
    CHECK_BACKUP,
    CHECKS,
    LEDGER,
    RETURN,
    SECRET,
    TABLES,
    Act,
)
from tests.torture.forks import Told, count, run
from tests.torture.places import Place, empty_place
from tests.torture.snapshots import Snapshot, differences, snapshot

if TYPE_CHECKING:
    from tests.torture.forks import Wrong

PERSONS = 200
BANK_DAY = date(2022, 6, 14)

_PAID = """
    SELECT a.number AS award,
        (SELECT COALESCE(SUM(d.amount_fen), 0) FROM entitlement_due d
            WHERE d.award_id = a.id AND d.superseded_at IS NULL) AS due,
        (SELECT COALESCE(SUM(l.amount_fen), 0) FROM payments_line l
            JOIN payments_payment p ON p.id = l.payment_id
            JOIN payments_run r ON r.id = p.run_id
            WHERE p.award_id = a.id AND r.cancelled_at IS NULL) AS paid,
        (SELECT COALESCE(SUM(h.amount_fen), 0) FROM payments_held h
            WHERE h.award_id = a.id) AS held
    FROM entitlement_award a
"""
"""What each award is due, was paid and is held back, in fen, over all months."""


@dataclass(frozen=True)
class Stage:
    """An act, the office as it stood before it, and what it comes to unharmed."""

    act: Act
    before: Place
    seconds: float
    statements: int
    calls: int
    snapshot: Snapshot
    files: dict[str, bytes]


@dataclass
class Office:
    """Every stage of one made-up office."""

    root: Path
    stages: dict[str, Stage] = field(default_factory=dict)

    def prepare(self, upto: str = ACTS[-1].name) -> None:
        """Live through the acts unharmed, up to one."""
        place = empty_place(self.root)
        unharmed(run(place, ["backup", "--new-passphrase", str(self.root / SECRET)]))
        unharmed(run(place, ["synth", "--persons", str(PERSONS), str(place.home / LEDGER)]))
        for act in ACTS:
            for each in BEFORE.get(act.name, ()):
                unharmed(run(place, each.line(place.home)))
            if act.name == "settle":
                _ask_bank(place)
            place = self._stage(act, place)
            if act.name == upto:
                break
        unharmed(run(place, *(act.line(place.home) for act in (AFTER, *CHECKS, TABLES))))
        place.drop()

    def drop(self) -> None:
        """Leave nothing behind."""
        for stage in self.stages.values():
            stage.before.drop()
        shutil.rmtree(self.root)

    def _stage(self, act: Act, before: Place) -> Place:
        """Keep the office as it stands before an act, and answer its twin after the act."""
        after = before.copy()
        self.stages[act.name] = measured(act, before, after)
        return after

    def wrong_stage(self, name: str, wrong: Wrong) -> Stage:
        """The stage of a wrong product, compared with what that product comes to unharmed."""
        stage = self.stages[name]
        after = stage.before.copy()
        try:
            return measured(stage.act, stage.before, after, wrong)
        finally:
            after.drop()


def measured(act: Act, before: Place, after: Place, wrong: Wrong = None) -> Stage:
    """Do an act unharmed in `after`: what it takes and what it comes to."""
    scratch = before.copy()
    _, calls = count(scratch, act.line(scratch.home), with_calls=True, wrong=wrong)
    scratch.drop()
    told, statements = count(after, act.line(after.home), with_calls=False, wrong=wrong)
    unharmed(told)
    return Stage(act, before, told.seconds, statements, calls, snapshot(after), after.bank_files())


def faults_of(place: Place, stage: Stage) -> list[str]:
    """What is other than in the twin that was never harmed, and what is wrong in itself."""
    found = differences(stage.snapshot, snapshot(place))
    if place.bank_files() != stage.files:
        found.append(f"the bank's folder: {sorted(place.bank_files())}, not as the twin's")
    found += wrong_sums(place)
    if place.backup().exists() != (stage.act.name == "backup"):
        found.append("there is no backup, or one that nobody asked for")
    checked = run(place, *(act.line(place.home) for act in (AFTER, *CHECKS)))
    if checked.status:
        found.append(f"verified: {checked.stdout}{checked.stderr}")
    return found


def wrong_sums(place: Place) -> list[str]:
    """Awards that were paid more, or less, than is due and not held: as the database adds up."""
    rows = place.read(_PAID)
    nothing_drafted = not any(row["paid"] for row in rows)
    return [
        f"award {row['award']}: due {row['due']}, paid {row['paid']}, held {row['held']}"
        for row in rows
        if not nothing_drafted and row["due"] != row["paid"] + row["held"]
    ]


def torn_files(place: Place, stage: Stage) -> list[str]:
    """Files for the bank and backups that lie there, and aren't what they should be."""
    lying = place.bank_files()
    torn = [f"{name} is torn" for name in lying if stage.files.get(name) != lying[name]]
    if place.backup().exists():
        checked = run(place, CHECK_BACKUP.line(place.home))
        torn += [f"the backup is torn: {checked.stderr}"] if checked.status else []
    return torn


def unharmed(told: Told) -> None:
    """Nothing may go wrong where no harm is done."""
    assert told.status == 0, told.stdout + told.stderr


def _ask_bank(place: Place) -> None:
    """The made-up bank's answer: one account in seven is unknown to it."""
    (file,) = (content for name, content in place.bank_files().items() if name.endswith(".txt"))
    lines = file.decode("gb18030").splitlines()[1:-1]
    closed = {line.split("|")[2] for line in lines[::7]}
    (place.home / RETURN).write_bytes(answer(file, closed, BANK_DAY))
