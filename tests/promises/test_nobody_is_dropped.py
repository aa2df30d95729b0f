"""R15: a row that the database refuses stops the whole, so that nobody is left out in silence."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection
from psycopg.errors import CheckViolation

from doudi.access.bulk import insert_columns
from doudi.access.journal import deed
from doudi.entitlement.models import Due
from doudi.payments.actions import draft as drafting
from doudi.payments.models import Payment, Run
from tests.payments.build import an_award, draft, owe
from tests.registry.build import START, the_system

pytestmark = pytest.mark.django_db
JUNE = "2022-06"


@pytest.mark.promise("R15")
def test_a_payment_beyond_the_bound_stops_the_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's own word, in case that all else has been forgotten."""
    owe(an_award(), JUNE, 10_000)
    owe(an_award(), JUNE, 20_000)
    write = insert_columns

    def twisted(model: type, columns: dict[str, list[int]]) -> int:
        if model is Payment:
            columns = {**columns, "amount_fen": [*columns["amount_fen"][:-1], 0]}
        return write(model, columns)

    monkeypatch.setattr(drafting, "insert_columns", twisted)
    with pytest.raises((IntegrityError, CheckViolation)):  # the latter from PostgreSQL's COPY
        draft(JUNE)
    assert Run.objects.count() == 0


@pytest.mark.control("R15")
@pytest.mark.sqlite_only
def test_with_or_ignore_a_person_would_go_unpaid_and_nobody_would_know() -> None:
    """What `ignore_conflicts` says to SQLite: the refused row is dropped, no error is raised."""
    award = an_award()
    owe(award, JUNE, 10_000)
    due = Due.objects.values_list("pk", flat=True).get()
    with deed(actor=the_system(), act="test", why="测试", at=START), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR IGNORE INTO entitlement_duecomponent (due_id, kind, amount_fen)"
            " SELECT %s, NULL, 1",
            [due],
        )
        cursor.execute("SELECT COUNT(*) FROM entitlement_duecomponent")
        assert cursor.fetchone()[0] == 0
