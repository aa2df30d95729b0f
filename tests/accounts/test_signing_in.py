"""Signing in: by one's password, on record, locked after five wrong ones, and nothing told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from doudi.access.actions import deactivate_officer, end_appointment, unlock_officer
from doudi.access.models import AccountAct, AccountRecord, Entry, Officer, Role
from doudi.doors.office.accounts.idle import SEEN
from doudi.doors.office.clock import now
from tests.accounts.build import LOGIN, PASSWORD, acts, clerk, is_in, sign_in, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.warehouse.build import World

pytestmark = pytest.mark.usefixtures("world")

TRIED = [AccountAct.PASSED, AccountAct.SIGNED_IN]
WRONG = "wrong horse battery"


def alert(page: str) -> str:
    """What the page has against what was sent."""
    found = re.search(r'role="alert".*?<li>(.*?)</li>', page, flags=re.DOTALL)
    assert found, page
    return found[1]


def test_an_officer_signs_in_and_out_and_both_are_on_record(world: World) -> None:
    clerk(world)
    client = signed_in()
    assert is_in(client)
    assert client.post("/account/logout")["Location"] == LOGIN
    assert not is_in(client)
    assert acts() == [*TRIED, AccountAct.SIGNED_OUT]
    entries = Entry.objects.filter(table="access_accountrecord")
    assert entries.count() == 4, "the try, its outcome, in and out"


def test_passwords_are_kept_by_argon2_and_looking_at_one_writes_nothing(world: World) -> None:
    officer = clerk(world)
    assert officer.password.startswith("argon2$argon2id$")
    written = Entry.objects.count()
    assert officer.check_password(PASSWORD)
    assert not officer.check_password(WRONG)
    assert Entry.objects.count() == written


def test_an_unknown_name_a_wrong_password_and_a_closed_account_are_told_alike(
    world: World,
) -> None:
    clerk(world)
    closed = clerk(world, "closed")
    deactivate_officer(closed, why="离职", actor=world.actor, at=now())
    answers = {
        alert(sign_in(Client(), name, password).content.decode())
        for name, password in (("nobody", PASSWORD), ("clerk", WRONG), ("closed", PASSWORD))
    }
    assert answers == {"用户名或密码不对；多次不对会暂停登录"}


def test_as_much_work_is_done_for_an_unknown_name_as_for_a_known_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk(world)
    without = clerk(world, "without")
    with world.doing(now()):
        without.set_unusable_password()
        without.save()
    work: list[str] = []

    def counting(which: str) -> Callable[..., Any]:
        real = getattr(Argon2PasswordHasher, which)

        def counted(*args: Any, **words: Any) -> Any:
            work.append(which)
            return real(*args, **words)

        return counted

    for which in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, which, counting(which))
    for name in ("clerk", "nobody", "without"):
        work.clear()
        sign_in(Client(), name, WRONG)
        assert len(work) == 1, name


@pytest.mark.parametrize("name", ["clerk", "nobody"])
def test_five_wrong_passwords_lock_a_name_for_the_right_one_and_from_elsewhere_too(
    world: World, name: str
) -> None:
    clerk(world)
    for _ in range(5):
        sign_in(Client(), name, WRONG)
    for client in (Client(), Client(REMOTE_ADDR="198.51.100.7")):
        said = alert(sign_in(client, name).content.decode())
        assert said == "密码或验证码多次不对，已暂停登录，请 15 分钟后再试，或请管理员解锁"
    assert AccountRecord.objects.filter(act=AccountAct.LOCKED).count() == 1


def test_four_wrong_ones_and_a_right_one_begin_anew(world: World) -> None:
    clerk(world)
    for _ in range(2):
        for _ in range(4):
            sign_in(Client(), "clerk", WRONG)
        assert sign_in(Client()).status_code == 302


def test_an_administrator_unlocks_before_the_time_is_over(world: World) -> None:
    officer, _ = clerk(world), clerk(world, "guan", Role.ADMINISTRATOR)
    for _ in range(5):
        sign_in(Client(), "clerk", WRONG)
    page = signed_in("guan")
    assert "以前不能登录" in page.get("/officers/of/clerk").content.decode()
    assert page.post("/officers/of/clerk/unlock").status_code == 302
    assert sign_in(Client()).status_code == 302
    assert officer.account_records.filter(act=AccountAct.UNLOCKED).count() == 1


def test_who_is_locked_is_let_in_again_after_the_time(world: World) -> None:
    clerk(world)
    for _ in range(5):
        sign_in(Client(), "clerk", WRONG)
    locked = AccountRecord.objects.get(act=AccountAct.LOCKED)
    with world.doing(now()):
        AccountRecord.objects.update(at=locked.at.replace(year=locked.at.year - 1))
    assert sign_in(Client()).status_code == 302


def test_nothing_typed_is_kept_and_no_whole_address(world: World) -> None:
    clerk(world)
    sign_in(Client(REMOTE_ADDR="198.51.100.7"), "clerk", WRONG)
    sign_in(Client(), "my-pass-word", WRONG)
    kept = " ".join(
        str(row) for row in AccountRecord.objects.values_list("named", "detail", "address")
    )
    kept += " ".join(Entry.objects.values_list("after", flat=True).exclude(after=None))
    assert "198.51.100.0/24" in kept
    for typed in (WRONG, "my-pass-word", "198.51.100.7", PASSWORD):
        assert typed not in kept


def test_the_system_itself_can_not_sign_in(world: World) -> None:
    assert not world.actor.has_usable_password()
    assert sign_in(Client(), "system", "").status_code == 200


def test_the_first_password_is_changed_before_anything_else(world: World) -> None:
    clerk(world, first=True)
    client = signed_in()
    assert client.get("/")["Location"] == "/account/password"
    new = "ein anderes pferd"
    sent = {"old": PASSWORD, "new": new, "again": new}
    assert client.post("/account/password", sent)["Location"] == "/account/"
    assert client.get("/").status_code == 200
    assert not sign_in(Client()).has_header("Location")
    assert sign_in(Client(), "clerk", new).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        (WRONG, "ein anderes pferd", "ein anderes pferd", "现在的密码不对"),
        (PASSWORD, "ein anderes pferd", "ein drittes pferd", "两次输入的新密码不一样"),
        (PASSWORD, "short", "short", "12"),
        (PASSWORD, "password1234", "password1234", "常见"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码不能与原密码相同"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(
    world: World, old: str, new: str, again: str, said: str
) -> None:
    clerk(world)
    sent = {"old": old, "new": new, "again": again}
    answer = signed_in().post("/account/password", sent)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Officer.objects.get(username="clerk").check_password(PASSWORD)


def test_a_changed_password_ends_every_other_session(world: World) -> None:
    clerk(world)
    here, there = signed_in(), signed_in()
    new = "ein anderes pferd"
    here.post("/account/password", {"old": PASSWORD, "new": new, "again": new})
    assert (is_in(here), is_in(there)) == (True, False)


def test_other_sessions_are_listed_and_ended(world: World) -> None:
    clerk(world)
    here, there = signed_in(), signed_in()
    page = here.get("/account/sessions").content.decode()
    assert page.count("127.0.0.1") == 2
    here.post("/account/sessions")
    assert (is_in(here), is_in(there)) == (True, False)
    assert acts()[-1] == AccountAct.SESSIONS_ENDED


def test_who_works_here_no_longer_is_out_with_the_next_request(world: World) -> None:
    officer = clerk(world)
    client = signed_in()
    deactivate_officer(officer, why="离职", actor=world.actor, at=now())
    assert not is_in(client)


def test_rights_end_with_the_appointment(world: World) -> None:
    officer = clerk(world)
    client = signed_in()
    assert client.get("/households/").status_code == 200
    appointment = officer.appointments.get()
    end_appointment(
        appointment, last_day=appointment.valid_from, why="调离", actor=world.actor, at=now()
    )
    assert client.get("/households/").status_code == 403


def test_who_walks_away_is_signed_out(world: World) -> None:
    clerk(world)
    client = signed_in()
    client.get("/account/")
    session = client.session
    session[SEEN] -= 31 * 60
    session.save()
    assert not is_in(client)


def test_cookies_are_for_this_site_and_no_script(world: World) -> None:
    clerk(world)
    client = signed_in()
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_an_administrator_can_not_unlock_themselves(world: World) -> None:
    guan = clerk(world, "guan", Role.ADMINISTRATOR)
    with pytest.raises(Exception, match="不能管理自己的账户"):
        unlock_officer(guan, actor=guan, at=now())
