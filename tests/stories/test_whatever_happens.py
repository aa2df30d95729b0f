"""Facts, deaths, stops, returns and reruns in any order: due is paid plus balance, always.

From the record of a fact to the bank's answer, through the rooms' own doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from doudi.entitlement.actions import stop_award
from doudi.entitlement.queries import due_table
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.payments import queries
from doudi.registry.queries import touched_since
from tests.entitlement.build import STANDARD, an_award, liujia, work_out
from tests.payments.build import a_sealed_run, an_account, draft, the_bank_says
from tests.registry.build import a_household, a_person, day, moment, state, the_system

if TYPE_CHECKING:
    from doudi.entitlement.models import Award
    from doudi.registry.models import Person

pytestmark = pytest.mark.django_db

MONTHS = list(Month("2022-01").until(Month("2022-05")))
HOMES = 2

wages = st.tuples(
    st.just("wage"), st.integers(0, HOMES - 1), st.sampled_from(MONTHS), st.integers(0, 100_000)
)
deaths = st.tuples(
    st.just("death"), st.integers(0, HOMES - 1), st.sampled_from(MONTHS), st.integers(1, 28)
)
stops = st.tuples(st.just("stop"), st.integers(0, HOMES - 1), st.sampled_from(MONTHS), st.just(0))
returns = st.tuples(st.just("return"), st.integers(1, HOMES), st.just(MONTHS[0]), st.just(0))
nothing = st.just(("nothing", 0, MONTHS[0], 0))
happenings = wages | deaths | stops | returns | nothing


class Story:
    """Two households with a Dibao award each, and what happens to them month by month."""

    def __init__(self) -> None:
        """Settle them."""
        liujia()
        self.people: list[Person] = []
        self.awards: list[Award] = []
        for _ in range(HOMES):
            person = a_person(born="1975-04-01")
            home = a_household(person)
            an_account(person)
            self.people.append(person)
            self.awards.append(an_award(home))

    def happens(self, what: str, whom: int, since: Month, number: int, at: str) -> None:
        """One thing is learnt on a day; what contradicts an earlier one is refused."""
        now = moment(at)
        try:
            if what == "wage":
                state(
                    self.people[whom], "income", kind="wage", amount_fen=number, months=1,
                    valid_from=since.first, revise=True, at=now,
                )  # fmt: skip
            elif what == "death":
                state(
                    self.people[whom], "death", cremated=None, state_funeral_grant=None,
                    valid_from=f"{since}-{number:02d}", at=now,
                )  # fmt: skip
            elif what == "stop":
                stop_award(
                    self.awards[whom], last_month=since, decided_on=day(at), reason="测试",
                    actor=the_system(), at=now,
                )  # fmt: skip
        except Refusal:
            return

    def pays(self, month: Month, returned: int | None) -> None:
        """A month's run from end to end; the bank may send one payment back."""
        work_out(month, at=f"{month}-20")
        if draft(month).run is None:
            return
        run = a_sealed_run(month)
        if returned is not None:
            the_bank_says(run, {returned: "01"} if returned <= _payments(run.number) else {})

    def adds_up(self) -> bool:
        """For every award what is due is what was paid and has not come back, plus balance."""
        for award in self.awards:
            due = due_table().filter(award=award).aggregate(sum=Sum("amount_fen"))["sum"] or 0
            paid = (
                queries.paid_lines()
                .filter(payment__award=award)
                .aggregate(sum=Sum("amount_fen"))["sum"]
                or 0
            )
            balance = queries.balance(award.pk)
            if (balance.due_fen, balance.paid_fen) != (due, paid):
                return False
            if due != paid + balance.balance_fen:
                return False
        return True


def _payments(number: str) -> int:
    return queries.sums_of(queries.run_numbered(number)).payments


class WhateverHappens(TestCase):
    """Stories of five months."""

    @settings(max_examples=12, deadline=None)
    @given(st.lists(st.lists(happenings, max_size=2), min_size=5, max_size=5))
    def test_due_is_paid_plus_balance_and_a_second_run_is_empty(
        self, story: list[list[tuple[str, int, Month, int]]]
    ) -> None:
        """Tell a story month by month, and look at the books after each."""
        told = Story()
        for month, happened in zip(MONTHS, story, strict=True):
            returned = None
            for order, (what, whom, since, number) in enumerate(happened):
                if what == "return":
                    returned = whom
                elif since <= month:
                    told.happens(what, whom, since, number, f"{month}-{10 + order}")
            told.pays(month, returned)
            assert told.adds_up()
        assert work_out(MONTHS[-1], at=f"{MONTHS[-1]}-21") == []
        again = draft(MONTHS[-1], at=moment(f"{MONTHS[-1]}-21"))
        if again.run is None:
            positive = [b.balance_fen for b in queries.balances() if b.balance_fen > 0]
            assert positive == []


def test_nothing_is_paid_beyond_the_month_of_death() -> None:
    told = Story()
    told.pays(MONTHS[0], None)
    told.happens("death", 0, MONTHS[1], 1, "2022-02-05")
    for month in MONTHS[1:]:
        told.pays(month, None)
    dues = dict(due_table().filter(award=told.awards[0]).values_list("month", "amount_fen"))
    assert [dues[month] for month in MONTHS] == [STANDARD, STANDARD, 0, 0, 0]
    assert queries.balance(told.awards[0].pk).balance_fen == 0


def test_news_without_a_difference_reaches_no_month() -> None:
    told = Story()
    told.happens("wage", 0, MONTHS[0], 20_000, "2022-01-10")
    since = moment("2022-01-15")
    told.happens("wage", 0, MONTHS[0], 20_000, "2022-02-10")
    assert touched_since(liujia(), since, moment("2022-02-20")) == {}
