"""The list of households: narrowed, summed, kept as a view, taken away as a workbook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.access.models import Deed, Role
from doudi.doors.office.households import exporting
from doudi.doors.office.households.models import ListTaken, SavedView
from doudi.kernel.vocabulary import Programme
from doudi.registry.models import Disability, Membership
from tests.office.conftest import officer_of
from tests.warehouse.build import START

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse

    from tests.warehouse.build import World

LIST = "/households/"
EXPORT = "/households-list/export"


@pytest.fixture
def clerk(world: World) -> Client:
    """A clerk; beside H1 (Dibao, 1,234.50, one of seventy) there are a poor H2 and a young H3."""
    cache.clear()
    with world.doing(START):
        h2 = world.household("H2", head="李四", area="新一社区", registration="rural")
    award = world.award(Programme.DIBAO, h2)
    world.due(award, "2022-06", 200_000)
    h3 = world.household("H3", head="=王五")
    with world.doing(START):
        person = Membership.objects.get(household=h3).person
        person.birth_date = "2010-01-01"
        person.save()
        Disability.objects.create(
            person=Membership.objects.get(household=h2).person,
            category="physical", grade=1, **world.fact(START),
        )  # fmt: skip
    client = Client()
    client.force_login(officer_of(world, "clerk", Role.COUNTER_CLERK))
    return client


def numbers(answer: HttpResponse) -> list[str]:
    """The households that a page shows, in its order."""
    return [row.household.number for row in answer.context["page"].rows]


def sheet(content: bytes) -> list[tuple[object, ...]]:
    """The cells of a workbook."""
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["H1", "H2", "H3"]),
        ("programme=dibao", ["H1", "H2"]),
        ("programme=none", ["H3"]),
        ("registration=rural", ["H2"]),
        ("members=old", ["H1", "H2"]),
        ("members=disabled", ["H2"]),
        ("open=1", []),
        ("sort=amount", ["H2", "H1", "H3"]),
        ("sort=area", ["H2", "H1", "H3"]),
        ("programme=no-such&sort=no-such&community=%27&members=x", ["H1", "H2", "H3"]),
    ],
)
def test_the_list_is_narrowed_and_sorted_as_the_address_says(
    clerk: Client, query: str, shown: list[str]
) -> None:
    assert numbers(clerk.get(f"{LIST}?{query}")) == shown


def test_totals_are_those_of_the_rows(clerk: Client) -> None:
    answer = clerk.get(f"{LIST}?programme=dibao")
    totals = answer.context["totals"]
    assert (totals.households, totals.persons, totals.fen) == (2, 2, 323_450)
    assert totals.fen == sum(row.total_fen for row in answer.context["page"].rows)
    assert "3,234.50" in answer.content.decode()


def test_a_long_list_is_counted_and_sorted_only_when_asked(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doudi.doors.office.households.listed.COUNTED_TO", 2)
    monkeypatch.setattr("doudi.doors.office.paging.COUNTED_TO", 2)
    page = clerk.get(f"{LIST}?sort=amount")
    assert page.context["totals"] is None
    assert numbers(page) == ["H1", "H2", "H3"]
    assert "现在合计" in page.content.decode()
    assert clerk.get(f"{LIST}?totals=1").context["totals"].fen == 323_450


def test_a_chip_takes_its_narrowing_off_and_no_other(clerk: Client) -> None:
    chips = clerk.get(f"{LIST}?programme=dibao&registration=rural").context["chips"]
    assert [(name, query) for name, _, query in chips] == [
        ("programme", "registration=rural"),
        ("registration", "programme=dibao"),
    ]


def test_a_keyword_is_sent_and_found_inside_of_the_filter(clerk: Client) -> None:
    assert numbers(clerk.post(LIST, {"keyword": "H2"})) == ["H2"]
    assert numbers(clerk.post(f"{LIST}?programme=none", {"keyword": "H2"})) == []
    assert numbers(clerk.get(f"{LIST}?keyword=H2")) == ["H1", "H2", "H3"]


def test_more_rows_cost_no_more_statements(clerk: Client, world: World) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            clerk.get(f"{LIST}?sort=amount&members=old")
        return len(asked)

    statements()
    few = statements()
    for number in range(12):
        world.due(world.award(Programme.DIBAO, world.household(f"M{number}")), "2022-06", 100)
    assert statements() == few


def test_a_view_is_kept_for_its_officer_alone(clerk: Client, world: World) -> None:
    sent = {"name": "农村户", "query": "registration=rural&name=%E5%BC%A0&page=9"}
    assert clerk.post("/households-list/view", sent)["Location"] == f"{LIST}?registration=rural"
    assert SavedView.objects.get().query == "registration=rural"
    assert "农村户" in clerk.get(LIST).content.decode()
    assert Deed.objects.filter(act="save_view").count() == 1
    again = clerk.post("/households-list/view", {"name": "农村户", "query": "open=1"})
    assert again.status_code == 409
    assert "您已有名为“农村户”的视图" in again.content.decode()
    assert SavedView.objects.get().query == "registration=rural"
    other = Client()
    other.force_login(officer_of(world, "other", Role.COUNTER_CLERK))
    other.post("/households-list/view/forget", {"name": "农村户"})
    assert "农村户" not in other.get(LIST).content.decode()
    assert SavedView.objects.exists()
    clerk.post("/households-list/view/forget", {"name": "农村户"})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "长" * 31, "a\x00b"])
def test_a_view_without_a_fit_name_is_refused(clerk: Client, name: str) -> None:
    assert clerk.post("/households-list/view", {"name": name}).status_code == 409
    assert not SavedView.objects.exists()


def test_columns_are_left_out_as_chosen(clerk: Client) -> None:
    assert "社区 / 住址</th>" in clerk.get(LIST).content.decode()
    clerk.post("/households-list/columns", {"column": ["id", "amount", "nonsense"]})
    page = clerk.get(LIST).content.decode()
    assert "社区 / 住址</th>" not in page
    assert "证件号</th>" in page


def test_the_workbook_follows_the_filter_and_is_on_record(clerk: Client) -> None:
    answer = clerk.post(EXPORT, {"query": "programme=dibao", "why": "年度核查", "what": "all"})
    rows = sheet(answer.content)
    assert [row[0] for row in rows[1:]] == ["H1", "H2"]
    assert [row[-1] for row in rows[1:]] == [1234.5, 2000]
    taken = ListTaken.objects.get()
    assert (taken.query, taken.why, taken.households) == ("programme=dibao", "年度核查", 2)
    assert Deed.objects.get(act="take_list").why == "年度核查"


def test_picked_rows_alone_are_taken_and_only_those_in_sight(clerk: Client, world: World) -> None:
    world.household("Z9", area="关上街道")
    sent = {"why": "核查", "what": "picked", "row": ["H3", "Z9"]}
    assert [row[0] for row in sheet(clerk.post(EXPORT, sent).content)[1:]] == ["H3"]
    nothing = clerk.post(EXPORT, {"why": "核查", "what": "picked"})
    assert nothing.status_code == 409
    assert "请先勾选" in nothing.content.decode()


def test_ticked_households_are_printed_a_page_each_within_sight(
    clerk: Client, world: World
) -> None:
    world.household("Z9", area="关上街道", head="外人")
    page = clerk.post("/households-list/print", {"row": ["H1", "H2", "Z9"]}).content.decode()
    assert page.count('class="card paper"') == 2
    assert "李四" in page
    assert "外人" not in page
    assert clerk.post("/households-list/print", {"row": ["Z9"]}).status_code == 409


def test_a_name_is_never_a_formula(clerk: Client) -> None:
    content = clerk.post(EXPORT, {"why": "核查", "what": "picked", "row": ["H3"]}).content
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["B2"]
    assert (cell.value, cell.data_type) == ("=王五", "s")


def test_without_a_reason_nothing_leaves(clerk: Client) -> None:
    answer = clerk.post(EXPORT, {"why": " ", "what": "all"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert '<a href="#why">请写明导出的用途' in page
    assert 'name="why"' in page
    assert not ListTaken.objects.exists()


def test_a_long_list_is_written_in_the_background_for_whoever_asked(
    clerk: Client, world: World, monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    settings.JOBS_AT_ONCE = True  # type: ignore[attr-defined]
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    job = clerk.post(EXPORT, {"why": "核查", "what": "all", "query": ""}, follow=True)
    address = job.context["leads_to"]
    assert [row[0] for row in sheet(clerk.get(address).content)[1:]] == ["H1", "H2", "H3"]
    assert ListTaken.objects.get().why == "核查"
    other = Client()
    other.force_login(officer_of(world, "other", Role.COUNTER_CLERK))
    assert other.get(address).status_code == 404
