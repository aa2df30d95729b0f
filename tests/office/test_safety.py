"""What every page tells the browser, which hosts it answers, and how a language is chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from doudi.access.models import Role
from doudi.doors.office.reports import views
from tests.office.conftest import REPORT, officer_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.warehouse.build import World

pytestmark = pytest.mark.usefixtures("world")

STRICT = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ELSEWHERE = "https://elsewhere.example/"


@pytest.fixture
def guarded(world: World) -> Client:
    """A browser's stand-in whose forms are checked as a browser's are, signed in."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(officer_of(world, "reader", Role.DISTRICT_INSPECTOR, "官渡区"))
    return client


def choose(client: Client, language: str, **fields: str) -> HttpResponse:
    """Send the form of the page that chooses a language, with its token."""
    page = client.get(REPORT).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    return client.post(
        "/language", {"csrfmiddlewaretoken": token[1], "language": language, **fields}
    )


def fail(*_: object, **__: object) -> None:
    """A fault of ours, with a name in it."""
    message = "赵钱孙"
    raise RuntimeError(message)


def test_every_answer_is_strict(guarded: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [
        (200, guarded.get(REPORT)),
        (302, Client().get("/")),
        (404, guarded.get("/nothing")),
        (404, guarded.get("/static/nothing.css")),
        (302, Client().post(REPORT)),
        (403, guarded.post("/language", {"language": "en"})),
        (400, guarded.get(REPORT, headers={"Host": "elsewhere.example"})),
    ]
    monkeypatch.setattr(views, "report_of", fail)
    answers.append((500, guarded.get(REPORT)))
    for status, answer in answers:
        told = {name: answer.get(name) for name in STRICT}
        # A refused host is answered before there is a page to frame.
        expected = STRICT if status != 400 else {**STRICT, "X-Frame-Options": None}
        assert (answer.status_code, told) == (status, expected)


def test_a_page_has_neither_inline_scripts_nor_inline_styles(client: Client) -> None:
    page = client.get(REPORT).content.decode()
    assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=|javascript:", page)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_a_fault_of_ours_is_told_without_its_inside(
    guarded: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "report_of", fail)
    page = guarded.get(REPORT).content.decode()
    assert "页面没有做成" in page
    assert "赵钱孙" not in page
    assert "Traceback" not in page


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000"])
def test_it_answers_to_this_machine(client: Client, host: str) -> None:
    assert client.get(REPORT, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["elsewhere.example", "192.0.2.1", "127.0.0.1.elsewhere.example"])
def test_it_answers_to_no_other_name(client: Client, host: str) -> None:
    answer = client.get(REPORT, headers={"Host": host})
    assert answer.status_code == 400
    assert "1,234.50" not in answer.content.decode()


def test_a_language_is_chosen_and_kept(guarded: Client) -> None:
    answer = choose(guarded, "en", next=REPORT)
    assert (answer.status_code, answer["Location"]) == (302, REPORT)
    page = guarded.get(REPORT).content.decode()
    assert '<html lang="en">' in page
    assert "Urban Dibao, paid" in page
    assert "Skip to the content" in page
    choose(guarded, "zh-hans", next=REPORT)
    assert '<html lang="zh-hans">' in guarded.get(REPORT).content.decode()


def test_an_unknown_language_changes_nothing(guarded: Client) -> None:
    choose(guarded, "xx", next=REPORT)
    assert '<html lang="zh-hans">' in guarded.get(REPORT).content.decode()


def test_the_browser_s_own_language_is_heard(client: Client) -> None:
    page = client.get(REPORT, headers={"Accept-Language": "en-GB,en;q=0.9"}).content.decode()
    assert '<html lang="en">' in page


def test_a_language_is_chosen_on_our_page_alone(guarded: Client) -> None:
    answer = guarded.post("/language", {"language": "en", "next": REPORT})
    assert answer.status_code == 403
    assert "什么也没有改变" in answer.content.decode()
    assert '<html lang="zh-hans">' in guarded.get(REPORT).content.decode()


@pytest.mark.parametrize("to", [ELSEWHERE, "//elsewhere.example/", "javascript:alert(1)", ""])
def test_choosing_a_language_leads_nowhere_else(guarded: Client, to: str) -> None:
    assert choose(guarded, "en", next=to)["Location"] == "/"


def test_the_page_before_leads_nowhere_else_either(guarded: Client) -> None:
    answer = guarded.get("/language", headers={"Referer": ELSEWHERE})
    assert answer["Location"] == "/"
