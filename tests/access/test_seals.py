"""Tampering with the journal is found, by its kind and its place (T-AUDIT)."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from doudi.access.actions import seal_journal
from doudi.access.journal import deed
from doudi.access.models import Area, Entry, Officer, Seal
from doudi.access.queries import verify_journal
from doudi.access.triggers import install_triggers, remove_triggers
from tests.access.build import AT, an_officer, the_system

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> list[Seal]:
    """A journal of three seals, with entries under each and some not sealed yet."""
    officer = an_officer()
    seals = []
    for name in ("一", "二", "三"):
        rename(name)
        sealed = seal_journal(actor=officer, at=AT)
        assert sealed is not None
        seals.append(sealed)
    rename("四")
    return seals


def rename(name: str) -> None:
    for code in ("53", "5301", "530111"):
        with deed(actor=the_system(), act="rename", why="x", at=AT):
            Area.objects.filter(code=code).update(name=name)


def tamper(*statements: str) -> None:
    """What somebody with the database's own password can do: away with the triggers, and back."""
    remove_triggers()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    install_triggers()


def found(*, head: str = "", with_tables: bool = False) -> dict[str, str]:
    result = verify_journal(published_head=head, with_tables=with_tables)
    return {finding.code: finding.sentence() for finding in result.findings}


def test_a_journal_left_alone_is_whole(chain: list[Seal]) -> None:
    result = verify_journal(published_head=chain[0].digest, with_tables=True)
    assert result.findings == ()
    assert (result.seals, result.unsealed, result.head) == (3, 3, chain[-1].digest)
    assert result.entries == Entry.objects.count()


def test_an_empty_journal_is_whole_and_has_nothing_to_seal() -> None:
    assert seal_journal(actor=Officer(), at=AT) is None
    assert verify_journal(with_tables=True).findings == ()


def test_sealing_again_without_news_gives_the_same_seal(chain: list[Seal]) -> None:
    sealed = seal_journal(actor=the_system(), at=AT)
    assert sealed is not None
    assert sealed != chain[-1]
    assert seal_journal(actor=the_system(), at=AT + timedelta(days=1)) == sealed
    assert Seal.objects.count() == 4


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE access_entry SET after = 'x' WHERE id = {id}",
        "UPDATE access_entry SET after = NULL WHERE id = {id}",
        "UPDATE access_entry SET before = 'x' WHERE id = {id}",
        'UPDATE access_entry SET "row" = 99 WHERE id = {id}',
        "UPDATE access_entry SET \"table\" = 'access_officer' WHERE id = {id}",
        "UPDATE access_entry SET operation = 'D' WHERE id = {id}",
        "UPDATE access_entry SET deed_id = {another} WHERE id = {id}",
        "UPDATE access_deed SET act = 'x' WHERE id = {deed}",
        "UPDATE access_deed SET why = 'y' WHERE id = {deed}",
        "UPDATE access_deed SET at = '2020-01-01 00:00:00+00:00' WHERE id = {deed}",
        "UPDATE access_deed SET actor_id = {other} WHERE id = {deed}",
        "UPDATE access_seal SET sealed_by_id = {system} WHERE id = {seal}",
        "UPDATE access_seal SET at = '2020-01-01 00:00:00+00:00' WHERE id = {seal}",
    ],
)
def test_a_change_under_a_seal_is_found_in_its_stretch(chain: list[Seal], change: str) -> None:
    entry = Entry.objects.select_related("deed").get(pk=chain[1].first_entry + 1)
    tamper(
        change.format(
            id=entry.pk,
            deed=entry.deed_id,
            another=Entry.objects.get(pk=chain[0].last_entry).deed_id,
            other=an_officer().pk,
            system=the_system().pk,
            seal=chain[1].pk,
        )
    )
    findings = found()
    assert list(findings) == ["JRN-CHANGED"]
    assert f"第 {chain[1].first_entry} 至 {chain[1].last_entry} 条" in findings["JRN-CHANGED"]


@pytest.mark.parametrize("place", ["first_entry", "last_entry"])
def test_an_entry_taken_out_is_found_at_either_end(chain: list[Seal], place: str) -> None:
    tamper(f"DELETE FROM access_entry WHERE id = {getattr(chain[1], place)}")
    assert list(found()) == ["JRN-REMOVED"]


def test_two_entries_that_changed_places_are_found(chain: list[Seal]) -> None:
    one, other = chain[1].first_entry, chain[1].first_entry + 1
    tamper(
        f"UPDATE access_entry SET id = -1 WHERE id = {one}",
        f"UPDATE access_entry SET id = {one} WHERE id = {other}",
        f"UPDATE access_entry SET id = {other} WHERE id = -1",
    )
    assert list(found()) == ["JRN-CHANGED"]


def test_an_entry_moved_under_another_seal_is_found_in_both(chain: list[Seal]) -> None:
    tamper(
        f"DELETE FROM access_entry WHERE id = {chain[0].first_entry}",
        f"UPDATE access_entry SET id = {chain[0].first_entry} WHERE id = {chain[1].first_entry}",
    )
    assert set(found()) == {"JRN-CHANGED", "JRN-REMOVED"}


def test_an_entry_put_in_is_found() -> None:
    officer = an_officer()
    first = Entry.objects.order_by("pk").first()
    assert first is not None
    tamper(f"UPDATE access_entry SET id = -5 WHERE id = {first.pk}")
    seal_journal(actor=officer, at=AT)
    tamper(f"UPDATE access_entry SET id = {first.pk} WHERE id = -5")
    assert list(found()) == ["JRN-ADDED"]


def test_a_seal_taken_out_breaks_the_chain(chain: list[Seal]) -> None:
    tamper(f"DELETE FROM access_seal WHERE id = {chain[1].pk}")
    assert "JRN-LINK" in found()


@pytest.mark.parametrize("column", ["digest", "previous"])
def test_a_seal_that_was_changed_is_found(chain: list[Seal], column: str) -> None:
    tamper(f"UPDATE access_seal SET {column} = '{'a' * 64}' WHERE id = {chain[1].pk}")
    assert {"JRN-LINK", "JRN-CHANGED"} <= set(found())


def test_a_seal_whose_count_was_changed_is_found(chain: list[Seal]) -> None:
    tamper(f"UPDATE access_seal SET count = count + 1 WHERE id = {chain[1].pk}")
    assert list(found()) == ["JRN-REMOVED"]


def test_a_tail_cut_off_with_its_seal_is_found_by_the_published_head(chain: list[Seal]) -> None:
    tamper(
        f"DELETE FROM access_entry WHERE id > {chain[1].last_entry}",
        f"DELETE FROM access_seal WHERE id = {chain[2].pk}",
    )
    assert found() == {}
    assert list(found(head=chain[2].digest)) == ["JRN-HEAD"]


def test_a_journal_written_anew_is_found_by_the_published_head(chain: list[Seal]) -> None:
    tamper(
        "DELETE FROM access_seal",
        f"UPDATE access_entry SET after = 'x' WHERE id = {chain[0].first_entry}",
    )
    seal_journal(actor=the_system(), at=AT)
    assert found() == {}
    assert list(found(head=chain[0].digest)) == ["JRN-HEAD"]


def test_an_entry_forged_before_it_was_sealed_is_found_by_the_tables(chain: list[Seal]) -> None:
    entry = Entry.objects.get(pk=chain[2].last_entry + 1)
    tamper(f"UPDATE access_entry SET after = REPLACE(after, '四', '五') WHERE id = {entry.pk}")
    assert found() == {}
    findings = found(with_tables=True)
    assert list(findings) == ["JRN-ROW"]
    assert f"access_area 的第 {entry.row} 行" in findings["JRN-ROW"]


@pytest.mark.usefixtures("chain")
def test_a_trigger_that_is_missing_is_named() -> None:
    remove_triggers()
    findings = verify_journal().findings
    assert {finding.code for finding in findings} == {"JRN-TRIGGER"}
    assert len(findings) > 10


def test_a_seal_is_only_ever_added_to_the_chain(chain: list[Seal]) -> None:
    for statement in ("UPDATE access_seal SET count = 1", "DELETE FROM access_seal"):
        with (
            pytest.raises(IntegrityError, match="only ever added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Seal.objects.count() == len(chain)


def test_the_chain_can_not_fork(chain: list[Seal]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(
            first_entry=10**6,
            last_entry=10**6,
            count=1,
            previous=chain[0].digest,
            digest="b" * 64,
            at=AT,
            sealed_by=the_system(),
        )


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_sealing_waits_for_whoever_is_still_writing() -> None:
    """An entry numbered early and committed late must not slip in under a seal."""
    officer = an_officer()
    has_written, may_commit = Event(), Event()

    def write_slowly() -> None:
        with deed(actor=officer, act="slow", why="x", at=AT):
            Area.objects.filter(code="53").update(name="慢")
            has_written.set()
            may_commit.wait(timeout=30)
        connection.close()

    def seal() -> None:
        seal_journal(actor=officer, at=AT)
        connection.close()

    writer, sealer = Thread(target=write_slowly), Thread(target=seal)
    writer.start()
    assert has_written.wait(timeout=30)
    with deed(actor=officer, act="quick", why="x", at=AT):
        Area.objects.filter(code="5301").update(name="快")
    sealer.start()
    sealer.join(timeout=0.5)
    assert sealer.is_alive(), "the seal was made over an entry's head"
    may_commit.set()
    writer.join(timeout=30)
    sealer.join(timeout=30)
    assert verify_journal(with_tables=True).findings == ()
    assert verify_journal().unsealed == 0
