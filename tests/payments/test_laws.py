"""What always holds, whatever happens in whatever order: due is paid plus balance."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from doudi.kernel.months import Month
from doudi.payments import queries
from doudi.payments.models import Run, Suspense
from tests.payments.build import (
    a_sealed_run,
    an_answer,
    an_award,
    draft,
    owe,
    payday,
    take_in,
    the_staff,
)
from tests.registry.build import moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from doudi.entitlement.models import Award

pytestmark = pytest.mark.django_db

MONTHS = list(Month("2022-01").until(Month("2022-04")))
LATER = Month("2022-05")
AWARDS = 3

Fact = tuple[str, int, Month, int]

facts = st.tuples(
    st.just("owe"),
    st.integers(0, AWARDS - 1),
    st.sampled_from(MONTHS),
    st.integers(0, 3).map(lambda yuan: yuan * 10_001),
)
payrolls = st.tuples(st.just("run"), st.just(0), st.sampled_from(MONTHS), st.just(0))
returns = st.tuples(
    st.just("return"), st.integers(0, 5), st.sampled_from(MONTHS), st.integers(1, AWARDS)
)
stories = st.lists(facts | payrolls | returns, max_size=14)


class World:
    """What a story has come to, kept with pencil and paper beside the database."""

    def __init__(self) -> None:
        """Three awards, nothing due yet."""
        self.awards: list[Award] = [an_award() for _ in range(AWARDS)]
        self.due: dict[tuple[int, Month], int] = {}
        self.paid: Counter[int] = Counter()
        self.runs: list[Run] = []
        self.days = count(1)
        self.back: set[tuple[str, int]] = set()

    def live(self, fact: Fact) -> None:
        """One thing happens; then the law must hold."""
        what, which, month, amount = fact
        if what == "owe":
            award = self.awards[which]
            owe(award, month, amount)
            self.due[award.pk, month] = amount
        elif what == "run":
            self.pay(month)
        elif self.runs:
            self.come_back(self.runs[which % len(self.runs)], amount)
        self.check()

    def pay(self, month: Month) -> Run | None:
        """Pay all that is due through a month, if there is anything."""
        at = payday(LATER)
        if draft(month, at=at).run is None:
            return None
        run = a_sealed_run(month, at=at)
        self.runs.append(run)
        for payment in queries.payments_of(run):
            self.paid[payment.award_id] += payment.amount_fen
        return run

    def come_back(self, run: Run, number: int) -> None:
        """The bank returns one payment of a run, once or again."""
        payments = {payment.number: payment for payment in queries.payments_of(run)}
        if number not in payments:
            return
        day = date(2022, 6, next(self.days))
        take_in(an_answer(run, {number: "03"}, on=day))
        if (run.number, number) not in self.back:
            self.back.add((run.number, number))
            self.paid[payments[number].award_id] -= payments[number].amount_fen

    def check(self) -> None:
        """For every award, due is paid plus balance; the database and the paper agree."""
        for award in self.awards:
            due = sum(fen for (whose, _), fen in self.due.items() if whose == award.pk)
            found = queries.balance(award.pk)
            assert (found.due_fen, found.paid_fen) == (due, self.paid[award.pk])
            assert found.due_fen == found.paid_fen + found.balance_fen


class Laws(TestCase):
    """Each example in a transaction of its own."""

    @settings(max_examples=20, deadline=None)
    @given(stories)
    def test_due_is_always_paid_plus_balance(self, story: Sequence[Fact]) -> None:
        """Facts, runs and returns in any order."""
        the_staff()
        world = World()
        for fact in story:
            world.live(fact)

    @settings(max_examples=10, deadline=None)
    @given(stories)
    def test_after_a_run_nothing_lacks_but_what_overpayments_outweigh_and_a_second_is_empty(
        self, story: Sequence[Fact]
    ) -> None:
        """A run pays all there is to pay."""
        the_staff()
        world = World()
        for fact in story:
            world.live(fact)
        world.pay(MONTHS[-1])
        left = queries.differences(MONTHS[-1])
        assert (left.amount < 0).all()
        assert world.pay(MONTHS[-1]) is None
        world.check()

    @settings(max_examples=10, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.integers(21, 25),
                st.dictionaries(st.integers(1, 4), st.sampled_from(["00", "03"]), min_size=1),
            ),
            min_size=1,
            max_size=5,
        ),
        st.randoms(use_true_random=False),
    )
    def test_the_order_of_return_files_never_matters(
        self, files: list[tuple[int, dict[int, str]]], chance: Random
    ) -> None:
        """Files shuffled, and one of them taken in twice."""
        the_staff()
        for amount in range(1, 5):
            owe(an_award(), "2022-06", amount * 10_000)
        run = a_sealed_run("2022-06")
        contents = [an_answer(run, codes, on=date(2022, 6, day)) for day, codes in files]
        garbled = contents[0].replace(b"D|00000", b"D|00009")
        contents.append(garbled)
        shuffled = [*contents, contents[0]]
        chance.shuffle(shuffled)
        assert _state_after(run, contents) == _state_after(run, shuffled)


def _state_after(run: Run, contents: Sequence[bytes]) -> object:
    """What is known after files were taken in, which is then forgotten again."""
    with transaction.atomic():
        for content in contents:
            take_in(content, at=moment("2022-12-31"))
        sums = queries.sums_of(run).amount_fen
        outcomes = [(each.outcome, each.amount_fen) for each in queries.records_of(run)]
        answered = {"confirmed", "returned"}
        known = sum(fen for outcome, fen in outcomes if outcome in answered)
        assert known + queries.sums_unsettled(run).amount_fen == sums
        lines = Suspense.objects.order_by("file__digest", "row")
        state = (
            outcomes,
            queries.stage_of(run),
            queries.sums_returned(run),
            list(lines.values_list("file__digest", "row", "reason")),
            sorted(queries.differences(Month("2022-06")).amount.tolist()),
        )
        transaction.set_rollback(True)
    return state
