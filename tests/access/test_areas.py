"""Areas are found by code or name, hold what lies in them, and are administered by the day."""

from __future__ import annotations

from datetime import date

import pytest

from doudi.access.actions import load_areas, set_administration, set_jurisdiction
from doudi.access.journal import deed
from doudi.access.models import Administration, Area, Deed, Role
from doudi.access.queries import areas, communities, find_area, jurisdiction_of, within
from doudi.kernel.refusals import Refusal
from tests.access.build import AT, ON, an_officer, the_system

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _office() -> None:
    the_system()


def test_the_tree_is_that_of_the_national_lists() -> None:
    names = [
        "六甲",
        "新一",
        "新二",
        "福保",
        "小河咀",
        "永胜",
        "陈家",
        "盘龙",
        "金家",
        "星海",
        "海华",
    ]
    inside = [area.name for area in within(find_area("六甲街道"))]
    assert inside == ["六甲街道", *(f"{name}社区" for name in names)]
    assert find_area("福保社区").path == "53/5301/530111/530111008/530111008004/"


def test_every_area_but_the_root_lies_in_its_parent() -> None:
    for area in areas():
        assert area.path.endswith(f"{area.code}/")
        if area.parent is not None:
            assert area.path == f"{area.parent.path}{area.code}/"
            assert area.code.startswith(area.parent.code)


@pytest.mark.parametrize("text", ["530111008", "530111008000", "六甲街道", " 六甲街道 "])
def test_an_area_is_found_by_its_code_and_by_its_name(text: str) -> None:
    assert find_area(text).code == "530111008"


def test_a_community_is_found_by_the_title_of_its_committee() -> None:
    assert find_area("福保社区居民委员会") == find_area("530111008004")


@pytest.mark.parametrize("text", ["530999", "六家街道", "", "530111008_", "%", "５３"])
def test_an_unknown_area_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        find_area(text)
    assert refused.value.code == "AREA"


def test_a_name_nearly_right_is_told_what_it_may_have_been() -> None:
    with pytest.raises(Refusal, match="六甲街道"):
        find_area("六家街道")


def test_a_name_that_two_areas_bear_is_refused_with_both_codes() -> None:
    district = find_area("官渡区")
    set_up_twin(district)
    with pytest.raises(Refusal) as refused:
        find_area("六甲社区")
    assert "530111008001" in str(refused.value)
    assert "530111001001" in str(refused.value)


def set_up_twin(district: Area) -> None:
    with deed(actor=the_system(), act="test", why="同名社区", at=AT):
        Area.objects.create(
            code="530111001001",
            name="六甲社区",
            kind="community",
            parent=find_area("关上街道"),
            path=f"{district.path}530111001/530111001001/",
        )


def test_loading_the_areas_again_changes_nothing() -> None:
    deeds = Deed.objects.count()
    assert load_areas(actor=the_system(), at=AT) == 0
    assert Deed.objects.count() == deeds


def test_what_an_office_changed_stands_after_loading_again() -> None:
    system = the_system()
    set_jurisdiction(find_area("六甲街道"), jurisdiction="own", why="x", actor=system, at=AT)
    load_areas(actor=system, at=AT)
    assert jurisdiction_of(find_area("六甲街道")) == "own"


def test_the_nearest_area_above_that_names_parameters_decides() -> None:
    assert jurisdiction_of(find_area("福保社区")) == "530111"
    set_jurisdiction(
        find_area("六甲街道"), jurisdiction="own", why="本街道标准", actor=the_system(), at=AT
    )
    assert jurisdiction_of(find_area("福保社区")) == "own"
    assert jurisdiction_of(find_area("官渡街道")) == "530111"
    assert jurisdiction_of(find_area("昆明市")) == "5301"


def test_where_no_area_names_parameters_that_is_refused() -> None:
    set_jurisdiction(find_area("53"), jurisdiction="", why="x", actor=the_system(), at=AT)
    with pytest.raises(Refusal) as refused:
        jurisdiction_of(find_area("53"))
    assert refused.value.code == "JURISDICTION"


def administer(name: str, by: Area | None, since: date) -> Administration:
    return set_administration(
        find_area(name), administered_by=by, valid_from=since, why="x", actor=the_system(), at=AT
    )


def test_a_community_that_another_office_runs_is_not_counted_from_that_day() -> None:
    liujia = find_area("六甲街道")
    administer("永胜社区", None, date(2022, 3, 1))
    assert communities(liujia, date(2022, 2, 28)).count() == 11
    assert communities(liujia, date(2022, 3, 1)).count() == 10


def test_an_office_counts_a_community_of_elsewhere_that_it_runs() -> None:
    administer("永胜社区", find_area("官渡街道"), date(2022, 3, 1))
    assert find_area("永胜社区") in communities(find_area("官渡街道"), date(2022, 3, 1))
    assert find_area("永胜社区") not in communities(find_area("六甲街道"), date(2022, 3, 1))
    assert communities(find_area("官渡区"), date(2022, 3, 1)).count() == 11


def test_before_anything_is_recorded_a_community_belongs_to_the_area_around_it() -> None:
    assert communities(find_area("六甲街道"), date(2010, 1, 1)).count() == 11


def test_recording_the_same_administration_again_changes_nothing() -> None:
    administer("永胜社区", None, date(2022, 3, 1))
    deeds = Deed.objects.count()
    administer("永胜社区", None, date(2022, 3, 1))
    assert Deed.objects.count() == deeds


def test_an_administration_before_a_later_one_is_refused() -> None:
    administer("永胜社区", None, date(2022, 3, 1))
    with pytest.raises(Refusal) as refused:
        administer("永胜社区", find_area("六甲街道"), date(2022, 2, 1))
    assert refused.value.code == "PER-OVERLAP"


def test_only_an_administrator_there_sets_parameters_and_administration() -> None:
    clerk = an_officer(Role.COUNTER_CLERK)
    elsewhere = an_officer(Role.ADMINISTRATOR, area="官渡街道")
    for officer in (clerk, elsewhere):
        with pytest.raises(Refusal) as refused:
            set_jurisdiction(
                find_area("六甲街道"), jurisdiction="own", why="x", actor=officer, at=AT
            )
        assert refused.value.code == "NOT-ALLOWED"
    administrator = an_officer(Role.ADMINISTRATOR, area="官渡区", since=ON)
    set_jurisdiction(find_area("六甲街道"), jurisdiction="own", why="x", actor=administrator, at=AT)
    assert jurisdiction_of(find_area("六甲街道")) == "own"
