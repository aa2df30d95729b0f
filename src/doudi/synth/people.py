"""People as a ledger tells of them: households, members, and dated facts of either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Programme, Registration, Relation, Sex
from doudi.policy import first_month


@dataclass(frozen=True, slots=True)
class Fact:
    """One circumstance (情况): what is so, from when to when, and when it was learnt.

    `kind` is the registry's table, as the ledger's sheets name it; `learnt` counts the
    workbooks: 0 is the opening one, 1 that of the first month's changes.
    """

    kind: str
    values: Mapping[str, object]
    since: date
    until: date | None = None
    learnt: int = 0


@dataclass(slots=True)
class Person:
    """A person (人员) in a household, with what is known of them."""

    id_number: str
    name: str
    sex: Sex
    born: date
    relation: Relation
    joined: date
    independent: bool = True
    lives_with: bool = True
    learnt: int = 0
    facts: list[Fact] = field(default_factory=list)

    def age(self, on: date) -> int:
        """Years completed on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))

    def has(self, kind: str) -> bool:
        """Whether any fact of a kind is known."""
        return any(fact.kind == kind for fact in self.facts)

    def note(
        self,
        kind: str,
        since: date,
        until: date | None = None,
        /,
        *,
        learnt: int = 0,
        **values: object,
    ) -> None:
        """Write a fact down."""
        self.facts.append(Fact(kind, values, since, until, learnt))

    def now(self, kind: str) -> Mapping[str, object] | None:
        """What the latest fact of a kind says; None when there is none."""
        found = [fact for fact in self.facts if fact.kind == kind]
        return max(found, key=lambda fact: fact.since).values if found else None


@dataclass(slots=True)
class Award:
    """An award already decided (待遇), with its stop if it was stopped.

    `first_paid` is the first month that the ledger's office answers for; None: its first month.
    """

    number: str
    programme: Programme
    person: Person | None
    payee: Person
    applied_on: date
    decided_on: date
    first_paid: Month | None = None
    learnt: int = 0
    stop: Stop | None = None

    def holds_in(self, month: Month) -> bool:
        """Whether it is paid for a month by this office, as finally known."""
        first = first_month(self.programme, self.applied_on, self.decided_on)
        if self.first_paid:
            first = max(first, self.first_paid)
        return first <= month and (self.stop is None or month <= self.stop.last_month)


@dataclass(frozen=True, slots=True)
class Stop:
    """The decision to stop an award (停发) after a month."""

    last_month: Month
    decided_on: date
    reason: str
    learnt: int


@dataclass(slots=True)
class Household:
    """A household (户) with its members, its own facts and its awards."""

    number: str
    area_code: str
    registration: Registration
    address: str
    since: date
    members: list[Person] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    learnt: int = 0

    @property
    def head(self) -> Person:
        """The head (户主)."""
        return self.members[0]

    def note(
        self,
        kind: str,
        since: date,
        until: date | None = None,
        /,
        *,
        learnt: int = 0,
        **values: object,
    ) -> None:
        """Write a fact of the whole household down."""
        self.facts.append(Fact(kind, values, since, until, learnt))

    def awarded(self, programme: Programme) -> Iterator[Award]:
        """The awards of one programme."""
        return (award for award in self.awards if award.programme is programme)
