"""A small made-up world for figures: households, awards, what is due, payrolls, what came back.

Rows are written as the rooms below would leave them, each within a deed; the figures are then
counted by hand in the tests.
"""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from doudi.access.actions import load_areas, open_office
from doudi.access.journal import deed
from doudi.access.models import Area, Officer
from doudi.access.queries import find_area
from doudi.entitlement.models import Award, Determination, Due
from doudi.kernel.months import Month
from doudi.payments.models import Answer, Line, LineKind, Outcome, Payment, ReturnFile, Run
from doudi.registry.models import Account, Household, Membership, Person, Residence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from doudi.kernel.vocabulary import Programme

BEIJING = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(2020, 1, 1)


def moment(text: str) -> datetime:
    """A moment in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


START = moment("2022-01-04T09:00")


@dataclass
class World:
    """Everything a test sets up, with the system's officer as the one who does it."""

    actor: Officer
    officers: list[Officer] = field(default_factory=list)

    @contextmanager
    def doing(self, at: datetime) -> Iterator[None]:
        """A deed of the test."""
        with deed(actor=self.actor, act="test", why="测试", at=at):
            yield

    def household(
        self,
        number: str,
        *,
        area: str = "福保社区",
        registration: str = "urban",
        head: str = "张三",
        at: datetime = START,
    ) -> Household:
        """A household with its head, living somewhere for long."""
        with self.doing(at):
            household = Household.objects.create(number=number)
            self.resides(household, area=area, registration=registration, at=at)
            person = self.person(head, at=at)
            Membership.objects.create(
                person=person, household=household, relation="head", **self.fact(at)
            )
        return household

    def resides(
        self,
        household: Household,
        *,
        area: str,
        registration: str = "urban",
        since: date = LONG_AGO,
        at: datetime = START,
    ) -> Residence:
        """Where a household lives from a day on."""
        with self.doing(at):
            return Residence.objects.create(
                household=household,
                area=find_area(area),
                registration=registration,
                **self.fact(at, since),
            )

    def person(self, name: str, *, at: datetime = START) -> Person:
        """A person of seventy."""
        with self.doing(at):
            return Person.objects.create(
                person_number=uuid.uuid4().hex[:20],
                name=name,
                sex="F",
                birth_date=date(1952, 3, 1),
            )

    def fact(self, at: datetime, since: date = LONG_AGO) -> dict[str, object]:
        """The clocks of a circumstance, recorded and confirmed at one moment."""
        by = self.actor
        return {
            "valid_from": since,
            "recorded_at": at,
            "recorded_by": by,
            "confirmed_at": at,
            "confirmed_by": by,
            "source": "台账",
        }

    def award(
        self,
        programme: Programme,
        household: Household,
        *,
        name: str = "",
        first_month: str = "2022-01",
        at: datetime = START,
    ) -> Award:
        """An award, paid to the head of its household; of a person where there is a `name`."""
        head = Membership.objects.get(household=household, relation="head").person
        with self.doing(at):
            return Award.objects.create(
                number=uuid.uuid4().hex[:12],
                programme=programme,
                household=household,
                person=self.person(name, at=at) if name else None,
                payee=head,
                applied_on=LONG_AGO,
                decided_on=LONG_AGO,
                decided_by="官渡区民政局",
                first_month=first_month,
                due_from=first_month,
                source="台账",
                recorded_at=at,
                recorded_by=self.actor,
            )

    def due(
        self,
        award: Award,
        month: str,
        fen: int,
        *,
        members: int = 1,
        at: datetime = START,
        jurisdiction: str = "530111",
    ) -> Due:
        """What an award is due for a month, in place of what stood before."""
        with self.doing(at):
            Due.objects.filter(award=award, month=month, superseded_at=None).update(
                superseded_at=at
            )
            return Due.objects.create(
                award=award,
                month=month,
                amount_fen=fen,
                members=members,
                reason="holds",
                determination=self.determination(month, at=at, jurisdiction=jurisdiction),
                determined_at=at,
            )

    def determination(
        self, month: str, *, at: datetime = START, jurisdiction: str = "530111"
    ) -> Determination:
        """The working-out of a month for 六甲街道, as of a moment, under some rules."""
        found = Determination.objects.filter(
            month=month, known_at=at, jurisdiction=jurisdiction
        ).first()
        with self.doing(at):
            return found or Determination.objects.create(
                area=find_area("六甲街道"),
                month=month,
                known_at=at,
                jurisdiction=jurisdiction,
                fingerprint="0" * 64,
                whole=True,
                recovery_permille=None,
                awards=0,
                changed=0,
                undetermined=0,
                recorded_by=self.actor,
            )

    def run(
        self, month: str, paid: Mapping[Award, Mapping[str, int]], *, sealed: bool = True
    ) -> Run:
        """A payroll, sealed on the 20th: for each award, fen by the month they are for."""
        at = moment(f"{month}-20T10:00")
        with self.doing(at):
            run = Run.objects.create(
                number=f"{month}-{Run.objects.filter(month=month).count() + 1}",
                month=month,
                area=find_area("六甲街道"),
                drafted_by=self.officers[0],
                drafted_at=at,
            )
            for number, (award, months) in enumerate(paid.items(), start=1):
                self._payment(run, number, award, months, at)
            if sealed:
                for step, officer in zip(
                    ("checked", "approved", "sealed"), self.officers[1:], strict=True
                ):
                    setattr(run, f"{step}_by", officer)
                    setattr(run, f"{step}_at", at)
                run.content_hash = "0" * 64
                run.save()
        return run

    def _payment(
        self, run: Run, number: int, award: Award, months: Mapping[str, int], at: datetime
    ) -> None:
        """One award's payment with its lines."""
        account = Account.objects.create(
            person=self.person("张三", at=at),
            bank="农商行",
            number_sealed="sealed",
            number_index=uuid.uuid4().hex,
            holder_name="张三",
            **self.fact(at),
        )
        payment = Payment.objects.create(
            run=run,
            number=number,
            award=award,
            payee=award.payee,
            account=account,
            account_sealed="sealed",
            bank="农商行",
            holder_name="张三",
            amount_fen=sum(months.values()),
        )
        for month, fen in months.items():
            kind = LineKind.REGULAR if month == run.month else LineKind.ARREARS
            Line.objects.create(
                payment=payment,
                month=Month(month),
                amount_fen=fen,
                kind=kind if fen > 0 else LineKind.RECOVERY,
            )

    def came_back(self, run: Run, award: Award, *, at: datetime) -> None:
        """The bank returns what a run paid to an award."""
        with self.doing(at):
            file = ReturnFile.objects.create(
                digest=uuid.uuid4().hex,
                name="return.txt",
                run=run,
                bank_day=at.date(),
                lines=1,
                taken_by=self.actor,
                taken_at=at,
            )
            Answer.objects.create(
                file=file,
                row=1,
                payment=run.payments.get(award=award),
                outcome=Outcome.RETURNED,
                code="01",
                reason="账号有误",
            )

    @property
    def street(self) -> Area:
        """六甲街道."""
        return find_area("六甲街道")


def a_world() -> World:
    """An office with its areas and four officers, and nobody in it yet."""
    at = moment("2022-01-01T08:00")
    world = World(open_office(at=at))
    load_areas(actor=world.actor, at=at)
    with world.doing(at):
        for username in ("drafter", "checker", "approver", "cashier"):
            officer = Officer(username=username, name=username)
            officer.set_unusable_password()
            officer.save()
            world.officers.append(officer)
    return world
