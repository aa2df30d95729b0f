"""Certificates of disability, parents and supporters of a case file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.spans import Span
from doudi.kernel.vocabulary import DisabilityCategory, ParentSide, ParentStatus, SupporterStatus
from doudi.policy.cases.node import Node, if_given
from doudi.policy.known import UNKNOWN_CODE, code_of
from doudi.policy.logic import UNKNOWN, YES
from doudi.policy.values import GRADES

if TYPE_CHECKING:
    from doudi.kernel.months import Month

Row = dict[str, int]
MOST_MONTHS = 1_200
OLDEST = 130

_ALWAYS = date(1900, 1, 1)
_CERTIFICATE = "category grade needs_long_term_care valid_from valid_to"


def read_certificate(node: Node, row: Row, month: Month) -> None:
    """A certificate, or a list of dated ones: the last seen in the month counts."""
    if node.unknown:
        row["disability_category"] = row["disability_grade"] = UNKNOWN_CODE
        row["needs_long_term_care"] = int(UNKNOWN)
        return
    listed = list(node.items()) if isinstance(node.value, list) else [node]
    seen = [(span.first, place) for place, span in enumerate(map(_span, listed))
            if span.touches(month)]  # fmt: skip
    pairs = [_graded(one) for one in listed]
    if not seen:
        return
    _, last = max(seen)
    row["disability_category"], row["disability_grade"] = pairs[last]
    entries = listed[last].keys(_CERTIFICATE)
    if "needs_long_term_care" in entries:
        row["needs_long_term_care"] = entries["needs_long_term_care"].truth()


def _span(node: Node) -> Span:
    """The days that a certificate holds."""
    entries = node.keys(_CERTIFICATE)
    first = entries["valid_from"].day() if "valid_from" in entries else _ALWAYS
    last = entries["valid_to"].day() if "valid_to" in entries else None
    if last is not None and last < first:
        raise entries["valid_to"].refuse("CASE-PERIOD")
    return Span(first, last)


def _graded(node: Node) -> tuple[int, int]:
    """Category and grade of a disability, both of them."""
    entries = node.keys(_CERTIFICATE)
    if "category" not in entries or "grade" not in entries:
        raise node.refuse("CASE-WHOLE")
    return entries["category"].code(DisabilityCategory), entries["grade"].count(1, GRADES)


def _of_kin(entries: dict[str, Node]) -> tuple[int, int]:
    """The disability of a parent or supporter; none where the file is silent."""
    node = entries.get("disability")
    if node is None:
        return 0, 0
    if node.unknown:
        return UNKNOWN_CODE, UNKNOWN_CODE
    return _graded(node)


def read_parents(node: Node, row: Row) -> None:
    """What became of father and mother; one not mentioned is alive and well."""
    for side, entry in node.keys(" ".join(str(side) for side in ParentSide)).items():
        if entry.unknown:
            row[f"{side}_status"] = UNKNOWN_CODE
            continue
        entries = entry.keys("status months disability serious_illness")
        alive = code_of(ParentStatus.ALIVE)
        row[f"{side}_status"] = if_given(
            entries, "status", lambda one: one.code(ParentStatus), alive
        )
        row[f"{side}_months"] = if_given(entries, "months", _months, 0)
        category, grade = _of_kin(entries)
        row[f"{side}_disability_category"], row[f"{side}_disability_grade"] = category, grade
        row[f"{side}_serious_illness"] = if_given(entries, "serious_illness", Node.truth, 0)


def _months(node: Node) -> int:
    """A number of months."""
    return node.count(0, MOST_MONTHS)


def read_supporters(node: Node) -> list[Row]:
    """Those who owe support, one by one; what is not mentioned of one is not so."""
    rows = []
    for one in node.items():
        entries = one.keys("income_year property_ok disability status", "age")
        category, grade = _of_kin(entries)
        rows.append(
            {
                "age": entries["age"].count(0, OLDEST),
                "income_year": if_given(entries, "income_year", Node.fen, 0),
                "property_ok": if_given(entries, "property_ok", Node.truth, int(YES)),
                "category": category,
                "grade": grade,
                "status": if_given(
                    entries,
                    "status",
                    lambda entry: entry.code(SupporterStatus),
                    code_of(SupporterStatus.ORDINARY),
                ),
            }
        )
    return rows
