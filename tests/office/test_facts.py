"""Facts recorded and changed from the file: previewed first, and saved as previewed."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.access.models import Role
from doudi.access.models.journal import Entry
from doudi.kernel.vocabulary import IncomeKind
from doudi.registry.kinds import KINDS
from doudi.registry.models import Income
from tests.entitlement.build import amounts, an_award, work_out
from tests.registry.build import a_household, a_person, an_officer, day, moment, state, the_fact

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

    from doudi.entitlement.models import Award
    from doudi.registry.models import Household, Person

pytestmark = pytest.mark.django_db
WAGE = {"kind": IncomeKind.WAGE.label, "amount_fen": "200.00", "months": "月"}


@pytest.fixture(autouse=True)
def _in_july(settings: SettingsWrapper) -> None:
    settings.ASSUMED_MOMENT = moment("2022-07-05")


@pytest.fixture
def home() -> tuple[Household, Person, Award]:
    """A household of one, due its Dibao from January to June."""
    person = a_person(born="1975-04-01")
    household = a_household(person)
    award = an_award(household)
    work_out("2022-06")
    return household, person, award


def desk_of(role: Role, username: str = "wang") -> Client:
    """A client of an officer of the subdistrict."""
    client = Client()
    client.force_login(an_officer(username, role))
    return client


@pytest.fixture
def clerk() -> Client:
    """A client of a counter clerk."""
    return desk_of(Role.COUNTER_CLERK)


def hidden(answer: HttpResponse, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    return unescape(found[1]) if found else ""


def saved(client: Client, address: str, data: dict[str, str]) -> HttpResponse:
    """Preview a change, then save what was previewed."""
    seen = {"seen": hidden(client.get(address), "seen")} if "/record/" not in address else {}
    data = seen | data
    previewed = hidden(client.post(address, data), "previewed")
    assert previewed, client.post(address, data).content.decode()
    return client.post(address, {**data, "previewed": previewed, "save": "1"}, follow=True)


def a_wage(person: Person, since: str = "2022-05-01", **more: str) -> dict[str, str]:
    """A form about a wage of 200 yuan."""
    about = {"person": person.person_number, "valid_from": since, "source": "工资单"}
    return {**about, **WAGE, "confirmed": "1", **more}


def test_a_preview_says_what_changes_month_by_month_and_saves_nothing(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    """700 yuan less a wage of 200: two determined months were paid too much."""
    household, person, award = home
    before, entries = amounts(award), Entry.objects.count()
    address = f"/households/{household.number}/facts/record/income"
    page = clerk.post(address, a_wage(person)).content.decode()
    assert "这会改变什么" in page
    for said in ("2022-05 – 2022-09", "700.00", "500.00", "共多发 400.00 元"):
        assert said in page
    assert (Income.objects.count(), amounts(award)) == (0, before)
    assert Entry.objects.count() == entries


def test_what_was_previewed_is_what_the_next_determination_gives(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, person, award = home
    page = saved(clerk, f"/households/{household.number}/facts/record/income", a_wage(person))
    assert "已登记：收入" in page.content.decode()
    row = Income.objects.get()
    assert (row.amount_fen, row.recorded_by.username, row.confirmed_at is not None) == (
        20_000,
        "wang",
        True,
    )
    work_out("2022-07")
    assert [fen for month, fen in amounts(award).items() if month >= "2022-05"] == [50_000] * 3
    assert amounts(award)["2022-04"] == 70_000


def test_a_household_that_moves_within_the_office_keeps_its_amounts(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, _, _ = home
    row = household.residences.get()
    address = f"/households/{household.number}/facts/residence/{row.pk}/correct"
    fields = {"area": "530111008001", "registration": "城镇", "address": ""}
    about = {"valid_from": "2020-01-01", "source": "户口簿", "why": "核对"}
    seen = hidden(clerk.get(address), "seen")
    page = clerk.post(address, {"seen": seen, **fields, **about}).content.decode()
    assert "各项待遇的金额都不变" in page


def test_a_form_changed_after_its_preview_is_previewed_again(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, person, _ = home
    address = f"/households/{household.number}/facts/record/income"
    previewed = hidden(clerk.post(address, a_wage(person)), "previewed")
    data = a_wage(person, amount_fen="300") | {"previewed": previewed, "save": "1"}
    assert "请再看一遍" in clerk.post(address, data).content.decode()
    assert not Income.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount_fen": "1万"}, "以万为单位"),
        ({"amount_fen": ""}, "必须填写金额"),
        ({"valid_from": "2022-02-30"}, "“2022-02-30”不是日期"),
        ({"valid_to": "2022-01-01"}, "结束日 2022-01-01 早于开始日"),
        ({"source": " "}, "请写明这条情况的来源"),
        ({"kind": "横财"}, "不是可选项"),
        ({"person": "nobody"}, "没有登记此人"),
        ({"valid_from": "1950-01-01"}, "早于出生日期"),
        ({"note": "\x00"}, "不可见"),
    ],
)
def test_a_fault_is_told_beside_its_field_and_what_was_typed_stays(
    clerk: Client, home: tuple[Household, Person, Award], changed: dict[str, str], said: str
) -> None:
    household, person, _ = home
    address = f"/households/{household.number}/facts/record/income"
    answer = clerk.post(address, a_wage(person) | changed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert said in page
    assert 'role="alert"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="' + ("工资单" if "source" not in changed else "200.00") in page
    assert not Income.objects.exists()


def test_a_new_amount_ends_the_earlier_one_the_day_before(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, person, _ = home
    state(person, "income", kind="wage", amount_fen=10_000, months=1)
    address = f"/households/{household.number}/facts/record/income"
    overlapping = clerk.post(address, a_wage(person))
    assert "请先结束旧记录" in overlapping.content.decode()
    saved(clerk, address, a_wage(person, ends_earlier="1"))
    assert the_fact(person, "income", kind="wage").valid_to == day("2022-04-30")


def test_recording_never_corrects_by_the_way(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, person, _ = home
    state(person, "income", kind="wage", amount_fen=10_000, months=1, valid_from="2022-05-01")
    address = f"/households/{household.number}/facts/record/income"
    answer = clerk.post(address, a_wage(person, ends_earlier="1"))
    assert "已有一条同类记录" in answer.content.decode()


def test_a_community_worker_records_a_claim_that_counts_once_it_is_confirmed(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, person, _ = home
    worker = desk_of(Role.COMMUNITY_WORKER, "worker")
    address = f"/households/{household.number}/facts/record/income"
    previewed = worker.post(address, a_wage(person)).content.decode()
    assert "各项待遇的金额都不变" in previewed
    saved(worker, address, a_wage(person))
    claim = Income.objects.get()
    assert claim.confirmed_at is None
    confirm = f"/households/{household.number}/facts/income/{claim.pk}/confirm"
    assert worker.get(confirm).status_code == 403
    page = clerk.post(confirm, {"seen": hidden(clerk.get(confirm), "seen"), "why": "看过工资单"})
    assert "500.00" in page.content.decode()
    saved(clerk, confirm, {"why": "看过工资单"})
    claim.refresh_from_db()
    assert claim.confirmed_by.username == "wang"


@pytest.mark.parametrize("verb", ["correct", "end", "withdraw"])
def test_what_was_recorded_is_corrected_ended_or_withdrawn_and_kept(
    clerk: Client, home: tuple[Household, Person, Award], verb: str
) -> None:
    household, person, _ = home
    row = state(person, "income", kind="wage", amount_fen=10_000, months=1)
    data = {
        "correct": {**WAGE, "valid_from": "2020-01-01", "source": "工资单", "note": "看错了"},
        "end": {"valid_to": "2022-06-30"},
        "withdraw": {},
    }[verb]
    address = f"/households/{household.number}/facts/income/{row.pk}/{verb}"
    saved(clerk, address, {**data, "why": "核对"})
    row.refresh_from_db()
    assert row.superseded_at is not None
    now = Income.objects.filter(superseded_at=None).first()
    told = None if now is None else (now.amount_fen, now.valid_to)
    expected = {"correct": (20_000, None), "end": (10_000, day("2022-06-30")), "withdraw": None}
    assert told == expected[verb]


def test_a_change_needs_its_reason(clerk: Client, home: tuple[Household, Person, Award]) -> None:
    household, person, _ = home
    row = state(person, "income", kind="wage", amount_fen=10_000, months=1)
    address = f"/households/{household.number}/facts/income/{row.pk}/withdraw"
    answer = clerk.post(address, {"seen": hidden(clerk.get(address), "seen")})
    assert answer.status_code == 409
    assert "请写明原因" in answer.content.decode()


def test_of_two_officers_the_second_is_told_and_sees_both_versions(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, person, _ = home
    row = state(person, "income", kind="wage", amount_fen=10_000, months=1)
    address = f"/households/{household.number}/facts/income/{row.pk}/correct"
    other = desk_of(Role.INVESTIGATOR, "li")
    fields = {**WAGE, "valid_from": "2020-01-01", "source": "工资单", "note": "", "why": "核对"}
    mine = {"seen": hidden(other.get(address), "seen"), **fields, "amount_fen": "333.00"}
    mine["previewed"] = hidden(other.post(address, mine), "previewed")
    saved(clerk, address, fields)
    answer = other.post(address, {**mine, "save": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已由wang（测试）改动" in page
    for amount in ("100.00", "200.00", "333.00"):
        assert amount in page
    assert Income.objects.get(superseded_at=None).amount_fen == 20_000


def test_a_claim_confirmed_meanwhile_is_not_withdrawn_unseen(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, person, _ = home
    row = state(person, "income", kind="wage", amount_fen=10_000, months=1, confirmed=False)
    address = f"/households/{household.number}/facts/income/{row.pk}"
    seen = hidden(clerk.get(f"{address}/withdraw"), "seen")
    saved(clerk, f"{address}/confirm", {"why": "核对"})
    answer = clerk.post(f"{address}/withdraw", {"seen": seen, "why": "核对"})
    assert answer.status_code == 409
    assert "已经核实" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.APPROVER, Role.DISTRICT_INSPECTOR])
def test_who_decides_or_inspects_reads_only(
    home: tuple[Household, Person, Award], role: Role
) -> None:
    household, person, _ = home
    row = state(person, "income", kind="wage", amount_fen=10_000, months=1)
    client = desk_of(role, "chen")
    facts = f"/households/{household.number}/facts"
    page = client.get(facts).content.decode()
    assert "100.00" in page
    assert f"{facts}/record" not in page
    assert f"{facts}/income/{row.pk}" not in page
    assert client.post(f"{facts}/income/{row.pk}/withdraw", {"why": "x"}).status_code == 403


def test_a_fact_of_somebody_elsewhere_is_not_reached_by_a_household_of_ours(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    stranger = a_person()
    a_household(stranger, area="官渡街道")
    row = state(stranger, "income", kind="wage", amount_fen=10_000, months=1)
    address = f"/households/{home[0].number}/facts/income/{row.pk}/correct"
    assert clerk.get(address).status_code == 404
    taken = clerk.post(
        f"/households/{home[0].number}/facts/record/membership",
        {"person": stranger.person_number, "relation": "其他", "valid_from": "2022-07-01"},
    )
    assert "没有登记此人" in taken.content.decode()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_its_form(
    clerk: Client, home: tuple[Household, Person, Award], kind: object
) -> None:
    household, person, _ = home
    address = (
        f"/households/{household.number}/facts/record/{kind.name}?person={person.person_number}"
    )
    page = clerk.get(address).content.decode()
    assert 'name="valid_from"' in page
    assert "预览这会改变什么" in page


def test_the_number_of_statements_of_a_preview_does_not_grow_with_other_households(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, person, _ = home
    address = f"/households/{household.number}/facts/record/income"

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            clerk.post(address, a_wage(person))
        return len(asked)

    clerk.get(address)
    first = statements()
    for _ in range(3):
        an_award(a_household())
    work_out("2022-06", "2022-06-25")
    assert statements() == first


def test_the_number_of_statements_of_the_page_does_not_grow_with_facts(
    clerk: Client, home: tuple[Household, Person, Award]
) -> None:
    household, person, _ = home
    for address in (f"/households/{household.number}/facts", f"/persons/{person.person_number}/"):
        clerk.get(address)
        with CaptureQueriesContext(connection) as before:
            clerk.get(address)
        for kind in ("wage", "pension"):
            state(person, "income", kind=kind, amount_fen=1, months=1, revise=True)
        with CaptureQueriesContext(connection) as after:
            clerk.get(address)
        assert len(before) == len(after)
