"""An administrator's pages: taking on, appointing, ending; in one's own areas and never oneself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from doudi.access.models import Officer, Role
from doudi.access.queries import appointments_of
from doudi.doors.office.clock import now
from tests.accounts.build import clerk, is_in, sign_in, signed_in
from tests.office.conftest import officer_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.warehouse.build import World

pytestmark = pytest.mark.usefixtures("world")

STREET = "530111008"


@pytest.fixture
def guan(world: World) -> Client:
    """The administrator of the subdistrict, just signed in."""
    clerk(world, "guan", Role.ADMINISTRATOR)
    return signed_in("guan")


def appoint(client: Client, username: str, role: str, **more: str) -> str:
    sent = {"role": role, "area": STREET, "valid_from": "2022-01-01", **more}
    answer = client.post(f"/officers/of/{username}/appoint", sent)
    return answer.content.decode() if answer.status_code != 302 else ""


def test_somebody_is_taken_on_appointed_and_signs_in(guan: Client) -> None:
    assert guan.post("/officers/add", {"username": "neu", "name": "新人"}).status_code == 302
    assert appoint(guan, "neu", "cashier") == ""
    page = guan.post("/officers/of/neu/password", {"act": "password"}).content.decode()
    first = re.search(r"data-first-password>([a-z2-9-]+)<", page)
    assert first
    assert "新人" in guan.get("/officers").content.decode()
    neu = Officer.objects.get(username="neu")
    assert neu.must_change_password
    assert [row.role for row in appointments_of(neu, now().date())] == ["cashier"]
    client = signed_in("guan")
    client.post("/account/logout")
    assert sign_in(client, "neu", first[1]).status_code == 302


def test_an_appointment_is_ended_and_an_account_closed_and_opened(
    world: World, guan: Client
) -> None:
    officer = clerk(world)
    appointment = officer.appointments.get()
    sent = {"appointment": appointment.pk, "last_day": "2022-02-01", "why": "调离"}
    assert guan.post("/officers/of/clerk/end", sent).status_code == 302
    appointment.refresh_from_db()
    assert str(appointment.valid_to) == "2022-02-01"
    client = signed_in()
    assert guan.post("/officers/of/clerk/deactivate", {"why": "离职"}).status_code == 302
    assert not is_in(client)
    assert guan.post("/officers/of/clerk/reactivate", {"why": "回来"}).status_code == 302
    assert is_in(signed_in())


@pytest.mark.parametrize(
    ("role", "more", "said"),
    [
        ("administrator", {}, "管理员不得兼任业务岗位"),
        ("counter_clerk", {}, "自 2022-01-01 起已任"),
        ("cashier", {"valid_to": "2021-01-01"}, "2021-01-01"),
        ("emperor", {}, "emperor"),
        ("cashier", {"area": "530111001"}, "530111001"),
        ("cashier", {"valid_from": "2022-13-01"}, "日期"),
    ],
)
def test_an_appointment_that_can_not_be_is_refused_beside_the_form(
    world: World, guan: Client, role: str, more: dict[str, str], said: str
) -> None:
    clerk(world)
    page = appoint(guan, "clerk", role, **more)
    assert 'role="alert"' in page
    assert said in page


def test_a_username_that_will_not_do_is_told(guan: Client) -> None:
    for username, said in (("Ä", "不合规"), ("guan", "已有人使用")):
        answer = guan.post("/officers/add", {"username": username, "name": "新人"})
        assert said in answer.content.decode()


def test_nobody_manages_their_own_account(guan: Client) -> None:
    assert "这是您自己的账户" in guan.get("/officers/of/guan").content.decode()
    assert "不能任命自己" in appoint(guan, "guan", "administrator")
    for act in ("password", "factors", "unlock", "deactivate"):
        answer = guan.post(f"/officers/of/guan/{act}", {"why": "x"})
        assert answer.status_code == 409
        assert "不能管理自己的账户" in answer.content.decode()


def test_who_works_beyond_one_s_areas_is_out_of_reach(world: World, guan: Client) -> None:
    officer_of(world, "bezirk", Role.DISTRICT_INSPECTOR, "官渡区")
    assert "bezirk" not in guan.get("/officers").content.decode()
    assert guan.get("/officers/of/bezirk").status_code == 404
    assert guan.post("/officers/of/bezirk/password", {"act": "x"}).status_code == 404


def test_a_list_of_officers_takes_the_same_queries_however_many_there_are(
    world: World, guan: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        officer_of(world, f"o{number}", Role.INVESTIGATOR)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert guan.get("/officers").content.decode().count("核查") >= 12
