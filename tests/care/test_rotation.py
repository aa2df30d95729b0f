"""A new key while the office works (R20): nothing unreadable, and no number in twice meanwhile."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from doudi.access import keys as key_file_module
from doudi.access.actions import keys as actions
from doudi.access.actions.keys import begin_key, index_block, seal_block, use_key
from doudi.access.journal import deed
from doudi.access.keys import keep_key_check, office_keys
from doudi.access.models import Entry, KeyCheck, Role
from doudi.access.queries import verify_journal
from doudi.access.queries.keys import key_versions
from doudi.access.rotation import Rotated, rotate_keys
from doudi.access.sealed_columns import sealed_columns, table_of, unopened_samples
from doudi.kernel.id_numbers import fictional_id_number
from doudi.kernel.refusals import Refusal
from doudi.kernel.sealing import Suite, unseal
from doudi.kernel.vocabulary import Sex
from doudi.registry import queries
from doudi.registry.actions import register_persons
from doudi.registry.models import Account, Person, SealedField
from doudi.registry.newcomers import NewPerson
from doudi.registry.numbers import index_numbers, index_numbers_in_use, opened_number
from tests.registry.build import START, a_household, an_officer, day, state, the_system

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tests.conftest import Door

pytestmark = [pytest.mark.django_db, pytest.mark.promise("R20")]

BORN = day("1980-02-03")
AT = START + timedelta(days=3)
ACCOUNT: dict[str, Any] = {
    "bank": "虚构银行",
    "number": "6222000000000001",
    "holder_name": "张三",
    "agent": False,
}
STANDS_FOR_GOOD = {"payments_payment.account_sealed"}
"""What a sealed payroll holds stays under the key of its time, as the journal does."""
LAST = 9
"""Rotation is over after this many of the steps of `steps`."""


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key file for this test alone, and blocks of two rows."""
    settings.KEY_FILE = tmp_path / "keys" / "office.key"
    monkeypatch.setattr(actions, "ROWS_A_BLOCK", 2)
    return tmp_path / "keys" / "office.key"


def number(order: int) -> str:
    return fictional_id_number(BORN, order)


def register(order: int) -> list[str]:
    """Register somebody by an ID number; the codes of what is against it."""
    newcomer = NewPerson("张三", Sex.FEMALE, BORN, number(order), row=2)
    registered = register_persons([newcomer], actor=the_system(), at=AT, why="登记")
    return [fault.code for fault in registered.faults]


def rotate(*, again: bool = False, days: int = 0) -> Rotated:
    at = AT + timedelta(days=days)
    return rotate_keys(again=again, actor=the_system(), at=at, tell=lambda _done, _rows: None)


def steps() -> Iterator[None]:
    """Rotation, a block at a step."""
    actor = the_system()
    begin_key(again=False, actor=actor, at=AT)
    yield
    unique = [each for each in sealed_columns() if each[1].next_index]
    done = False
    while not done:
        for each in unique:
            after = 0
            while block := index_block(each, after=after, actor=actor, at=AT):
                after = block.last
                yield
        done = use_key(actor=actor, at=AT)
        yield
    for each in sealed_columns():
        after = 0
        while block := seal_block(each, after=after, actor=actor, at=AT):
            after = block.last
            yield


def after_steps(count: int) -> None:
    """An office of five persons with an account, so many steps into a rotation."""
    for order in range(0, 10, 2):
        assert register(order) == []
    head = Person.objects.order_by("pk")[0]
    a_household(head)
    state(head, "account", **ACCOUNT)
    rotation = steps()
    for _ in range(count):
        next(rotation, None)


def slip_in(order: int, *, with_next: bool = True) -> None:
    """Write a person as `register_persons` would, had it not looked first."""
    numbers = [number(order)]
    with transaction.atomic(), deed(actor=the_system(), act="slip_in", why="测试", at=AT):
        Person.objects.create(
            person_number=f"S{order}",
            name="李四",
            sex=Sex.FEMALE,
            birth_date=BORN,
            id_number_sealed="sealed",
            id_number_index=index_numbers_in_use(SealedField.ID_NUMBER, numbers)[0],
            id_number_next_index=(
                index_numbers(SealedField.ID_NUMBER, numbers)[0] if with_next else None
            ),
        )


@pytest.mark.parametrize("count", range(LAST + 1))
def test_a_number_is_not_taken_in_twice_at_any_moment_of_a_rotation(count: int) -> None:
    after_steps(count)
    assert [register(order) for order in range(0, 10, 2)] == [["ID-KNOWN"]] * 5
    assert register(20) == []
    assert register(20) == ["ID-KNOWN"]


@pytest.mark.parametrize("count", range(LAST + 1))
def test_the_database_itself_refuses_a_number_twice_at_any_moment(count: int) -> None:
    after_steps(count)
    register(20)
    for order in (0, 4, 8, 20):
        with pytest.raises(IntegrityError):
            slip_in(order)


@pytest.mark.control("R20")
def test_without_the_second_index_a_number_would_get_in_twice() -> None:
    after_steps(5)
    slip_in(8, with_next=False)
    assert Person.objects.count() == 6


@pytest.mark.parametrize("count", range(LAST + 1))
def test_whoever_is_looked_up_is_found_at_any_moment_of_a_rotation(count: int) -> None:
    after_steps(count)
    register(20)
    for order in (0, 2, 4, 6, 8, 20):
        person = queries.person_by_id_number(number(order))
        assert person is not None
        sealed = person.id_number_sealed
        assert opened_number(SealedField.ID_NUMBER, sealed, person.uid) == number(order)


@pytest.mark.parametrize("count", range(LAST + 1))
def test_an_account_stated_again_is_no_other_account_at_any_moment(count: int) -> None:
    after_steps(count)
    head = Person.objects.order_by("pk")[0]
    before = Account.objects.count()
    state(head, "account", revise=True, at=AT, **ACCOUNT)
    assert Account.objects.count() == before


@pytest.mark.parametrize("seed", range(6))
def test_a_rotation_ends_well_whoever_comes_in_between(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    after_steps(0)
    rotation = steps()
    known = [0, 2, 4, 6, 8]
    going = True
    while going:
        if chance.random() < 0.5:
            order = chance.choice([*known, 20 + 2 * len(known)])
            assert register(order) == (["ID-KNOWN"] if order in known else [])
            known += [] if order in known else [order]
        elif chance.random() < 0.2:
            rotation = steps()  # stopped, and begun again
        else:
            going = _goes_on(rotation)
    assert all(queries.person_by_id_number(number(order)) for order in known)
    assert len(known) == Person.objects.count()
    assert [each.values for each in key_versions()] == [0, len(known) + Account.objects.count()]


def _goes_on(rotation: Iterator[None]) -> bool:
    """Whether there was a step to take; begun anew after its end, there is none."""
    try:
        return next(rotation, "over") is None
    except Refusal as refusal:
        assert refusal.code == "KEY-FRESH"  # noqa: PT017 - any other is a failure
        return False


def test_everything_is_under_the_new_key_and_the_journal_is_whole() -> None:
    after_steps(0)
    assert rotate().version == 2
    for model, column in sealed_columns():
        for row in model._default_manager.all():  # noqa: SLF001 - Django's API
            assert str(getattr(row, column.index)).startswith("2:")
    assert [each.values for each in key_versions()] == [0, 6]
    assert list(unopened_samples()) == []
    assert verify_journal(with_tables=True).findings == ()


def test_old_keys_are_kept_for_what_the_journal_holds() -> None:
    after_steps(0)
    person = Person.objects.order_by("pk")[0]
    rotate()
    entry = Entry.objects.filter(table="registry_person", row=str(person.pk)).order_by("pk")[0]
    image = json.loads(str(entry.after))
    assert unseal(
        image["id_number_sealed"],
        purpose="person.id_number",
        place=str(person.uid),
        keys=office_keys(),
    ) == number(0)


def test_whoever_was_stopped_goes_on_with_the_same_version() -> None:
    after_steps(4)
    assert rotate().version == 2
    assert [each.values for each in key_versions()] == [0, 6]


def test_a_key_that_is_not_on_record_yet_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    after_steps(0)

    def stopped(*_words: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_put_on_record", stopped)
        with pytest.raises(KeyboardInterrupt):
            rotate()
    assert office_keys().newest.version == 2
    assert register(20) == []
    assert register(0) == ["ID-KNOWN"]
    keep_key_check(actor=the_system(), at=AT)  # as `doudi start` does
    assert not KeyCheck.objects.get(version=2).is_in_use
    assert rotate().version == 2
    assert [each.values for each in key_versions()] == [0, 7]


def test_giving_the_command_once_more_makes_no_third_key() -> None:
    after_steps(0)
    rotate()
    with pytest.raises(Refusal) as refused:
        rotate()
    assert refused.value.code == "KEY-FRESH"
    assert rotate(again=True).version == 3
    assert rotate(days=1).version == 4


def test_who_was_stopped_before_the_words_to_find_by_were_renewed_renews_them(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_officer("boss", Role.ADMINISTRATOR)
    after_steps(0)
    given = ("--at", f"{AT:%Y-%m-%dT%H:%M}", "--as", "boss", "keys", "rotate")
    with monkeypatch.context() as dying:
        dying.setattr("doudi.doors.cli.keys.make_all_findable", stop)
        door(*given, status=130)
    assert queries.persons_to_make_findable(0).exists(), "all words are renewed already"
    refused = door(*given, status=2)
    assert "已全部换好" in refused.stderr
    assert not queries.persons_to_make_findable(0).exists()


def stop(**_: object) -> None:
    """What an interruption does."""
    raise KeyboardInterrupt


def test_only_an_administrator_changes_keys() -> None:
    after_steps(0)
    clerk = an_officer("clerk", Role.COUNTER_CLERK)
    with pytest.raises(Refusal) as refused:
        rotate_keys(again=False, actor=clerk, at=AT, tell=lambda _done, _rows: None)
    assert refused.value.code == "NOT-ALLOWED"
    assert office_keys().newest.version == 1


def test_a_value_that_does_not_open_stops_a_rotation_and_is_named() -> None:
    after_steps(0)
    row = Person.objects.order_by("pk")[2]
    whole = row.id_number_sealed
    _write(row, Person.objects.order_by("pk")[0].id_number_sealed)
    with pytest.raises(Refusal) as refused:
        rotate()
    assert refused.value.code == "KEY-UNOPENED"
    assert f"registry_person 第 {row.pk} 行" in str(refused.value)
    _write(row, whole)
    assert rotate().version == 2


def _write(person: Person, sealed: str) -> None:
    with deed(actor=the_system(), act="test", why="测试", at=AT):
        Person.objects.filter(pk=person.pk).update(id_number_sealed=sealed)


def test_an_office_goes_over_to_the_chinese_ciphers(settings: Settings) -> None:
    after_steps(0)
    settings.CIPHER_SUITE = "sm"
    rotate()
    assert [key.suite for key in office_keys().keys] == [Suite.AES, Suite.SM]
    assert queries.person_by_id_number(number(4)) is not None
    assert register(4) == ["ID-KNOWN"]


def test_the_key_file_keeps_its_rights_and_leaves_no_draft(key_file: Path) -> None:
    after_steps(0)
    rotate()
    assert [path.name for path in key_file.parent.iterdir()] == [key_file.name]
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert key_file.read_text(encoding="ascii").count("\n1 aes ") == 1


def test_no_more_keys_than_a_byte_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    after_steps(0)
    monkeypatch.setattr(key_file_module, "MOST_KEYS", 1)
    with pytest.raises(Refusal) as refused:
        rotate()
    assert refused.value.code == "KEY-MANY"


def test_every_sealed_column_is_changed_or_stands_for_good() -> None:
    declared = {f"{table_of(model)}.{column.column}" for model, column in sealed_columns()}
    there = {
        f"{table_of(model)}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("doudi.")
        for field in model._meta.concrete_fields  # noqa: SLF001 - Django's API
        if field.name.endswith("_sealed")
    }
    assert there - STANDS_FOR_GOOD == declared
