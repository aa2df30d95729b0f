"""What is sealed stands: the database itself refuses, whoever asks it in whatever language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from doudi.access.journal import deed
from doudi.access.triggers import faulty_triggers, install_triggers
from doudi.payments import queries
from doudi.payments.actions import export_run
from doudi.payments.contents import content_hash
from doudi.payments.models import Line, Payment, Run
from tests.payments.build import (
    a_draft,
    a_sealed_run,
    an_approved_run,
    an_award,
    owe,
    payday,
    refused,
    the_bank_says,
    the_staff,
)
from tests.registry.build import moment, the_system

pytestmark = pytest.mark.django_db

JUNE = "2022-06"


def by_force(statement: str, *values: object) -> None:
    """Say something to the database as somebody would who goes around all of our code."""
    with (
        deed(actor=the_system(), act="test", why="测试", at=moment("2022-06-30")),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def refuses(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        by_force(statement, *values)


@pytest.fixture
def sealed() -> Run:
    award = an_award()
    owe(award, "2022-05", 80_000)
    owe(award, JUNE, 90_000)
    return a_sealed_run(JUNE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_run SET month = '2022-07'",
        "UPDATE payments_run SET sealed_at = NULL, sealed_by_id = NULL, content_hash = ''",
        "UPDATE payments_run SET content_hash = 'x'",
        "DELETE FROM payments_line",
        "UPDATE payments_line SET amount_fen = amount_fen + 1",
        "UPDATE payments_line SET month = '2021-01' WHERE month = '2022-05'",
        "UPDATE payments_payment SET amount_fen = amount_fen + 1",
        "UPDATE payments_payment SET holder_name = '别人'",
        "UPDATE payments_payment SET account_sealed = 'x'",
        (
            "INSERT INTO payments_line (payment_id, month, amount_fen, kind)"
            " SELECT id, '2021-01', 100, 'arrears' FROM payments_payment"
        ),
        "INSERT INTO payments_remark (payment_id, code) SELECT id, 'X' FROM payments_payment",
        (
            "INSERT INTO payments_held (run_id, award_id, reason, amount_fen)"
            " SELECT run_id, award_id, 'X', 1 FROM payments_payment"
        ),
        (
            "INSERT INTO payments_payment (run_id, number, award_id, payee_id, account_id,"
            " account_sealed, bank, holder_name, amount_fen)"
            " SELECT run_id, 2, award_id + 1, payee_id, account_id,"
            " account_sealed, bank, holder_name, 1 FROM payments_payment"
        ),
    ],
)
def test_nothing_in_a_sealed_run_can_be_changed(sealed: Run, statement: str) -> None:
    before = queries.contents_of(sealed)
    refuses(statement)
    assert queries.contents_of(sealed) == before
    assert queries.is_intact(sealed)


def test_a_line_can_t_be_moved_into_a_sealed_run(sealed: Run) -> None:
    owe(an_award(), JUNE, 10_000)
    fresh = a_draft(JUNE)
    target = Payment.objects.get(run=sealed)
    refuses(
        "UPDATE payments_line SET payment_id = %s WHERE payment_id IN"
        " (SELECT id FROM payments_payment WHERE run_id = %s)",
        target.pk,
        fresh.pk,
    )


@pytest.mark.usefixtures("sealed")
def test_a_sealed_run_can_t_be_removed_with_its_parts() -> None:
    refuses("DELETE FROM payments_payment")
    refuses("DELETE FROM payments_run")


def test_what_the_bank_said_is_only_ever_added_to(sealed: Run) -> None:
    the_bank_says(sealed, {1: "03"})
    for table in ("payments_answer", "payments_returnfile"):
        refuses(f"DELETE FROM {table}")
    refuses("UPDATE payments_answer SET outcome = 'paid'")
    refuses("UPDATE payments_returnfile SET bank_day = '2023-01-01'")


def test_the_draft_of_an_open_run_is_not_guarded() -> None:
    owe(an_award(), JUNE, 10_000)
    run = a_draft(JUNE)
    by_force("UPDATE payments_line SET amount_fen = 9999")
    assert [line.amount_fen for line in Line.objects.filter(payment__run=run)] == [9_999]


def test_a_payment_that_isn_t_the_sum_of_its_lines_is_not_sealed() -> None:
    owe(an_award(), JUNE, 10_000)
    run = an_approved_run(JUNE)
    by_force("UPDATE payments_line SET amount_fen = 9999")
    assert [payment.number for payment in queries.unbalanced_payments(run)] == [1]
    by_force("DELETE FROM payments_line")
    assert [payment.number for payment in queries.unbalanced_payments(run)] == [1]


def test_one_fen_changed_behind_the_guard_s_back_is_found(sealed: Run) -> None:
    _without_guards("payments_line")
    by_force("UPDATE payments_line SET amount_fen = amount_fen + 1 WHERE month = '2022-05'")
    assert not queries.is_intact(sealed)
    assert len(faulty_triggers()) == 1
    with refused("RUN-BROKEN"):
        export_run(sealed.number, actor=the_staff().cashier, at=payday(JUNE))
    install_triggers()
    assert faulty_triggers() == []


def _without_guards(table: str) -> None:
    """Take the guard of a table's updates away, as somebody with the database's keys could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER journal_stands_update ON {table}")
        else:
            cursor.execute(f"DROP TRIGGER journal_{table}_stands_update")


def test_the_guards_stand_as_they_should() -> None:
    assert faulty_triggers() == []


@pytest.mark.parametrize(
    "columns",
    [
        "checked_by_id = drafted_by_id, checked_at = drafted_at",
        "approved_by_id = drafted_by_id, approved_at = drafted_at",
        "approved_by_id = checked_by_id, approved_at = drafted_at",
        "sealed_by_id = checked_by_id, sealed_at = drafted_at, content_hash = 'x'",
        "sealed_by_id = approved_by_id, sealed_at = drafted_at, content_hash = 'x'",
        "sealed_by_id = drafted_by_id, sealed_at = drafted_at, content_hash = 'x'",
        "checked_by_id = NULL, checked_at = NULL",
    ],
)
def test_the_database_wants_four_officers_and_every_step(columns: str) -> None:
    owe(an_award(), JUNE, 10_000)
    an_approved_run(JUNE)
    with pytest.raises(IntegrityError), transaction.atomic():
        by_force(f"UPDATE payments_run SET {columns}")


def test_the_database_wants_one_open_run() -> None:
    owe(an_award(), JUNE, 10_000)
    run = a_draft(JUNE)
    staff = the_staff()
    with (
        pytest.raises(IntegrityError),
        deed(actor=staff.clerk, act="test", why="测试", at=payday(JUNE)),
    ):
        Run.objects.create(
            number="2022-06-9",
            month=JUNE,
            area=run.area,
            drafted_by=staff.clerk,
            drafted_at=payday(JUNE),
        )


def test_the_seal_covers_lines_accounts_and_order_but_nothing_random(sealed: Run) -> None:
    contents = queries.contents_of(sealed)
    assert content_hash(contents) == sealed.content_hash == content_hash(replace(contents))
    item = contents.items[0]
    for other in (
        replace(item, account=item.account[::-1]),
        replace(item, holder="别人"),
        replace(item, amount_fen=item.amount_fen + 1),
        replace(item, parts=item.parts[::-1]),
        replace(item, number=2),
    ):
        assert content_hash(replace(contents, items=[other])) != sealed.content_hash
