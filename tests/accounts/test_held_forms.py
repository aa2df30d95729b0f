"""A form that comes too late: nothing is changed, and nothing that was filled in is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doudi.access.models import Officer, Role
from tests.accounts.build import CONFIRM, PASSWORD, clerk, sign_in, signed_in

if TYPE_CHECKING:
    from tests.warehouse.build import World

pytestmark = pytest.mark.usefixtures("world")

ADD = "/officers/add"
SENT = {"username": "neu", "name": '新人<"&'}
ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture(autouse=True)
def _administrator(world: World) -> None:
    """One who takes others on."""
    clerk(world, "guan", Role.ADMINISTRATOR)


def fields(page: str) -> dict[str, str]:
    """The fields that a page keeps to be sent again."""
    found = re.search(r"<form[^>]*data-held.*?</form>", page, flags=re.DOTALL)
    assert found, page
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', found[0]))


def test_a_form_sent_after_the_session_ended_is_kept_in_the_page(world: World) -> None:
    del world
    client = Client()
    answer = client.post(ADD, SENT)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "登录已过期" in page
    assert fields(page)["username"] == "neu"
    assert fields(page)["name"] == "新人&lt;&quot;&amp;"
    assert 'action="/officers/add"' in page
    assert not any("neu" in str(session.get_decoded()) for session in Session.objects.all())
    sign_in(client, "guan")
    assert client.post(ADD, SENT).status_code == 302
    assert Officer.objects.filter(username="neu").exists()


def test_files_are_named_that_have_to_be_chosen_again() -> None:
    upload = SimpleUploadedFile("台账.xlsx", b"PK")
    page = Client().post("/ledger/import", {"file": upload, "why": "x"})
    if page.status_code != 404:  # where there is such a page
        assert "台账.xlsx" in page.content.decode()
    page = Client().post(ADD, {"file": upload}).content.decode()
    assert "台账.xlsx" in page


def test_a_token_from_before_the_log_in_asks_once_more_with_a_fresh_one() -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/account/login").content.decode()
    old = fields_token(page)
    sent = {"login": "guan", "password": PASSWORD, "csrfmiddlewaretoken": old}
    assert client.post("/account/login", sent).status_code == 302
    late = client.post(ADD, {**SENT, "csrfmiddlewaretoken": old}, headers=ORIGIN)
    kept = fields(late.content.decode())
    assert "请再提交一次" in late.content.decode()
    assert not Officer.objects.filter(username="neu").exists()
    again = {**SENT, "csrfmiddlewaretoken": kept["csrfmiddlewaretoken"]}
    assert client.post(ADD, again, headers=ORIGIN).status_code == 302


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}])
def test_a_form_from_elsewhere_is_refused_and_not_shown_again(origin: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Officer.objects.get(username="guan"))
    answer = client.post(ADD, SENT, headers=origin)
    assert answer.status_code == 403
    assert "neu" not in answer.content.decode()


def test_a_grave_act_asks_who_sits_here_and_keeps_the_form() -> None:
    client = Client()
    client.force_login(Officer.objects.get(username="guan"))
    assert client.get(ADD)["Location"] == f"{CONFIRM}?next=%2Fofficers%2Fadd"
    page = client.post(ADD, SENT).content.decode()
    assert "请先确认身份" in page
    assert fields(page)["username"] == "neu"
    client.post(CONFIRM, {"password": PASSWORD})
    assert client.post(ADD, SENT).status_code == 302


def test_htmx_is_led_to_the_log_in_or_shown_the_kept_form() -> None:
    asking = {"HX-Request": "true", "HX-Current-URL": "http://testserver/officers?x=1"}
    led = Client().get("/officers", headers=asking)
    assert led["HX-Redirect"] == "/account/login?next=/officers"
    kept = Client().post(ADD, SENT, headers=asking)
    assert (kept.status_code, kept["HX-Retarget"]) == (200, "#main")


def test_the_way_back_is_a_page_of_ours() -> None:
    client = Client()
    client.post("/account/login?next=https://elsewhere.example/", {})
    answer = client.post(
        "/account/login",
        {"login": "guan", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert answer["Location"] == "/"
    assert signed_in("guan").get("/account/back").status_code == 200


def fields_token(page: str) -> str:
    """The token of the first form of a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]
