"""Second factors: an authenticator's code, recovery codes, and the roles that need one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from doudi.access.models import AccountAct, Role
from tests.accounts.build import CONFIRM, PASSWORD, acts, clerk, code_of, is_in, sign_in, signed_in

if TYPE_CHECKING:
    from tests.warehouse.build import World

pytestmark = pytest.mark.usefixtures("world")

ACTIVATE, CODE, CODES = "/account/factors/app/add", "/account/login/code", "/account/factors/codes"


def with_authenticator(client: Client) -> str:
    """Set an authenticator up and answer its secret."""
    page = client.get(ACTIVATE).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret, page
    answer = client.post(ACTIVATE, {"code": code_of(secret[1])})
    assert answer["Location"] == CODES
    return secret[1]


def test_a_code_completes_the_sign_in_and_is_good_once(world: World) -> None:
    clerk(world)
    secret = with_authenticator(signed_in())
    client = Client()
    assert sign_in(client)["Location"] == CODE
    assert not is_in(client), "the password alone opens nothing"
    code = code_of(secret)
    assert client.post(CODE, {"code": code}).status_code == 302
    assert is_in(client)
    again = Client()
    sign_in(again)
    assert "已用过" in again.post(CODE, {"code": code}).content.decode()
    assert not is_in(again)


def test_what_becomes_of_factors_is_on_record(world: World) -> None:
    clerk(world)
    client = signed_in()
    with_authenticator(client)
    assert client.post("/account/factors/codes/renew").status_code == 302
    assert client.post("/account/factors/app/remove").status_code == 302
    assert acts()[2:] == [
        AccountAct.FACTOR_ADDED,
        AccountAct.CODES_RENEWED,
        AccountAct.CODES_RENEWED,
        AccountAct.FACTOR_REMOVED,
    ]
    assert not Authenticator.objects.exists(), "with the last factor go the recovery codes"


def test_a_secret_is_kept_sealed(world: World) -> None:
    clerk(world)
    secret = with_authenticator(signed_in())
    kept = " ".join(str(row.data) for row in Authenticator.objects.all())
    assert secret not in kept


def test_a_recovery_code_is_shown_once_and_good_once(world: World) -> None:
    clerk(world)
    client = signed_in()
    with_authenticator(client)
    codes = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())
    assert len(codes) == 10
    assert not re.findall(r"<code>\d", client.get(CODES).content.decode())
    first, second = Client(), Client()
    sign_in(first)
    assert first.post(CODE, {"code": codes[0]}).status_code == 302
    sign_in(second)
    assert second.post(CODE, {"code": codes[0]}).status_code == 200
    assert (is_in(first), is_in(second)) == (True, False)


def test_wrong_codes_lock_as_wrong_passwords_do(world: World) -> None:
    clerk(world)
    secret = with_authenticator(signed_in())
    client = Client()
    sign_in(client)
    for _ in range(5):
        assert "验证码不对" in client.post(CODE, {"code": "000000"}).content.decode()
    assert "已暂停登录" in client.post(CODE, {"code": code_of(secret)}).content.decode()
    assert "已暂停登录" in sign_in(Client()).content.decode()
    assert acts().count(AccountAct.CODE_WRONG) == 5


def test_a_role_that_needs_a_factor_is_led_to_set_one_up(world: World) -> None:
    clerk(world)
    clerk(world, "guan", Role.ADMINISTRATOR)
    signed_in("guan").post("/officers/factors", {"roles": ["counter_clerk"]})
    client = signed_in()
    assert client.get("/")["Location"] == "/account/factors"
    assert "必须使用双因素登录" in client.get("/account/factors").content.decode()
    with_authenticator(client)
    assert client.get("/").status_code == 200


def test_a_lost_factor_is_taken_away_by_an_administrator(world: World) -> None:
    clerk(world)
    clerk(world, "guan", Role.ADMINISTRATOR)
    with_authenticator(signed_in())
    client = signed_in("guan")
    assert client.post("/officers/of/clerk/factors", {"act": "factors"}).status_code == 302
    assert is_in(signed_in())
    assert acts().count(AccountAct.FACTORS_RESET) == 1


def test_setting_up_a_factor_asks_for_the_password_if_that_was_long_ago(world: World) -> None:
    client = Client()
    client.force_login(clerk(world))
    assert client.get(ACTIVATE)["Location"] == f"{CONFIRM}?next=/account/factors/app/add".replace(
        "/account/factors/app/add", "%2Faccount%2Ffactors%2Fapp%2Fadd"
    )
    assert client.post(CONFIRM, {"password": "wrong horse battery"}).status_code == 200
    assert client.post(CONFIRM, {"password": PASSWORD}).status_code == 302
    assert client.get(ACTIVATE).status_code == 200
