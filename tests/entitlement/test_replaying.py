"""A replay: the same facts, parameters and rules give what stood; any difference has a cause."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.access.actions import set_jurisdiction
from doudi.access.journal import deed
from doudi.access.queries import find_area
from doudi.entitlement import replaying
from doudi.entitlement.actions import stop_award, taper_award
from doudi.entitlement.models import Due, ParameterSet
from doudi.entitlement.queries import due_table
from doudi.entitlement.replay_scopes import months_determined
from doudi.entitlement.replaying import Cause, Replayed, replay_month
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme, Relation
from doudi.payments.models import Export
from doudi.policy import rules as policy_rules
from tests.entitlement.build import LIUJIA, STANDARD, an_award, head_of, liujia, work_out
from tests.payments.build import a_sealed_run, an_account, the_staff
from tests.registry.build import START, a_household, a_person, day, moment, state, the_system

if TYPE_CHECKING:
    from pathlib import Path

    from doudi.registry.models import Household, Person
    from tests.conftest import Door

pytestmark = pytest.mark.django_db

WRITING = ("INSERT", "UPDATE", "DELETE", "COPY", "SAVEPOINT")


def a_home(wage: int = 0) -> tuple[Household, Person]:
    """A household of one adult, with a wage or without."""
    person = a_person(born="1975-04-01")
    home = a_household(person)
    if wage:
        state(person, "income", kind="wage", amount_fen=wage, months=1)
    return home, person


def replayed(month: str, **how: Any) -> Replayed:
    """The replay of a month in the subdistrict."""
    (only,) = replay_month(Month(month), find_area(LIUJIA), **how)
    return only


def a_standard_of(yuan: str, home: Path, settings: Any) -> None:
    """Put other parameters in force: the demo's, but with another standard of Dibao."""
    folder = home / "changed"
    folder.mkdir()
    (folder / "jurisdiction.yaml").write_text(
        "code: changed\nname: {zh: 改, en: changed}\nabove: demo_assumptions\n", "utf-8"
    )
    (folder / "standards.yaml").write_text(
        "dibao.standard:\n  values:\n    2021-01-01: "
        f"{{value: '{yuan}', document: 测试, confidence: L, status: assumed}}\n",
        "utf-8",
    )
    settings.PARAMETER_FOLDERS = [home]
    set_jurisdiction(
        liujia(), jurisdiction="changed", actor=the_system(), at=moment("2022-12-01"), why="测试"
    )


def tamper(amount: int) -> None:
    """Change what every standing row says, as nobody may."""
    with deed(actor=the_system(), act="test", why="测试", at=moment("2022-12-01")):
        due_table().update(amount_fen=amount)


def test_a_life_full_of_changes_replays_without_a_difference() -> None:
    home, person = a_home(wage=20_000)
    award = an_award(home)
    tapering, worker = a_home()
    taper_award(
        an_award(tapering), from_month=Month("2022-03"), months=2, decided_on=day("2022-02-20"),
        actor=the_system(), at=moment("2022-02-21"),
    )  # fmt: skip
    open_home = a_household(a_person(born="1950-01-01"))
    an_award(
        open_home, head_of(open_home),
        programme=Programme.DISABILITY_CARE, due_from=Month("2022-01"),
    )  # fmt: skip
    work_out("2022-01")
    state(worker, "income", kind="wage", amount_fen=90_000, months=1, valid_from="2022-03-01")
    state(
        person, "income", kind="pension", amount_fen=10_000, months=1,
        valid_from="2022-01-05", at=moment("2022-02-08"),
    )  # fmt: skip
    for month in ("2022-02", "2022-03", "2022-04"):
        work_out(month)
    stop_award(
        award, last_month=Month("2022-02"), decided_on=day("2022-05-02"),
        reason="户口迁出", actor=the_system(), at=moment("2022-05-02"),
    )  # fmt: skip
    work_out("2022-05")
    assert set(Due.objects.values_list("reason", flat=True)) == {
        "holds", "holds_not", "tapers", "ended",
    }  # fmt: skip
    months = months_determined(liujia())
    assert months == ["2022-01", "2022-02", "2022-03", "2022-04", "2022-05"]
    assert [replayed(month).differences for month in months] == [()] * 5


def test_a_replay_as_known_earlier_is_compared_with_what_stood_earlier() -> None:
    home, person = a_home()
    an_award(home)
    work_out("2022-01")
    state(
        person, "income", kind="wage", amount_fen=10_000, months=1,
        valid_from="2022-01-01", at=moment("2022-02-08"),
    )  # fmt: skip
    work_out("2022-02")
    early = replayed("2022-01", known_at=moment("2022-02-01"))
    assert early.known_at == moment("2022-01-20")
    assert early.differences == ()
    assert replayed("2022-01").known_at == moment("2022-02-20")
    assert replayed("2022-01").differences == ()


def test_news_not_worked_in_yet_is_no_difference() -> None:
    home, person = a_home()
    an_award(home)
    work_out("2022-01")
    state(person, "income", kind="wage", amount_fen=10_000, months=1, at=moment("2022-02-08"))
    assert replayed("2022-01", known_at=moment("2022-02-10")).differences == ()


def test_a_changed_parameter_is_named_with_what_it_does(tmp_path: Path, settings: Any) -> None:
    home, _ = a_home(wage=20_000)
    award = an_award(home)
    work_out("2022-01")
    a_standard_of("760.00", tmp_path, settings)
    again = replayed("2022-01")
    assert [(each.parameter.path, each.before, each.after) for each in again.parameters] == [
        ("dibao.standard", STANDARD, 76_000)
    ]
    (difference,) = again.differences
    assert (difference.award, difference.cause) == (award.number, Cause.PARAMETERS)
    assert difference.stood is not None
    assert difference.now is not None
    assert (difference.stood.amount_fen, difference.now.amount_fen) == (50_000, 56_000)
    assert difference.now.parts == {"gap": 56_000}


def test_a_changed_parameter_does_not_hide_a_defect(tmp_path: Path, settings: Any) -> None:
    an_award(a_home()[0])
    work_out("2022-01")
    tamper(65_000)
    a_standard_of("760.00", tmp_path, settings)
    assert [each.cause for each in replayed("2022-01").differences] == [Cause.DEFECT]


def test_a_row_that_was_changed_behind_our_back_is_a_defect() -> None:
    award = an_award(a_home()[0])
    work_out("2022-01")
    tamper(65_000)
    (difference,) = replayed("2022-01").differences
    assert (difference.award, difference.cause) == (award.number, Cause.DEFECT)


def test_other_rules_are_named_as_the_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    an_award(a_home()[0])
    work_out("2022-01")
    tamper(65_000)
    monkeypatch.setattr(policy_rules, "RULES_VERSION", "other")
    monkeypatch.setattr(replaying, "RULES_VERSION", "other")
    again = replayed("2022-01")
    assert [each.cause for each in again.differences] == [Cause.RULES]
    assert again.parameters == ()


def test_parameters_of_old_that_were_not_kept_are_admitted(tmp_path: Path, settings: Any) -> None:
    an_award(a_home()[0])
    work_out("2022-01")
    with deed(actor=the_system(), act="test", why="测试", at=moment("2022-12-01")):
        ParameterSet.objects.all().delete()
    a_standard_of("760.00", tmp_path, settings)
    assert [each.cause for each in replayed("2022-01").differences] == [Cause.NOT_KEPT]


def test_an_award_that_can_no_longer_be_determined_differs(tmp_path: Path, settings: Any) -> None:
    home, _ = a_home(wage=20_000)
    an_award(home)
    work_out("2022-01")
    a_standard_of("760.00", tmp_path, settings)
    text = (tmp_path / "changed" / "standards.yaml").read_text("utf-8")
    other = tmp_path / "unknown"
    other.mkdir()
    (other / "jurisdiction.yaml").write_text(
        "code: unknown\nname: {zh: 未知, en: unknown}\nabove: demo_assumptions\n", "utf-8"
    )
    (other / "standards.yaml").write_text(
        text.replace("'760.00'", "null").replace("assumed", "unknown"), "utf-8"
    )
    set_jurisdiction(
        liujia(), jurisdiction="unknown", actor=the_system(), at=moment("2022-12-02"), why="测试"
    )
    (difference,) = replayed("2022-01").differences
    assert difference.cause is Cause.PARAMETERS
    assert (difference.missing_then, difference.missing_now) == ((), ("dibao.standard",))


def test_a_month_never_determined_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        replay_month(Month("2022-01"), liujia())
    assert caught.value.code == "REPLAY-NONE"


def test_a_replay_writes_nothing_and_its_statements_do_not_grow() -> None:
    counts = []
    for size in (2, 20):
        for _ in range(size):
            head = a_person(born="1975-04-01")
            an_award(a_household(head, (a_person(born="2012-05-01"), Relation.CHILD)))
        work_out("2022-01", at=f"2022-01-{size + 1:02d}")
        tamper(1)
        with CaptureQueriesContext(connection) as captured:
            assert len(replayed("2022-01").differences) >= size
        statements = [each["sql"].lstrip().upper() for each in captured]
        assert not [each for each in statements if each.startswith(WRITING)]
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_door_says_nothing_differs_or_ends_with_one(door: Door) -> None:
    an_award(a_home(wage=20_000)[0])
    work_out("2022-02")
    assert "没有任何差异" in door("replay", "2022-02", "--area", "六甲街道").output
    assert "已重放 2 个月" in door("replay", "--all").output
    tamper(1)
    told = door("replay", "--all", status=1).output
    assert told.count("记录被改动过，或程序有差错") == 2
    assert "当时应发 0.01 元" in told
    assert "现在应发 500.00 元（1 人，符合条件；补差 500.00）" in told


def test_the_door_tells_which_parameter_changed(door: Door, tmp_path: Path, settings: Any) -> None:
    an_award(a_home()[0])
    work_out("2022-01")
    a_standard_of("760.00", tmp_path, settings)
    told = door("replay", "2022-01", status=1).output
    assert "dibao.standard" in told
    assert "当时 700.00，现在 760.00" in told
    data = json.loads(door("replay", "2022-01", "--json", status=1).output)
    assert data[0]["replayed"][0]["differences"][0]["cause"] == "parameters"


def test_the_door_asks_for_one_month_or_all(door: Door) -> None:
    assert "请写明一个月份" in door("replay", status=2).output
    assert "请写明一个月份" in door("replay", "2022-01", "--all", status=2).output


def test_sealed_payrolls_are_exported_again_and_compared(door: Door) -> None:
    home, person = a_home()
    an_account(person)
    an_award(home)
    work_out("2022-01")
    the_staff()
    run = a_sealed_run("2022-01", at=moment("2022-01-25"))
    assert "还没有导出过" in door("replay", "2022-01").output
    door("payroll", "export", run.number, officer="cashier", at="2022-01-26")
    assert "逐字节相同" in door("replay", "2022-01").output
    with deed(actor=the_system(), act="test", why="测试", at=moment("2022-02-01")):
        Export.objects.create(
            run=run, digest="0" * 64, exported_by=the_system(), exported_at=moment("2022-02-01")
        )
    assert "与导出时不同" in door("replay", "2022-01", status=1).output


def test_due_rows_are_untouched_by_a_replay(door: Door) -> None:
    an_award(a_home()[0], at=START)
    work_out("2022-01")
    before = list(Due.objects.order_by("pk").values())
    door("replay", "--all")
    assert list(Due.objects.order_by("pk").values()) == before
