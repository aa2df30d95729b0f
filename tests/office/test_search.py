"""The search: whoever is typed in any usual way is found, within sight alone, without a trace."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.access.keys import add_key, office_keys
from doudi.access.models import Role
from doudi.doors.office.search.limit import A_MINUTE
from doudi.kernel.id_numbers import fictional_id_number
from doudi.kernel.vocabulary import Sex
from doudi.registry.actions import make_findable, register_persons
from doudi.registry.models import Account, Findable, Household, Membership, SealedField
from doudi.registry.newcomers import NewPerson
from doudi.registry.numbers import sealed_numbers
from tests.office.conftest import officer_of
from tests.warehouse.build import START

if TYPE_CHECKING:
    from tests.conftest import Door
    from tests.warehouse.build import World

BORN = date(1950, 5, 1)
NAMES = ("曾小贤", "曾小贤明", "吕布", "陈𬱖", "阿依古丽·买买提", "单雄信")
NUMBERS = [fictional_id_number(BORN, order) for order in range(1, len(NAMES) + 1)]


@pytest.fixture
def clerk(world: World) -> Client:
    """A clerk of the subdistrict, in which six persons with papers live; the number N… each."""
    cache.clear()
    newcomers = [
        NewPerson(name, Sex.FEMALE, BORN, number, f"N{row}", row)
        for row, (name, number) in enumerate(zip(NAMES, NUMBERS, strict=True), start=1)
    ]
    ids = register_persons(newcomers, actor=world.actor, at=START, why="测试").ids
    for row, person in enumerate(ids, start=1):
        household = world.household(f"F{row:03d}", head="某人")
        with world.doing(START):
            Membership.objects.create(
                person_id=person, household=household, relation="spouse", **world.fact(START)
            )
    client = Client()
    client.force_login(officer_of(world, "clerk", Role.COUNTER_CLERK))
    return client


def found(client: Client, typed: str) -> list[str]:
    """The names that a search shows, in their order."""
    answer = client.post("/search", {"q": typed})
    assert answer.status_code == 200
    return [row.person.name for row in answer.context.get("rows") or []]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("曾小贤", ["曾小贤", "曾小贤明"]),
        ("zengxiaoxian", ["曾小贤", "曾小贤明"]),
        ("Zeng Xiaoxian", ["曾小贤", "曾小贤明"]),
        ("cengxiao", ["曾小贤", "曾小贤明"]),
        ("zxx", ["曾小贤", "曾小贤明"]),
        ("ＺＸＸ", ["曾小贤", "曾小贤明"]),
        ("lvbu", ["吕布"]),
        ("lubu", ["吕布"]),
        ("lü bu", ["吕布"]),
        ("sxx", ["单雄信"]),
        ("danxiongxin", ["单雄信"]),
        ("陈𬱖", ["陈𬱖"]),
        ("阿依古丽·买", ["阿依古丽·买买提"]),
        ("阿依古丽•买买提", ["阿依古丽·买买提"]),
        ("阿依古丽买买提", ["阿依古丽·买买提"]),
        ("ayigulimaimaiti", ["阿依古丽·买买提"]),
        (NUMBERS[2], ["吕布"]),
        (NUMBERS[2].lower(), ["吕布"]),
        (NUMBERS[3][-4:], ["陈𬱖"]),
        ("N6", ["单雄信"]),
        ("n6", ["单雄信"]),
        ("没有这人", []),
        ("%", []),
        ("'; DROP TABLE registry_person; --", []),
        ("\x00", []),
        ("#", []),
        (" ", []),
    ],
)
def test_a_person_is_found_however_they_are_typed(
    clerk: Client, typed: str, names: list[str]
) -> None:
    shown = found(clerk, typed)
    if typed == NUMBERS[3][-4:]:
        assert set(names) <= set(shown)
    else:
        assert shown == names


def test_a_household_is_found_by_its_number_and_its_address(clerk: Client, world: World) -> None:
    with world.doing(START):
        household = Household.objects.get(number="F002")
        household.residences.update(address="六甲街道福保路12号")
    for typed in ("F002", "f002", "福保路12", "福保路 12"):
        page = clerk.post("/search", {"q": typed}).content.decode()
        assert ("F002" in page) is (typed != "福保路 12"), typed
        assert "F003" not in page


def test_nobody_outside_of_one_s_area_is_found(clerk: Client, world: World) -> None:
    assert found(clerk, "曾小贤")
    client = Client()
    client.force_login(officer_of(world, "abroad", Role.COUNTER_CLERK, "关上街道"))
    for typed in ("曾小贤", "zxx", NUMBERS[0], NUMBERS[0][-4:], "F001", "N1"):
        assert found(client, typed) == []


def test_an_administrator_has_no_search(world: World) -> None:
    client = Client()
    client.force_login(officer_of(world, "admin", Role.ADMINISTRATOR))
    assert client.post("/search", {"q": "曾小贤"}).status_code == 403
    assert b'role="search"' not in client.get("/").content


def test_what_is_typed_in_an_address_is_not_heard(clerk: Client) -> None:
    assert "曾小贤" not in clerk.get("/search", {"q": "曾小贤"}).content.decode()


def test_a_form_from_elsewhere_is_not_accepted(clerk: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies
    assert strict.post("/search", {"q": "曾小贤"}).status_code == 403


def test_numbers_are_shown_masked_and_kept_keyed(clerk: Client) -> None:
    page = clerk.post("/search", {"q": NUMBERS[0][-4:]}).content.decode()
    assert NUMBERS[0] not in page
    words = list(Findable.objects.values_list("word", flat=True))
    assert words
    assert not any(NUMBERS[0][-4:] in word for word in words)


def test_searching_without_end_is_stopped_with_a_sentence(clerk: Client) -> None:
    answers = [clerk.post("/search", {"q": "甲"}) for _ in range(A_MINUTE + 2)]
    assert 429 in {answer.status_code for answer in answers} or crossed_a_minute(answers)
    if answers[-1].status_code == 429:
        assert "请稍等一分钟再查" in answers[-1].content.decode()


def crossed_a_minute(answers: list[object]) -> bool:
    """Whether the minute changed while they were sent, so that neither was full."""
    return len(answers) <= 2 * A_MINUTE


def test_more_results_cost_no_more_statements(clerk: Client, world: World) -> None:
    def statements(typed: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            clerk.post("/search", {"q": typed})
        return len(asked)

    statements("lvbu")
    one = statements("F001")
    for number in range(20):
        world.household(f"F1{number:02d}")
    assert statements("F1") == one
    assert len(clerk.post("/search", {"q": "F1"}).context["rows"]) == 20


def test_a_change_of_keys_leaves_no_word_by_the_old_one(
    clerk: Client, world: World, door: Door
) -> None:
    with world.doing(START):
        for account in Account.objects.all():  # the small world's are sealed by nothing
            sealed = sealed_numbers(SealedField.ACCOUNT, ["6217000000000000"], [account.uid])
            account.number_sealed = sealed[0]
            account.save()
    keeper = officer_of(world, "keeper", Role.ADMINISTRATOR)
    door("keys", "rotate", officer=keeper.username)
    tails = Findable.objects.filter(word__startswith="#")
    newest = office_keys().newest.version
    assert tails.count() == len(NAMES)
    assert {word.split(":")[0] for word in tails.values_list("word", flat=True)} == {f"#{newest}"}
    assert "陈𬱖" in found(clerk, NUMBERS[3][-4:])


def test_words_that_lack_are_made_and_old_keys_ends_are_replaced(
    clerk: Client, world: World
) -> None:
    Findable.objects.all().delete()
    assert found(clerk, "zxx") == []
    while make_findable(actor=world.actor, at=START):
        pass
    assert found(clerk, "zxx") == ["曾小贤", "曾小贤明"]
    add_key()
    assert found(clerk, NUMBERS[0][-4:])[:1] == ["曾小贤"]
    made = make_findable(actor=world.actor, at=START)
    assert made is not None
    assert made.persons == len(NAMES)
    assert found(clerk, NUMBERS[0][-4:])[:1] == ["曾小贤"]
    assert not Findable.objects.filter(word__startswith="#1:").exists()
    assert make_findable(after=0, actor=world.actor, at=START) is None
