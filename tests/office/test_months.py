"""A month from its page: drafted, checked, approved, sealed, handed out, answered."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.access.queries import officers
from doudi.kernel.vocabulary import Programme
from doudi.payments import queries
from doudi.payments.models import Run
from tests.office.conftest import confirmed
from tests.payments.build import a_draft, a_sealed_run, an_answer, an_award, owe, the_staff

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

JUNE, RUN = "2022-06", "2022-06-1"
CLERK, INVESTIGATOR, APPROVER, CASHIER = "clerk", "investigator", "approver", "cashier"


@pytest.fixture(autouse=True)
def june(settings: SettingsWrapper) -> None:
    """The site stands in June 2022, where one household is due 900 yuan."""
    settings.ASSUMED_MOMENT = datetime(2022, 6, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    the_staff()
    owe(an_award(name="测试人"), JUNE, 90_000)


def as_(username: str) -> Client:
    """A client of one of the staff."""
    client = Client()
    client.force_login(officers().get(username=username))
    return client


def text(answer: HttpResponse) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def step(username: str, name: str, **fields: str) -> HttpResponse:
    """Send one of the forms of the run's page, and look at the page that follows."""
    return confirmed(as_(username)).post(f"/runs/{RUN}/{name}", fields, follow=True)


def test_four_officers_bring_a_run_to_the_bank_and_back() -> None:
    a_draft(JUNE)
    assert "已复核：1 笔，合计 900.00 元" in text(step(INVESTIGATOR, "check"))
    assert "已批准" in text(step(APPROVER, "approve"))
    assert "已封存" in text(step(CASHIER, "seal"))
    handed = step(CASHIER, "bank-file", what="bank")
    assert handed["Content-Disposition"].startswith("attachment")
    run = Run.objects.get()
    file = SimpleUploadedFile("回盘.txt", an_answer(run, {1: "00"}, on=date(2022, 6, 20)))
    answered = as_(CASHIER).post(f"/runs/{RUN}/answer", {"file": file}, follow=True)
    assert "到账 1 笔" in text(answered)
    assert queries.stage_of(run) == "settled"


def test_the_page_offers_the_next_step_to_whom_it_belongs_and_says_why_not() -> None:
    a_draft(JUNE)
    page = f"/runs/{RUN}/"
    assert f'action="/runs/{RUN}/check"' in as_(INVESTIGATOR).get(page).content.decode()
    told = text(as_(CASHIER).get(page))
    assert "这一步由“核查、审核确认”岗位办理" in told
    step(INVESTIGATOR, "check")
    assert "您已办理过这一批的前面步骤" not in text(as_(APPROVER).get(page))


def test_nobody_takes_two_steps_of_one_run() -> None:
    """Whoever checked may not approve, even holding both roles."""
    a_draft(JUNE)
    step(APPROVER, "check")
    refused = step(APPROVER, "approve")
    assert refused.status_code == 409
    assert "这一步须由另一人办理" in text(refused)
    assert Run.objects.get().approved_at is None


def test_a_run_is_sealed_only_by_who_has_just_given_a_password() -> None:
    a_draft(JUNE)
    step(INVESTIGATOR, "check")
    step(APPROVER, "approve")
    asked = as_(CASHIER).post(f"/runs/{RUN}/seal", follow=True)
    assert "请先确认身份" in text(asked)
    assert Run.objects.get().sealed_at is None


def test_a_run_is_sent_back_for_a_reason_alone() -> None:
    a_draft(JUNE)
    step(INVESTIGATOR, "check")
    assert step(APPROVER, "return", why=" ").status_code == 409
    assert "已退回" in text(step(APPROVER, "return", why="金额不对"))
    assert Run.objects.get().checked_at is None


def test_an_answer_without_a_file_is_told_so() -> None:
    a_sealed_run(JUNE)
    answer = step(CASHIER, "answer")
    assert (answer.status_code, "请选择银行的回盘文件" in text(answer)) == (409, True)


def test_what_differs_from_the_month_before_is_listed_with_its_reason() -> None:
    old = an_award(Programme.TEKUN, name="旧人")
    for month, fen in (("2022-05", 80_000), (JUNE, 100_000)):
        owe(old, month, fen)
    a_draft(JUNE)
    page = text(as_(CLERK).get(f"/runs/{RUN}/changes"))
    assert "新增 0.00 900.00 符合条件" in page
    assert "增加 800.00 1,000.00 符合条件" in page
    assert "新增 1 项" in text(as_(CLERK).get(f"/runs/{RUN}/"))


def test_the_roster_has_room_for_signatures() -> None:
    a_draft(JUNE)
    page = text(as_(CLERK).get(f"/runs/{RUN}/roster"))
    assert "签收" in page
    assert "测试人" in page
    assert "合计 900.00" in page


def test_a_month_is_worked_out_and_drafted_as_a_job() -> None:
    job = as_(CLERK).post("/months/draft", {"month": JUNE, "area": "530111008"}, follow=True)
    assert "已完成" in text(job)
    assert f'href="/runs/{RUN}/"' in job.content.decode()
    assert Run.objects.get().number == RUN


def test_a_month_to_come_is_refused_where_the_job_is_watched() -> None:
    job = as_(CLERK).post("/months/draft", {"month": "2022-07", "area": "530111008"}, follow=True)
    assert "2022-07 还没有到" in text(job)


@pytest.mark.parametrize("page", [f"/runs/{RUN}/payments", f"/runs/{RUN}/roster", "/months/"])
def test_a_page_asks_no_more_of_the_database_for_more_rows(page: str) -> None:
    client = as_(CLERK)
    a_draft(JUNE)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    step(CLERK, "cancel", why="重来")
    for number in range(8):
        owe(an_award(name=f"测试{'甲乙丙丁戊己庚辛'[number]}"), JUNE, 90_000)
    a_draft(JUNE)
    with CaptureQueriesContext(connection) as many:
        client.get(page.replace(RUN, "2022-06-2"))
    assert len(many) <= len(few)


def test_what_awaits_whom_follows_the_run() -> None:
    a_draft(JUNE)
    assert "发放批次 2022-06-1" in text(as_(INVESTIGATOR).get("/worklist/"))
    assert "2022-06-1" not in text(as_(CLERK).get("/worklist/"))
    step(INVESTIGATOR, "check")
    assert "2022-06-1" not in text(as_(INVESTIGATOR).get("/worklist/"))
    page = text(as_(APPROVER).get("/worklist/"))
    assert "批准" in page
    assert "《社会救助暂行办法》（国务院令第649号）第十二条" in page
