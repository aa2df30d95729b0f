"""A ledger from its page: looked at, taken in, undone the same day."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doudi.access.models import Deed, Entry
from doudi.access.queries import officers
from doudi.doors.office.jobs.models import Job
from doudi.registry.models import Household, Income, Membership
from tests.ledger.build import CARD, a_clerk, a_family, ledger_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

    from tests.ledger.build import Rows

pytestmark = pytest.mark.django_db

BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def january(settings: SettingsWrapper, tmp_path: Path) -> None:
    """The site stands in January 2022, in a folder of its own."""
    settings.ASSUMED_MOMENT = datetime(2022, 1, 5, 9, tzinfo=BEIJING)
    settings.HOME = tmp_path
    a_clerk()


@pytest.fixture
def send(tmp_path: Path) -> Callable[[Rows], HttpResponse]:
    """Send a ledger made of rows, and look at what was found in it."""

    def sent(rows: Rows) -> HttpResponse:
        path = ledger_file(tmp_path / "一户.xlsx", rows)
        file = SimpleUploadedFile(path.name, path.read_bytes())
        path.unlink()
        clerk().post("/import/read", {"file": file})
        assert newest().state == "done", (newest().state, newest().said)
        return clerk().get(f"/import/{newest().pk}/")

    return sent


def clerk() -> Client:
    client = Client()
    client.force_login(officers().get(username="clerk"))
    return client


def newest() -> Job:
    return Job.objects.latest("asked_at")


def text(answer: HttpResponse) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def step(name: str, **fields: str) -> HttpResponse:
    """Send one of the forms of the newest import, and look at its page afterwards."""
    return clerk().post(f"/import/{newest().pk}/{name}", fields, follow=True)


def taken_in() -> HttpResponse:
    """Confirm what was looked through."""
    step("take", accepted="已核对")
    return clerk().get(f"/import/{newest().pk}/")


def test_a_ledger_is_looked_at_first_and_nothing_is_saved(send: Callable) -> None:
    told = text(send(a_family()))
    assert "涉及 1 户、2 人；新登记 1 户、2 人" in told
    assert "确认保存" in told
    assert not Household.objects.exists()


def test_a_ledger_that_is_confirmed_is_saved_as_one_act_and_its_file_is_gone(
    send: Callable, tmp_path: Path
) -> None:
    send(a_family())
    told = text(taken_in())
    assert "已保存" in told
    assert Income.objects.filter(superseded_at=None).count() == 1
    assert Deed.objects.filter(act="import_ledger", actor__username="clerk").count() == 1
    assert not list((tmp_path / "imports").glob("*.file"))


def test_what_is_kept_of_an_upload_is_sealed(send: Callable, tmp_path: Path) -> None:
    send(a_family())
    kept = list((tmp_path / "imports").iterdir())
    assert kept
    for path in kept:
        content = path.read_bytes()
        assert CARD.encode() not in content
        assert not content.startswith(b"PK")
        assert path.stat().st_mode & 0o077 == 0


def test_faults_are_listed_by_place_and_the_marked_workbook_is_there(send: Callable) -> None:
    rows = a_family()
    rows["收入"][0]["person"] = "530111195003010020"
    told = text(send(rows))
    assert "处错误" in told
    assert "收入" in told
    assert "确认保存" not in told
    marked = clerk().get(f"/import/{newest().pk}/marked")
    assert marked.content.startswith(b"PK")
    assert not Household.objects.exists()


def test_a_file_that_is_no_ledger_is_refused_in_one_sentence() -> None:
    file = SimpleUploadedFile("照片.xlsx", b"\xff\xd8\xff\xe0 no workbook")
    answer = clerk().post("/import/read", {"file": file}, follow=True)
    assert 'role="alert"' in answer.content.decode()
    assert newest().state == "refused"
    assert "没有办成" in text(answer)


def test_no_file_is_said_beside_the_field() -> None:
    answer = clerk().post("/import/read")
    assert answer.status_code == 409
    assert "请选择要导入的文件" in text(answer)


def test_an_import_is_undone_the_same_day_as_one_act(send: Callable) -> None:
    send(a_family())
    taken_in()
    told = text(step("undo", why="传错了文件"))
    assert "已撤销：撤回" in told
    assert not Income.objects.filter(superseded_at=None).exists()
    assert not Membership.objects.filter(superseded_at=None).exists()
    undone = Deed.objects.get(act="undo_import")
    assert Entry.objects.filter(deed=undone, table="registry_income").exists()
    assert Entry.objects.filter(deed__act="import_ledger", table="registry_income").exists()


def test_undoing_brings_back_what_the_import_had_corrected(
    send: Callable, settings: SettingsWrapper
) -> None:
    send(a_family())
    taken_in()
    settings.ASSUMED_MOMENT = datetime(2022, 1, 6, 9, tzinfo=BEIJING)
    rows = a_family()
    rows["收入"][0]["amount_fen"] = 999
    send(rows)
    taken_in()
    assert Income.objects.get(superseded_at=None).amount_fen == 999
    step("undo", why="金额填错")
    assert Income.objects.get(superseded_at=None).amount_fen == 123456
    assert Membership.objects.filter(superseded_at=None).count() == 2


def test_what_was_undone_can_be_imported_again(send: Callable) -> None:
    send(a_family())
    taken_in()
    step("undo", why="再来一次")
    assert "新登记 0 户、0 人" in text(send(a_family()))
    taken_in()
    assert Income.objects.filter(superseded_at=None).count() == 1


def test_an_import_of_yesterday_is_not_undone(send: Callable, settings: SettingsWrapper) -> None:
    send(a_family())
    taken_in()
    settings.ASSUMED_MOMENT = datetime(2022, 1, 6, 9, tzinfo=BEIJING)
    assert "只能在当天撤销" in text(step("undo", why="太晚"))
    assert Income.objects.filter(superseded_at=None).exists()


def test_an_import_that_later_facts_build_on_is_not_undone(send: Callable) -> None:
    send(a_family())
    taken_in()
    first = newest()
    rows = a_family()
    rows["收入"][0]["amount_fen"] = 999
    send(rows)
    taken_in()
    answer = clerk().post(f"/import/{first.pk}/undo", {"why": "晚了"})
    assert answer.status_code == 409
    assert "又登记、更正过情况" in text(answer)
    assert Income.objects.get(superseded_at=None).amount_fen == 999
