"""A support plan from its page: made, revised, never overwritten, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from doudi.access.models import Role
from doudi.registry.models import SupportPlan
from tests.office.conftest import officer_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.warehouse.build import World

PLAN = "/households/H1/plan"
REVISE = "/households/H1/plan/revise"


@pytest.fixture
def worker(world: World) -> Client:
    """A client of a social worker of the subdistrict."""
    client = Client()
    client.force_login(officer_of(world, "worker", Role.SOCIAL_WORKER))
    return client


def send(client: Client, made_from: int = 0, goal: str = "住得安全", **row: str) -> HttpResponse:
    """Send the form with one measure."""
    measure = {"what": "装扶手", "owner": "张立波", "due_on": "2022-07-01",
               "state": "planned", "result": "", "origin": "", **row}  # fmt: skip
    return client.post(REVISE, {"made_from": made_from, "goal": goal, **measure}, follow=True)


def test_a_plan_is_made_and_shown_with_owner_and_day(worker: Client) -> None:
    page = send(worker).content.decode()
    assert "帮扶计划第 1 版已保存" in page
    for word in ("住得安全", "装扶手", "张立波", "2022-07-01", "待实施"):
        assert word in page


def test_a_revision_keeps_the_version_before_as_it_was(worker: Client) -> None:
    send(worker)
    page = send(worker, 1, state="done", result="已装两处").content.decode()
    first, second = SupportPlan.objects.order_by("version")
    assert (first.measures.get().state, second.measures.get().result) == ("planned", "已装两处")
    assert first.superseded_at is not None
    assert "第 1 版" in page


@pytest.mark.control("R4")
def test_were_the_version_not_asked_the_second_would_overwrite_the_first(worker: Client) -> None:
    send(worker)
    send(worker, 1, goal="另一个目标")
    send(worker, 2, goal="我的目标")  # as if the second had seen the first's
    assert SupportPlan.objects.get(superseded_at=None).goal == "我的目标"


@pytest.mark.promise("R4")
def test_two_officers_never_overwrite_one_another(worker: Client, world: World) -> None:
    """What the second wrote stands in the form still, under the reason why it was not saved."""
    send(worker)
    other = Client()
    other.force_login(officer_of(world, "other", Role.COUNTER_CLERK))
    send(other, 1, goal="另一个目标")
    answer = send(worker, 1, goal="我的目标")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "计划已由甲修订为第 2 版" in page
    assert "我的目标" in page
    assert SupportPlan.objects.get(superseded_at=None).goal == "另一个目标"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"state": "done"}, "第 1 项措施已完成，请写明结果"),
        ({"due_on": "2022-02-30"}, "期限“2022-02-30”不是日期"),
        ({"owner": " "}, "第 1 项措施请写明做什么、由谁负责"),
        ({"state": "x"}, "第 1 项措施请选择进展"),
        ({"what": "\x00装扶手"}, "含不可见"),
        ({"what": "长" * 201}, "最多 200 字"),
        ({"what": "", "owner": ""}, "至少写一项措施"),
    ],
)
def test_a_fault_is_told_in_its_place_and_nothing_is_lost(
    worker: Client, row: dict[str, str], said: str
) -> None:
    answer = send(worker, **row)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert said in page
    assert "住得安全" in page
    assert not SupportPlan.objects.exists()


def test_room_for_more_measures_needs_no_script(worker: Client) -> None:
    answer = worker.post(
        REVISE,
        {
            "more": "1",
            "goal": "住得安全",
            "what": "装扶手",
            "owner": "",
            "due_on": "",
            "state": "planned",
            "result": "",
            "origin": "",
        },
    )
    page = answer.content.decode()
    assert page.count('name="what"') == 3
    assert "装扶手" in page
    assert not SupportPlan.objects.exists()


def test_an_inspector_reads_a_plan_and_can_not_revise_it(client: Client, worker: Client) -> None:
    send(worker)
    page = client.get(PLAN).content.decode()
    assert "装扶手" in page
    assert REVISE not in page
    assert client.get(REVISE).status_code == 403
