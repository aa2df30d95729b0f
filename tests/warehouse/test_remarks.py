"""What a reader must know of the figures stands in the remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.models import Administration
from doudi.kernel.vocabulary import Programme
from doudi.warehouse.report import half_year
from tests.warehouse.build import moment

if TYPE_CHECKING:
    from doudi.kernel.refusals import Translate
    from tests.warehouse.build import World


def remarks(world: World, at: str = "2022-07-05T09:00", *, by: Translate = str) -> list[str]:
    """The remarks of 六甲街道's report of the first half of 2022."""
    report = half_year("2022H1", world.street, actor=None, at=moment(at))
    return [remark.sentence(by) for remark in report.remarks]


def paid_in_june(world: World, programme: Programme, fen: int, jurisdiction: str) -> None:
    """A person, paid for June under the rules of a jurisdiction."""
    household = world.household(f"H-{programme}-{jurisdiction}")
    of_household = programme is Programme.DIBAO
    award = world.award(programme, household, name="" if of_household else "李四")
    world.due(award, "2022-06", fen, jurisdiction=jurisdiction)
    world.run("2022-06", {award: {"2022-06": fen}})


def test_a_report_before_the_end_says_what_is_open(world: World) -> None:
    said = " ".join(remarks(world, at="2022-06-10T09:00"))
    assert "2022-06-30 才结束" in said
    assert "2022-06 尚未核定" in said


def test_a_period_that_is_over_and_worked_out_leaves_nothing_open(world: World) -> None:
    world.determination("2022-06")
    said = remarks(world)
    assert not any("才结束" in each or "尚未核定" in each for each in said)
    assert "还没有记录" in said[-1]


def test_money_paid_by_assumed_standards_is_named_with_its_sum(world: World) -> None:
    paid_in_june(world, Programme.DIBAO, 70000, "demo_assumptions")
    paid_in_june(world, Programme.TEKUN, 96050, "demo_assumptions")
    (assumed,) = (each for each in remarks(world) if "假定标准" in each)
    assert "1,660.50 元（低保、特困供养）" in assumed
    assert "demo_assumptions" in assumed


def test_money_paid_by_standards_on_file_needs_no_remark(world: World) -> None:
    paid_in_june(world, Programme.DISABILITY_LIVING, 8000, "530111")
    assert not any("假定标准" in each for each in remarks(world))


def test_the_programmes_of_a_remark_are_named_in_the_reader_s_language(world: World) -> None:
    paid_in_june(world, Programme.DIBAO, 70000, "demo_assumptions")
    english = {"低保": "Dibao"}
    said = remarks(world, by=lambda message: english.get(message, message))
    assert any("（Dibao）" in each for each in said)


def test_communities_whose_administration_is_assumed_are_counted(world: World) -> None:
    assert any("11 个社区归谁管辖只是假定" in each for each in remarks(world))
    with world.doing(moment("2022-02-01T09:00")):
        Administration.objects.update(assumed=False)
    assert not any("只是假定" in each for each in remarks(world))
