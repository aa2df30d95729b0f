"""Decisions (已确认的待遇): past awards of made-up households, as the rules give them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from doudi.kernel.months import Month
from doudi.kernel.vocabulary import (
    OtherBenefitKind,
    ParentSide,
    ParentStatus,
    Programme,
    SupportFinding,
)
from doudi.synth.model import ADULT, MONTHS_A_YEAR, OLD, SEVERE, yearly_income
from doudi.synth.people import Award, Household, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.synth.chance import Chance
    from doudi.synth.rates import Rates

LETTERS = {
    Programme.DIBAO: "DB",
    Programme.TEKUN: "TK",
    Programme.ORPHAN: "GE",
    Programme.DISABILITY_LIVING: "SH",
    Programme.DISABILITY_CARE: "HL",
    Programme.TEMPORARY_ASSISTANCE: "LS",
    Programme.FUNERAL: "BZ",
}
"""How the numbers of a programme's awards begin."""


@dataclass(slots=True)
class Register:
    """Numbers awards as they are decided."""

    on: date
    _count: int = field(default=0)

    def decide(
        self,
        household: Household,
        programme: Programme,
        person: Person | None,
        *,
        applied_on: date,
        decided_on: date,
        learnt: int = 0,
    ) -> Award:
        """An award of a programme; one older than this office's book is paid by it from `on`."""
        self._count += 1
        award = Award(
            number=f"{LETTERS[programme]}{decided_on.year}{self._count:06d}",
            programme=programme,
            person=person,
            payee=payee_of(household, person),
            applied_on=applied_on,
            decided_on=decided_on,
            first_paid=None if decided_on >= self.on else Month.of(self.on),
            learnt=learnt,
        )
        household.awards.append(award)
        return award

    def decide_before(
        self, chance: Chance, household: Household, programme: Programme, person: Person | None
    ) -> Award:
        """An award decided in one of the three years before, as soon as the facts were there."""
        subject = person or household.head
        known = [fact.since for fact in subject.facts if fact.kind in ("Disability", "Parent")]
        earliest = max([date(self.on.year - 3, 1, 1), subject.joined, *known])
        latest = max(earliest, self.on - timedelta(days=75))
        applied = chance.day(earliest, latest)
        decided = min(applied + timedelta(days=chance.between(12, 30)), self.on - timedelta(days=1))
        return self.decide(
            household, programme, person, applied_on=min(applied, decided), decided_on=decided
        )


def payee_of(household: Household, person: Person | None) -> Person:
    """Who receives: the person with an account of their own, else the head of the household."""
    return person if person and person.has("Account") else household.head


def due_programmes(
    rates: Rates, household: Household, on: date
) -> Iterator[tuple[Programme, Person | None]]:
    """What the rules give a household and its members by what is known of them on a day."""
    month = Month.of(on)
    tekun = [person for person in household.members if is_destitute(rates, person, month)]
    counted = [person for person in household.members if person not in tekun]
    income = sum(yearly_income(person, month) for person in counted)
    has_property = any(fact.kind == "Property" for fact in household.facts)
    line = rates.standard * len(counted) * MONTHS_A_YEAR
    on_dibao = household.head not in tekun and not has_property and income < line
    if on_dibao:
        yield Programme.DIBAO, None
    for person in household.members:
        if person in tekun:
            yield Programme.TEKUN, person
            continue
        orphaned = person.has("Parent") and person.age(on) < ADULT
        if orphaned:
            yield Programme.ORPHAN, person
        if on_dibao and person in counted and person.has("Disability") and not orphaned:
            yield Programme.DISABILITY_LIVING, person
        if needs_care(person):
            yield Programme.DISABILITY_CARE, person


def is_destitute(rates: Rates, person: Person, month: Month) -> bool:
    """Whether somebody old has neither income nor anybody who could support them."""
    finding = person.now("Support")
    return (
        finding is not None
        and finding["finding"] is SupportFinding.NONE
        and person.age(month.last) >= OLD
        and yearly_income(person, month) < rates.standard * MONTHS_A_YEAR
    )


def needs_care(person: Person) -> bool:
    """Whether a severely disabled person needs long-term care and has no other such benefit."""
    disability, need = person.now("Disability"), person.now("CareNeed")
    other = person.now("OtherBenefit")
    return (
        disability is not None
        and disability["grade"] in SEVERE
        and need is not None
        and bool(need["needs_long_term_care"])
        and not (other and other["kind"] is OtherBenefitKind.WORK_INJURY_CARE)
    )


def orphan(child: Person, since: date) -> None:
    """Say that a child has lost both parents by a day."""
    for side in ParentSide:
        child.note(
            "Parent", since, side=side, status=ParentStatus.DEAD, status_since=since,
            serious_illness=False,
        )  # fmt: skip
