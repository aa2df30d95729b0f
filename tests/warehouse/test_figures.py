"""Each figure equals what a clerk counts by hand on a small made-up world."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.access.queries import communities
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme
from doudi.warehouse.catalogue import CATALOGUE
from doudi.warehouse.report import half_year
from tests.warehouse.build import moment

if TYPE_CHECKING:
    from doudi.entitlement.models import Award
    from tests.warehouse.build import World

AFTER = moment("2022-07-05T09:00")
MONTHS = [f"2022-{number:02d}" for number in range(1, 7)]


def figures(
    world: World, *, at: str = "2022-07-05T09:00", period: str = "2022H1"
) -> dict[str, int]:
    """The values of a report of 六甲街道 by key."""
    report = half_year(period, world.street, actor=None, at=moment(at))
    return {figure.indicator.key: figure.value for figure in report.figures}


def paid_all_along(world: World, *awards: Award) -> None:
    """Pay each award in every month of the half-year what stands for it."""
    for month in MONTHS:
        world.run(
            month,
            {award: {month: award.dues.get(month=month).amount_fen} for award in awards},
        )


def due_all_along(world: World, award: Award, fen: int, *, members: int = 1) -> Award:
    """Let an award be due the same in every month of the half-year."""
    for month in MONTHS:
        world.due(award, month, fen, members=members)
    return award


def test_every_key_is_there_once() -> None:
    keys = [indicator.key for indicator in CATALOGUE]
    assert len(keys) == len(set(keys))


def test_nothing_recorded_gives_zeros_and_the_communities(world: World) -> None:
    counted = figures(world)
    assert counted.pop("communities") == 11
    assert set(counted.values()) == {0}


def test_a_couple_on_urban_dibao_is_one_household_of_two_persons(world: World) -> None:
    award = world.award(Programme.DIBAO, world.household("H1"))
    due_all_along(world, award, 110000, members=2)
    paid_all_along(world, award)
    counted = figures(world)
    assert counted["dibao_urban_households"] == 1
    assert counted["dibao_urban_persons"] == 2
    assert counted["dibao_urban_paid"] == 6 * 110000


def test_two_on_the_single_route_in_one_household_are_one_household(world: World) -> None:
    household = world.household("H1")
    for name in ("李四", "王五"):
        due_all_along(world, world.award(Programme.DIBAO_SINGLE, household, name=name), 70000)
    counted = figures(world)
    assert counted["dibao_urban_households"] == 1
    assert counted["dibao_urban_persons"] == 2


def test_a_rural_household_is_counted_apart(world: World) -> None:
    award = world.award(Programme.DIBAO, world.household("H1", registration="rural"))
    due_all_along(world, award, 50000, members=3)
    paid_all_along(world, award)
    counted = figures(world)
    assert (counted["dibao_urban_households"], counted["dibao_urban_paid"]) == (0, 0)
    assert counted["dibao_rural_households"] == 1
    assert counted["dibao_rural_persons"] == 3
    assert counted["dibao_rural_paid"] == 300000


@pytest.mark.parametrize(
    ("programme", "persons", "paid"),
    [
        (Programme.TEKUN, "tekun_persons", "tekun_paid"),
        (Programme.ORPHAN, "orphans", "orphans_paid"),
        (Programme.DISABILITY_LIVING, "disability_living_persons", "disability_subsidies_paid"),
        (Programme.DISABILITY_CARE, "disability_care_persons", "disability_subsidies_paid"),
    ],
)
def test_a_programme_of_persons_counts_heads_and_money(
    world: World, programme: Programme, persons: str, paid: str
) -> None:
    awards = [
        due_all_along(world, world.award(programme, world.household(number), name="李四"), 8000)
        for number in ("H1", "H2")
    ]
    paid_all_along(world, *awards)
    counted = figures(world)
    assert counted[persons] == 2
    assert counted[paid] == 2 * 6 * 8000


def test_both_disability_subsidies_go_into_one_sum(world: World) -> None:
    household = world.household("H1")
    living = world.award(Programme.DISABILITY_LIVING, household, name="李四")
    care = world.award(Programme.DISABILITY_CARE, household, name="李四")
    due_all_along(world, living, 8000)
    due_all_along(world, care, 9000)
    paid_all_along(world, living, care)
    assert figures(world)["disability_subsidies_paid"] == 6 * 17000


def test_grants_paid_once_count_in_the_month_they_fall_in(world: World) -> None:
    household = world.household("H1")
    for month in ("2021-12", "2022-02", "2022-05", "2022-07"):
        grant = world.award(Programme.TEMPORARY_ASSISTANCE, household, first_month=month)
        world.due(grant, month, 200000)
        world.run(month, {grant: {month: 200000}})
    counted = figures(world)
    assert counted["temporary_assistance_households"] == 1
    assert counted["temporary_assistance_paid"] == 400000


def test_funeral_subsidies_are_counted_by_the_dead(world: World) -> None:
    for number, month in (("H1", "2022-01"), ("H2", "2022-06"), ("H3", "2022-07")):
        award = world.award(
            Programme.FUNERAL, world.household(number), name="李四", first_month=month
        )
        world.due(award, month, 100000)
    assert figures(world)["funeral_subsidies"] == 2


def test_an_award_that_ended_before_the_last_month_leaves_its_money_but_no_head(
    world: World,
) -> None:
    award = world.award(Programme.TEKUN, world.household("H1"), name="李四")
    world.due(award, "2022-01", 90000)
    world.due(award, "2022-06", 0)
    world.run("2022-01", {award: {"2022-01": 90000}})
    counted = figures(world)
    assert (counted["tekun_persons"], counted["tekun_paid"]) == (0, 90000)


def test_only_the_amount_that_stands_is_counted(world: World) -> None:
    award = world.award(Programme.TEKUN, world.household("H1"), name="李四")
    world.due(award, "2022-06", 90000)
    world.due(award, "2022-06", 0, at=moment("2022-07-01T09:00"))
    assert figures(world)["tekun_persons"] == 0


def test_money_counts_when_it_is_sealed_not_when_it_is_drafted(world: World) -> None:
    award = world.award(Programme.TEKUN, world.household("H1"), name="李四")
    world.run("2022-05", {award: {"2022-05": 90000}})
    world.run("2022-06", {award: {"2022-06": 90000}}, sealed=False)
    assert figures(world)["tekun_paid"] == 90000


def test_money_is_counted_in_the_run_that_pays_it_whatever_month_it_is_for(world: World) -> None:
    award = world.award(Programme.TEKUN, world.household("H1"), name="李四")
    world.run("2021-12", {award: {"2021-12": 90000}})
    world.run("2022-03", {award: {"2021-11": 50000, "2022-02": -10000, "2022-03": 90000}})
    world.run("2022-07", {award: {"2022-06": 90000}})
    assert figures(world)["tekun_paid"] == 130000


def test_a_returned_payment_is_not_paid(world: World) -> None:
    award = world.award(Programme.TEKUN, world.household("H1"), name="李四")
    run = world.run("2022-05", {award: {"2022-05": 90000}})
    world.came_back(run, award, at=moment("2022-05-25T09:00"))
    world.run("2022-06", {award: {"2022-05": 90000, "2022-06": 90000}})
    assert figures(world)["tekun_paid"] == 180000


def test_other_areas_are_left_out_and_the_communities_add_up_to_the_whole(world: World) -> None:
    for number, area in (("H1", "福保社区"), ("H2", "海华社区"), ("H3", "关上街道")):
        award = world.award(Programme.DIBAO, world.household(number, area=area))
        due_all_along(world, award, 70000)
        world.run("2022-06", {award: {"2022-06": 70000}})
    whole = figures(world)
    assert whole["dibao_urban_households"] == 2
    assert whole["dibao_urban_paid"] == 140000
    parts = [
        {f.indicator.key: f.value for f in half_year("2022H1", area, actor=None, at=AFTER).figures}
        for area in communities(world.street, date(2022, 6, 30))
    ]
    assert whole.pop("communities") == len(parts)
    assert {key: sum(part[key] for part in parts) for key in whole} == whole


def test_a_household_that_moved_is_counted_where_and_as_it_was_in_each_month(
    world: World,
) -> None:
    household = world.household("H1", registration="rural")
    world.resides(household, area="福保社区", registration="urban", since=date(2022, 4, 30))
    award = due_all_along(world, world.award(Programme.DIBAO, household), 70000)
    paid_all_along(world, award)
    counted = figures(world)
    assert (counted["dibao_rural_households"], counted["dibao_urban_households"]) == (0, 1)
    assert counted["dibao_rural_paid"] == 3 * 70000
    assert counted["dibao_urban_paid"] == 3 * 70000


def test_the_money_of_a_household_that_is_gone_is_not_lost(world: World) -> None:
    household = world.household("H1")
    with world.doing(AFTER):
        household.residences.update(valid_to=date(2022, 2, 10))
    award = world.award(Programme.FUNERAL, household, name="李四", first_month="2022-04")
    world.due(award, "2022-04", 100000)
    assert figures(world)["funeral_subsidies"] == 1


def test_a_claim_that_nobody_confirmed_moves_no_household(world: World) -> None:
    household = world.household("H1")
    moved = world.resides(household, area="官渡街道", since=date(2022, 3, 1))
    with world.doing(AFTER):
        moved.confirmed_at = moved.confirmed_by = None
        moved.save()
    due_all_along(world, world.award(Programme.DIBAO, household), 70000)
    assert figures(world)["dibao_urban_households"] == 1


def test_the_same_question_has_the_same_answer_for_ever(world: World) -> None:
    household = world.household("H1")
    award = due_all_along(world, world.award(Programme.DIBAO, household), 70000)
    run = world.run("2022-06", {award: {"2022-06": 70000}})
    before = figures(world)
    later = moment("2022-07-06T09:00")
    world.due(award, "2022-06", 0, at=later)
    world.came_back(run, award, at=later)
    with world.doing(later):
        household.residences.update(superseded_at=later)
    world.resides(household, area="官渡街道", at=later)
    assert figures(world) == before
    assert figures(world, at="2022-07-07T09:00") != before


def test_half_years_add_up_to_the_year(world: World) -> None:
    award = world.award(Programme.TEKUN, world.household("H1"), name="李四")
    for number in range(1, 13):
        month = f"2022-{number:02d}"
        world.due(award, month, 90000)
        world.run(month, {award: {month: 90000}})
    first, second, year = (
        figures(world, at="2023-01-05T09:00", period=period)["tekun_paid"]
        for period in ("2022H1", "2022H2", "2022")
    )
    assert first + second == year == 12 * 90000


def test_the_number_of_statements_does_not_depend_on_the_number_of_households(
    world: World,
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            figures(world)
        return len(captured)

    def grow(first: int, last: int) -> None:
        awards = [
            due_all_along(world, world.award(Programme.DIBAO, world.household(f"H{number}")), 70000)
            for number in range(first, last)
        ]
        world.run("2022-06", {award: {"2022-06": 70000} for award in awards})

    grow(0, 1)
    few = statements()
    grow(1, 12)
    assert statements() == few


def test_a_period_that_has_not_begun_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="还没有开始") as refused:
        figures(world, at="2022-06-30T23:59", period="2022H2")
    assert refused.value.code == "PERIOD-FUTURE"


def test_a_period_begins_by_the_clock_of_beijing(world: World) -> None:
    at = moment("2022-07-01T00:30").astimezone(tz=None)
    assert half_year("2022H2", world.street, actor=None, at=at).figures
