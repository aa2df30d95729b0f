"""A member of a case file, as a row of facts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import (
    Absence,
    CarePlace,
    ChildScheme,
    DeductionKind,
    IncomeKind,
    Programme,
    Relation,
    Schooling,
    Sex,
    SupportFinding,
    WorkCapacity,
)
from doudi.policy.cases.kin import read_certificate, read_parents, read_supporters
from doudi.policy.cases.node import UNKNOWN_WORD, Node
from doudi.policy.facts import MONTHS_A_YEAR
from doudi.policy.known import UNKNOWN_CODE, UNKNOWN_DATE, code_of, held_bit

if TYPE_CHECKING:
    from collections.abc import Callable

    from doudi.kernel.months import Month

Row = dict[str, int]
EPOCH = date(1970, 1, 1)
OLDEST = 130
SELF_CARE_ITEMS = 6

_KEYS = (
    "death_date lives_with independent absent student income income_12_months deductions "
    "disability serious_illness work self_care_unmet care_place supporters parents child_scheme "
    "receives holds"
)


def read_member(node: Node, month: Month) -> tuple[str, Row, list[Row]]:
    """A member's id, its facts, and the rows of its supporters."""
    entries = node.keys(_KEYS, "id relation birth_date sex")
    if entries["sex"].value != UNKNOWN_WORD:
        entries["sex"].word(Sex)
    row: Row = {"relation": entries["relation"].code(Relation)}
    _read_life(entries, row, month)
    _read_money(entries, row)
    supporters: list[Row] = []
    for key, entry in entries.items():
        if key in _READERS:
            _READERS[key](entry, row)
        elif key == "disability":
            read_certificate(entry, row, month)
        elif key == "supporters":
            supporters = _read_supporters(entry, row)
    return entries["id"].text(), row, supporters


def _read_life(entries: dict[str, Node], row: Row, month: Month) -> None:
    """Birth and death; refuses a death before birth and an age beyond 130."""
    birth = entries["birth_date"]
    row["birth_date"] = UNKNOWN_DATE if birth.unknown else _days(birth)
    death = entries.get("death_date")
    if not birth.unknown and month.year - birth.day().year > OLDEST:
        raise birth.refuse("CASE-AGE")
    if death is None:
        return
    row["death_date"] = UNKNOWN_DATE if death.unknown else _days(death)
    if not death.unknown and not birth.unknown and death.day() < birth.day():
        raise death.refuse("CASE-ORDER")


def _days(node: Node) -> int:
    """A date as a column holds it."""
    return (node.day() - EPOCH).days


def _read_money(entries: dict[str, Node], row: Row) -> None:
    """Income, by the month or over twelve months, and what is taken off it each month."""
    if "income" in entries and "income_12_months" in entries:
        raise entries["income_12_months"].refuse("CASE-BOTH")
    for key, months in (("income", MONTHS_A_YEAR), ("income_12_months", 1)):
        if key in entries:
            _read_amounts(entries[key], IncomeKind, "income_", row, months)
    if "deductions" in entries:
        _read_amounts(entries["deductions"], DeductionKind, "deduction_", row, 1)


def _read_amounts(
    node: Node, kinds: type[IncomeKind | DeductionKind], prefix: str, row: Row, months: int
) -> None:
    """Amounts by kind, times so many months; unknown as a whole, or kind by kind."""
    if node.unknown:
        row.update({f"{prefix}{kind}": UNKNOWN_CODE for kind in kinds})
        return
    for kind, entry in node.keys(" ".join(str(kind) for kind in kinds)).items():
        fen = entry.fen()
        row[f"{prefix}{kind}"] = fen if fen == UNKNOWN_CODE else fen * months


def _read_supporters(node: Node, row: Row) -> list[Row]:
    """An officer's finding of all supporters, or each of them; an empty list is nobody."""
    if not isinstance(node.value, list):
        row["supporters"] = node.code(SupportFinding)
        return []
    listed = read_supporters(node)
    if not listed:
        row["supporters"] = code_of(SupportFinding.NONE)
    return listed


def _read_work(node: Node, row: Row) -> None:
    """Capacity for work, which is looked at but decides nothing here, and employment."""
    entries = node.keys("capacity employed")
    if "capacity" in entries:
        entries["capacity"].code(WorkCapacity)
    if "employed" in entries:
        row["employed"] = entries["employed"].truth()


def _read_receives(node: Node, row: Row) -> None:
    """What comes from elsewhere."""
    entries = node.keys("work_injury_care nursing_allowance dibao_per_head state_funeral_grant")
    for key, entry in entries.items():
        told = key in ("work_injury_care", "state_funeral_grant")
        row[key] = entry.truth() if told else entry.fen()


def _read_holds(node: Node, row: Row) -> None:
    """Awards already decided: exactly these."""
    row["holds"] = 0
    for entry in node.items():
        row["holds"] |= held_bit(entry.word(Programme))


def _code(name: str, read: Callable[[Node], int]) -> Callable[[Node, Row], None]:
    """A reader that puts one value into its column."""

    def put(node: Node, row: Row) -> None:
        row[name] = read(node)

    return put


_READERS: dict[str, Callable[[Node, Row], None]] = {
    "lives_with": _code("lives_with", Node.truth),
    "independent": _code("independent", Node.truth),
    "absent": _code("absent", lambda node: node.code(Absence, "none")),
    "student": _code("student", lambda node: node.code(Schooling, "none")),
    "serious_illness": _code("serious_illness", Node.truth),
    "self_care_unmet": _code("self_care_unmet", lambda node: node.count(0, SELF_CARE_ITEMS)),
    "care_place": _code("care_place", lambda node: node.code(CarePlace)),
    "child_scheme": _code("child_scheme", lambda node: node.code(ChildScheme)),
    "work": _read_work,
    "parents": read_parents,
    "receives": _read_receives,
    "holds": _read_holds,
}
