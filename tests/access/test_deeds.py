"""Every change is a deed of somebody, at a moment, for a reason; without one nothing is written."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from doudi.access.bulk import insert_columns, update_where
from doudi.access.journal import deed
from doudi.access.models import Administration, Appointment, Area, Deed, Entry, Officer, Role
from doudi.access.queries import entries_of_row, find_area
from doudi.kernel.refusals import Refusal
from tests.access.build import AT, ON, an_officer, the_system

pytestmark = pytest.mark.django_db


def last_entries(count: int) -> list[Entry]:
    return list(Entry.objects.select_related("deed__actor").order_by("-pk")[:count])[::-1]


def rename_and_refuse(code: str, actor: Officer) -> None:
    with deed(actor=actor, act="rename", why="x", at=AT):
        Area.objects.filter(code=code).update(name="x")
        raise Refusal("NO", "不行")


def test_an_entry_says_who_when_why_and_the_row_before_and_after() -> None:
    clerk, area = an_officer(), find_area("六甲街道")
    with deed(actor=clerk, act="rename", why="更名", at=AT):
        area.name = "新六甲街道"
        area.save()
    (entry,) = last_entries(1)
    assert (entry.deed.actor, entry.deed.act, entry.deed.why) == (clerk, "rename", "更名")
    assert entry.deed.at == AT
    assert (entry.table, entry.row, entry.operation) == ("access_area", str(area.pk), "U")
    assert json.loads(entry.before or "")["name"] == "六甲街道"
    assert json.loads(entry.after or "")["name"] == "新六甲街道"


def test_a_row_saved_as_it_was_leaves_no_entry_and_no_deed() -> None:
    clerk = an_officer()
    deeds, entries = Deed.objects.count(), Entry.objects.count()
    with deed(actor=clerk, act="nothing", why="x", at=AT):
        find_area("六甲街道").save()
    assert (Deed.objects.count(), Entry.objects.count()) == (deeds, entries)


def test_a_deed_that_writes_nothing_leaves_no_trace() -> None:
    clerk = an_officer()
    deeds = Deed.objects.count()
    with deed(actor=clerk, act="nothing", why="x", at=AT):
        Area.objects.filter(code="none").update(name="x")
    assert Deed.objects.count() == deeds


def test_a_deed_that_fails_leaves_nothing_at_all() -> None:
    clerk = an_officer()
    deeds = Deed.objects.count()
    with pytest.raises(Refusal):
        rename_and_refuse("53", clerk)
    assert Deed.objects.count() == deeds
    assert find_area("53").name == "云南省"


def test_every_way_to_write_leaves_its_entries() -> None:
    """One row, a queryset, many at once, raw SQL, removal: all the same to the journal."""
    clerk, area = an_officer(), find_area("六甲街道")
    days = [date(2030, 1, day) for day in range(1, 6)]
    with deed(actor=clerk, act="test", why="x", at=AT):
        Administration.objects.bulk_create(Administration(area=area, valid_from=d) for d in days)
        Administration.objects.filter(area=area, valid_from__in=days[:3]).update(note="b")
        rows = list(Administration.objects.filter(area=area, valid_from__in=days))
        for row in rows:
            row.assumed = True
        Administration.objects.bulk_update(rows, ["assumed"])
        update_where(Administration, [row.pk for row in rows[:2]], {"note": "c"})
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE access_administration SET note = 'raw' WHERE id = %s", [rows[0].pk]
            )
        Administration.objects.filter(pk__in=[row.pk for row in rows[:2]]).delete()
    operations = [e.operation for e in Entry.objects.filter(deed__act="test").order_by("pk")]
    assert operations == ["I"] * 5 + ["U"] * (3 + 5 + 2 + 1) + ["D"] * 2
    assert Deed.objects.filter(act="test").count() == 1


def test_columns_written_in_bulk_are_read_back_as_they_were() -> None:
    clerk, area = an_officer(), find_area("六甲街道")
    days = [date(2030, 1, day) for day in range(1, 4)]
    notes = [r"\N", "引号\"与'\\", "𬱖{}\t\n\r."]
    with deed(actor=clerk, act="bulk", why="x", at=AT):
        columns: dict[str, list[Any]] = {
            "area": [area.pk] * 3,
            "administered_by": [None, area.pk, None],
            "valid_from": days,
            "valid_to": [None, None, date(2030, 1, 3)],
            "note": notes,
            "assumed": [True, False, True],
        }
        assert insert_columns(Administration, columns) == 3
    written = Administration.objects.filter(area=area, valid_from__in=days).order_by("valid_from")
    assert list(written.values_list(*columns)) == list(zip(*columns.values(), strict=True))
    assert Entry.objects.filter(deed__act="bulk").count() == 3


def test_writing_columns_takes_as_many_statements_for_many_rows_as_for_few(
    django_assert_num_queries: object,
) -> None:
    clerk, area = an_officer(), find_area("六甲街道")
    assert callable(django_assert_num_queries)
    for size, since in ((1, 1000), (3000, 2000)):
        days = [date.fromordinal(date(since, 1, 1).toordinal() + n) for n in range(size)]
        with deed(actor=clerk, act="bulk", why="x", at=AT):
            columns: dict[str, list[Any]] = {
                "area": [area.pk] * size,
                "valid_from": days,
                "note": [""] * size,
                "assumed": [False] * size,
            }
            with django_assert_num_queries(0 if connection.vendor == "postgresql" else 4):
                insert_columns(Administration, columns)
    assert Entry.objects.filter(deed__act="bulk").count() == 3001


def test_a_deed_within_a_deed_joins_it() -> None:
    clerk = an_officer()
    with deed(actor=clerk, act="outer", why="x", at=AT):
        with deed(actor=clerk, act="inner", why="y", at=AT):
            Area.objects.filter(code="53").update(name="a")
        Area.objects.filter(code="53").update(name="b")
    assert list(Deed.objects.filter(actor=clerk).values_list("act", flat=True)) == ["outer"]
    assert Entry.objects.filter(deed__act="outer").count() == 2


def test_an_inner_deed_that_fails_takes_back_only_what_it_did() -> None:
    clerk = an_officer()
    with deed(actor=clerk, act="outer", why="x", at=AT):
        Area.objects.filter(code="53").update(name="a")
        with pytest.raises(Refusal):
            rename_and_refuse("5301", clerk)
        Area.objects.filter(code="530111").update(name="c")
    changed = Entry.objects.filter(deed__act="outer")
    assert changed.count() == 2
    assert find_area("5301").name == "昆明市"


def test_a_deed_of_one_officer_within_anothers_is_a_mistake_of_ours() -> None:
    with (
        deed(actor=an_officer(), act="outer", why="x", at=AT),
        pytest.raises(ValueError, match="another"),
        deed(actor=the_system(), act="inner", why="x", at=AT),
    ):
        pass


@pytest.mark.parametrize(
    "said",
    [
        {"why": " "},
        {"act": ""},
        {"at": datetime(2022, 1, 1)},  # noqa: DTZ001 - the very mistake
    ],
)
def test_a_deed_without_reason_act_or_zone_is_a_mistake_of_ours(said: dict[str, object]) -> None:
    given: dict[str, object] = {"actor": the_system(), "act": "x", "why": "x", "at": AT, **said}
    with pytest.raises(ValueError, match="deed needs"), deed(**given):  # type: ignore[arg-type]
        pass


def test_outside_of_a_deed_nothing_can_be_written() -> None:
    area, officer = find_area(the_area()), an_officer()
    attempts = (
        lambda: Area.objects.filter(code="53").update(name="x"),
        lambda: Administration.objects.create(area=area, valid_from=date(2030, 1, 1)),
        lambda: Appointment.objects.create(
            officer=officer, role=Role.APPROVER, area=area, valid_from=ON
        ),
        lambda: Administration.objects.all().delete(),
        lambda: Officer.objects.filter(pk=officer.pk).update(name="x"),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="no deed under way"), transaction.atomic():
            attempt()


def the_area() -> str:
    the_system()
    return "六甲街道"


def test_nothing_in_the_journal_is_changed_or_removed() -> None:
    with deed(actor=an_officer(), act="rename", why="x", at=AT):
        Area.objects.filter(code="53").update(name="x")
    for table in ("access_entry", "access_deed"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
            with (
                pytest.raises(IntegrityError, match="only ever added to"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


@pytest.mark.postgresql_only
@pytest.mark.parametrize("table", ["access_entry", "access_deed", "access_seal", "access_area"])
def test_no_journaled_table_is_truncated(table: str) -> None:
    with (
        pytest.raises(IntegrityError, match="TRUNCATE"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_plain_sqlite_client_can_not_write() -> None:
    the_system()
    raw = connection.connection
    client = sqlite3.connect(":memory:")
    raw.backup(client)
    with pytest.raises(sqlite3.OperationalError, match="no such function: doudi_deed"):
        client.execute("UPDATE access_area SET name = 'x'")


@pytest.mark.sqlite_only
def test_a_row_replaced_shows_what_it_removed() -> None:
    clerk = an_officer()
    area = find_area("六甲街道")
    with deed(actor=clerk, act="replace", why="x", at=AT), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO access_administration"
            " (area_id, valid_from, note, assumed) VALUES (%s, '2030-01-01', 'a', 0)",
            [area.pk],
        )
        cursor.execute(
            "INSERT OR REPLACE INTO access_administration"
            " (area_id, valid_from, note, assumed) VALUES (%s, '2030-01-01', 'b', 0)",
            [area.pk],
        )
    operations = [e.operation for e in Entry.objects.filter(deed__act="replace").order_by("pk")]
    assert sorted(operations) == ["D", "I", "I"]


def test_the_journal_says_that_a_password_changed_and_not_what_it_became() -> None:
    officer = an_officer()
    with deed(actor=the_system(), act="set_password", why="x", at=AT):
        officer.set_password("correct horse battery staple")
        officer.save()
    (entry,) = last_entries(1)
    assert '"hidden"' in (entry.after or "")
    assert officer.password not in (entry.before or "") + (entry.after or "")


def test_the_history_of_a_row_is_found_by_table_and_row() -> None:
    area = find_area(the_area())
    with deed(actor=an_officer(), act="rename", why="x", at=AT):
        Area.objects.filter(pk=area.pk).update(name="x")
    history = entries_of_row(f"access_area:{area.pk}")
    assert [entry.operation for entry in history] == ["U", "I"]


@pytest.mark.parametrize("place", ["", "access_area", ":1", "access_area:"])
def test_a_place_that_names_no_row_is_refused(place: str) -> None:
    with pytest.raises(Refusal) as refused:
        entries_of_row(place)
    assert refused.value.code == "JRN-ROW-FMT"
