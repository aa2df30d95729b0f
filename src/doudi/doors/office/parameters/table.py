"""Parameters in force on the first day of a month, family by family, with how sure each is."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from doudi.kernel.refusals import N_
from doudi.policy.values import STATUS_WORDS, Status

if TYPE_CHECKING:
    from doudi.kernel.months import Month
    from doudi.policy import Rules
    from doudi.policy.values import Parameter, Value

FAMILIES = {
    "dibao": N_("低保"),
    "tekun": N_("特困供养"),
    "orphan": N_("孤儿"),
    "unattended": N_("事实无人抚养儿童"),
    "disability": N_("残疾人两项补贴"),
    "temporary_assistance": N_("临时救助"),
    "funeral": N_("殡葬补助"),
}
"""Families of parameters by the head of their path; all others are common to several."""
_COMMON = N_("共用")


@dataclass(frozen=True, slots=True)
class Shown:
    """A parameter as it is read: its value in words, since when, by which document, how sure."""

    path: str
    title: str
    value: str
    per: str
    first: date | None
    document: str
    jurisdiction: str
    confidence: str
    status: Status
    status_said: str
    note: str
    supplier: str
    versions: int


def in_force(rules: Rules, month: Month, language: str) -> dict[str, list[Shown]]:
    """Every parameter of the rules as in force in a month, by family."""
    families: dict[str, list[Shown]] = defaultdict(list)
    for path, parameter in sorted(rules.parameters.items()):
        family = gettext(FAMILIES.get(path.split(".")[0], _COMMON))
        families[family].append(_shown(parameter, parameter.on(month.first), language))
    return dict(families)


def counted(families: dict[str, list[Shown]]) -> list[tuple[str, str, int]]:
    """How many values are official, recalled, assumed, unknown: code, words, number."""
    counts = Counter((each.status, each.status_said) for rows in families.values() for each in rows)
    order = list(Status)
    return [
        (str(status), said, count)
        for (status, said), count in sorted(
            counts.items(), key=lambda each: order.index(each[0][0])
        )
    ]


def _shown(parameter: Parameter, value: Value | None, language: str) -> Shown:
    """A parameter in words; one that is not in force yet is unknown."""
    is_known = value is not None and value.value is not None
    status = value.status if value is not None else Status.UNKNOWN
    if not is_known:
        status = Status.UNKNOWN
    return Shown(
        path=parameter.path,
        title=parameter.title.said(language),
        value=parameter.shown(value.value if value else None).said(language),
        per=parameter.per.said(language),
        first=value.first if value else None,
        document=str(value.citation) if value else "",
        jurisdiction=value.jurisdiction if value else "",
        confidence=value.confidence if value else "",
        status=status,
        status_said=STATUS_WORDS[status].said(language),
        note=value.note if value else "",
        supplier="" if is_known else parameter.supplier.said(language),
        versions=len(parameter.values),
    )
