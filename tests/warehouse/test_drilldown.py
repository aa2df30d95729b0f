"""Behind every figure stand its records, and they add up to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme
from doudi.warehouse.catalogue import CATALOGUE, Period, Record, Scope
from doudi.warehouse.drilldown import page_of
from tests.warehouse.build import moment

if TYPE_CHECKING:
    from tests.warehouse.build import World

KEYS = [indicator.key for indicator in CATALOGUE]


def scope(world: World) -> Scope:
    """The first half of 2022 in 六甲街道, asked soon after."""
    return Scope(Period.named("2022H1"), world.street, moment("2022-07-05T09:00"))


def a_bit_of_everything(world: World) -> None:
    """Two households with an award of every programme, due and paid, arrears and all."""
    for number, registration in (("H1", "urban"), ("H2", "rural"), ("H3", "urban")):
        household = world.household(number, registration=registration)
        paid = {}
        for fen, programme in enumerate(Programme, start=70000):
            of_person = programme not in {Programme.DIBAO, Programme.TEMPORARY_ASSISTANCE}
            award = world.award(
                programme, household, name="李四" if of_person else "", first_month="2022-06"
            )
            world.due(award, "2022-06", fen, members=2)
            paid[award] = {"2022-05": -10000, "2022-06": fen}
        world.run("2022-06", paid)


@pytest.mark.parametrize("key", KEYS)
def test_the_records_of_all_pages_add_up_to_the_figure(world: World, key: str) -> None:
    a_bit_of_everything(world)
    asked = scope(world)
    first = page_of(key, asked, size=2)
    pages = [page_of(key, asked, number=number, size=2) for number in range(1, first.pages + 1)]
    assert sum(page.subtotal for page in pages) == first.figure.value > 0
    assert sum(len(page.records) for page in pages) == first.figure.records


def test_no_record_is_on_two_pages(world: World) -> None:
    a_bit_of_everything(world)
    asked = scope(world)
    whole = page_of("disability_subsidies_paid", asked).records
    halves = [
        page_of("disability_subsidies_paid", asked, number=number, size=6).records
        for number in (1, 2)
    ]
    assert halves[0] + halves[1] == whole


def test_a_line_leads_to_its_run_and_to_the_due_row_that_explains_it(world: World) -> None:
    household = world.household("H1", head="欧阳小花")
    award = world.award(Programme.DIBAO, household)
    world.due(award, "2022-06", 60000)
    due = world.due(award, "2022-06", 70000, at=moment("2022-06-15T09:00"))
    run = world.run("2022-06", {award: {"2022-06": 70000}})
    (record,) = page_of("dibao_urban_paid", scope(world)).records
    assert record == Record(70000, "H1", "欧**", "dibao", "2022-06", 70000, run.number, due.pk)


def test_a_head_counted_leads_to_the_run_that_paid_it(world: World) -> None:
    award = world.award(Programme.TEKUN, world.household("H1"), name="李四光")
    due = world.due(award, "2022-06", 90000)
    returned = world.run("2022-06", {award: {"2022-06": 90000}})
    world.came_back(returned, award, at=moment("2022-06-25T09:00"))
    (before,) = page_of("tekun_persons", scope(world)).records
    again = world.run("2022-06", {award: {"2022-06": 90000}})
    (after,) = page_of("tekun_persons", scope(world)).records
    assert (before.run, after.run) == ("", again.number)
    assert (after.name, after.due) == ("李**", due.pk)


def test_the_second_award_of_a_household_is_listed_but_counts_nothing(world: World) -> None:
    household = world.household("H1")
    for name in ("李四", "王五"):
        award = world.award(Programme.DIBAO_SINGLE, household, name=name)
        world.due(award, "2022-06", 70000)
    page = page_of("dibao_urban_households", scope(world))
    assert [record.counts for record in page.records] == [1, 0]
    assert (page.figure.value, page.figure.records) == (1, 2)


def test_a_figure_of_nothing_has_one_empty_page(world: World) -> None:
    page = page_of("tekun_paid", scope(world))
    assert (page.records, page.number, page.pages) == ((), 1, 1)


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_a_page_that_is_not_there_is_refused(world: World, number: int) -> None:
    with pytest.raises(Refusal, match="明细共 1 页"):
        page_of("communities", scope(world), number=number)


def test_an_unknown_key_is_told_the_known_ones(world: World) -> None:
    with pytest.raises(Refusal, match=r"dibao_urban_paid") as refused:
        page_of("dibao", scope(world))
    assert refused.value.code == "INDICATOR-UNKNOWN"
