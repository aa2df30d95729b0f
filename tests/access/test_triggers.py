"""The triggers stand on every table after each migrate, and the journal replays to the tables."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.access.bulk import insert_columns, update_where
from doudi.access.journal import deed
from doudi.access.models import Administration, Area, Deed, Entry, Seal
from doudi.access.queries import find_area
from doudi.access.queries.replay import rows_unlike_the_journal
from doudi.access.triggers import (
    expected_triggers,
    faulty_triggers,
    install_triggers,
    journaled_models,
    journaled_tables,
    json_of_row,
    remove_triggers,
    standing_triggers,
)
from tests.access.build import AT, an_officer, the_system

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

pytestmark = pytest.mark.django_db

DAY_ONE = date(3000, 1, 1)


def run_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


NO_FACTS = {"Job", "Findable"}
"""What is no fact of anybody's: work under way, and words to find people by, made from facts."""


def test_every_model_of_this_project_is_journaled_but_the_journal_and_what_holds_no_fact() -> None:
    ours = {model for model in apps.get_models() if model.__module__.startswith("doudi.")}
    left_out = ours - set(journaled_models()) - {Deed, Entry, Seal}
    assert {model.__name__ for model in left_out} <= NO_FACTS


def test_after_migrating_every_trigger_stands() -> None:
    assert faulty_triggers() == []
    assert standing_triggers().keys() == expected_triggers().keys()


def test_migrating_again_sets_up_what_was_taken_away() -> None:
    remove_triggers()
    assert standing_triggers() == {}
    call_command("migrate", verbosity=0)
    assert faulty_triggers() == []


def test_looking_at_the_plan_changes_nothing() -> None:
    remove_triggers()
    call_command("migrate", plan=True, verbosity=0)
    assert standing_triggers() == {}
    install_triggers()


def test_a_trigger_switched_off_is_found_and_set_up_again() -> None:
    if connection.vendor == "postgresql":
        run_sql("ALTER TABLE access_area DISABLE TRIGGER journal_update")
        names = ["journal_update ON access_area"]
    else:
        run_sql("DROP TRIGGER journal_access_area_update")
        names = ["journal_access_area_update"]
    assert faulty_triggers() == names
    install_triggers()
    assert faulty_triggers() == []


def test_a_trigger_that_does_something_else_is_found_and_replaced() -> None:
    if connection.vendor == "postgresql":
        run_sql(
            "CREATE OR REPLACE FUNCTION journal_access_area() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NULL; END'"
        )
        names = ["journal_access_area()"]
    else:
        run_sql("DROP TRIGGER journal_access_area_update")
        run_sql(
            "CREATE TRIGGER journal_access_area_update AFTER UPDATE ON access_area"
            " BEGIN SELECT 1; END"
        )
        names = ["journal_access_area_update"]
    assert faulty_triggers() == names
    install_triggers()
    assert faulty_triggers() == []


def test_a_trigger_of_a_table_that_is_gone_is_removed() -> None:
    if connection.vendor == "postgresql":
        run_sql(
            "CREATE FUNCTION journal_gone() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NULL; END'"
        )
    else:
        run_sql("CREATE TRIGGER journal_gone AFTER UPDATE ON access_area BEGIN SELECT 1; END")
    install_triggers()
    assert standing_triggers().keys() == expected_triggers().keys()


def add(area: Area, days: list[date]) -> None:
    for day in missing(days):
        Administration.objects.create(area=area, valid_from=day, note="一")


def add_columns(area: Area, days: list[date]) -> None:
    fresh = missing(days)
    columns: dict[str, list[Any]] = {
        "area": [area.pk] * len(fresh),
        "valid_from": fresh,
        "note": ['"引号"'] * len(fresh),
        "assumed": [True] * len(fresh),
    }
    insert_columns(Administration, columns)


def add_again(area: Area, days: list[date]) -> None:
    Administration.objects.bulk_create(
        [Administration(area=area, valid_from=day, note="again") for day in days],
        update_conflicts=True,
        unique_fields=["area", "valid_from"],
        update_fields=["note"],
    )


def note(area: Area, days: list[date]) -> None:
    beginning(days).update(note=f"{area.name} {len(days)}")


def note_ids(area: Area, days: list[date]) -> None:
    update_where(Administration, [r.pk for r in beginning(days)], {"administered_by": area.pk})


def save(area: Area, days: list[date]) -> None:
    for row in beginning(days):
        row.administered_by = None if row.assumed else area
        row.save()


def remove(_: Area, days: list[date]) -> None:
    beginning(days).delete()


def beginning(days: list[date]) -> QuerySet[Administration]:
    return Administration.objects.filter(valid_from__in=days)


def missing(days: list[date]) -> list[date]:
    return sorted(set(days) - set(beginning(days).values_list("valid_from", flat=True)))


WAYS = (add, add_columns, add_again, note, note_ids, save, remove)
works = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 5), st.integers(1, 4)), max_size=8)


@given(works)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_journal_replayed_is_the_tables(
    work: list[tuple[Callable[[Area, list[date]], None], int, int]],
) -> None:
    """R19: whatever was done, in whatever way, the last entry of each row is the row."""
    system, area = the_system(), find_area("六甲街道")
    with deed(actor=system, act="work", why="x", at=AT):
        for way, since, size in work:
            way(area, [DAY_ONE + timedelta(days=since + n) for n in range(size)])
    assert list(rows_unlike_the_journal()) == []
    assert replayed() == standing()


def replayed() -> dict[tuple[str, str], object]:
    """The journal folded in order: a second opinion, reckoned here and not by the database."""
    state: dict[tuple[str, str], object] = {}
    for entry in Entry.objects.order_by("pk"):
        place = (entry.table, entry.row)
        before = json.loads(entry.before) if entry.before else None
        assert state.get(place) == before, "what an entry found is what the last one left"
        if entry.after:
            state[place] = json.loads(entry.after)
        else:
            del state[place]
    return state


def standing() -> dict[tuple[str, str], object]:
    """Every journaled row as it stands."""
    state: dict[tuple[str, str], object] = {}
    for table in journaled_tables():
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT t."{table.key}", {json_of_row("t", table)} FROM "{table.name}" t'
            )
            for row, image in cursor.fetchall():
                state[table.name, str(row)] = json.loads(image)
    return state


def test_a_row_written_while_the_triggers_were_away_is_found() -> None:
    the_system()
    area, other = find_area("福保社区"), find_area("永胜社区")
    remove_triggers()
    Area.objects.filter(pk=area.pk).update(name="x")
    Administration.objects.filter(area=other).delete()
    added = Administration.objects.create(area=other, valid_from=DAY_ONE)
    gone = Entry.objects.get(table="access_administration", after__contains=f":{other.pk}")
    install_triggers()
    assert sorted(rows_unlike_the_journal()) == sorted(
        [
            ("access_area", str(area.pk)),
            ("access_administration", gone.row),
            ("access_administration", str(added.pk)),
        ]
    )


def test_a_column_added_since_is_not_held_against_a_row() -> None:
    the_system()
    connection.check_constraints()
    remove_triggers()
    run_sql("ALTER TABLE access_area ADD COLUMN later integer NOT NULL DEFAULT 0")
    assert list(rows_unlike_the_journal()) == []


def test_a_database_in_use_is_never_flushed(monkeypatch: pytest.MonkeyPatch) -> None:
    an_officer()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/srv/doudi/doudi.sqlite3")
    with pytest.raises(CommandError, match="only a test's database"):
        call_command("flush", interactive=False)
    assert Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_tests_own_database_is_flushed_and_its_triggers_stand_again() -> None:
    an_officer()
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    assert faulty_triggers() == []
