"""Everything that happened to a household, on one line of time, the latest first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext

from doudi.doors.office.facts import shown_values
from doudi.entitlement import queries as entitlement
from doudi.kernel.money import yuan_grouped
from doudi.kernel.vocabulary import Programme
from doudi.payments import queries as payments
from doudi.registry import queries as registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from doudi.registry.models import Household
    from doudi.registry.queries import Held


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: when it came on record, what, by whom, and the particulars."""

    at: datetime
    icon: str
    title: str
    by: str
    told: str = ""


def happenings(household: Household, known_at: datetime) -> list[tuple[int, list[Happening]]]:
    """What happened to a household by a moment, year by year, the latest first."""
    found = [
        *facts_happened(registry.circumstances_of(household, on=None, known_at=known_at)),
        *_awards(household),
        *_payments(household),
    ]
    years: dict[int, list[Happening]] = defaultdict(list)
    for each in sorted(found, key=lambda each: each.at, reverse=True):
        years[localtime(each.at).year].append(each)
    return sorted(years.items(), reverse=True)


def facts_happened(facts: Sequence[Held]) -> Iterator[Happening]:
    """Every fact recorded, and every belief given up."""
    for held in facts:
        said = _said(held)
        label = gettext(held.kind.label)
        yield Happening(
            held.row.recorded_at,
            "file-text",
            gettext("登记{kind}").format(kind=label),
            held.row.recorded_by.name,
            said,
        )
        if held.row.superseded_at:
            yield Happening(
                held.row.superseded_at,
                "rotate-ccw",
                gettext("{kind}的这条记录不再采信").format(kind=label),
                "",
                said,
            )


def _said(held: Held) -> str:
    """A fact in one line: of whom, what, from when to when, from what source."""
    values = "，".join(f"{heading} {value}" for heading, value in shown_values(held))
    last = held.row.valid_to or gettext("今")
    return gettext("{who}{values}（{first} 至 {last}；来源：{source}）").format(
        who=f"{held.person.name}：" if held.person else "",
        values=values,
        first=held.row.valid_from,
        last=last,
        source=held.row.source,
    )


def _awards(household: Household) -> Iterator[Happening]:
    """Awards taken in, stopped, tapered."""
    for known in entitlement.awards_of_subjects([household.pk]):
        award, programme = known.award, gettext(Programme(known.award.programme).label)
        yield Happening(
            award.recorded_at,
            "circle-check",
            gettext("{programme}：{organ}于 {day} 决定，自 {month} 起").format(
                programme=programme,
                organ=award.decided_by,
                day=award.decided_on,
                month=award.first_month,
            ),
            award.recorded_by.name,
        )
        if known.stop:
            yield Happening(
                known.stop.recorded_at,
                "triangle-alert",
                gettext("{programme}：停发，最后一个月是 {month}").format(
                    programme=programme, month=known.stop.last_month
                ),
                known.stop.recorded_by.name,
                known.stop.reason,
            )


def _payments(household: Household) -> Iterator[Happening]:
    """What was sealed for payment."""
    for payment in payments.payments_of_household(household.pk):
        if payment.run.sealed_at is None:
            continue
        yield Happening(
            payment.run.sealed_at,
            "banknote",
            gettext("发放{programme} {amount} 元").format(
                programme=gettext(Programme(payment.award.programme).label),
                amount=yuan_grouped(payment.amount_fen),
            ),
            gettext("批次 {run}").format(run=payment.run.number),
            gettext("银行退回") if payment.came_back else "",  # type: ignore[attr-defined] # annotated
        )
