"""Whose account money goes to, on several days at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from doudi.access.bulk import only
from doudi.registry.models import Account

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    Particulars = tuple[int, str, str, str, str, bool]

_PARTICULARS = ("pk", "number_sealed", "number_index", "bank", "holder_name", "agent")


def accounts_on(
    persons: Sequence[int], days: Sequence[date], known_at: datetime
) -> list[dict[int, Particulars]]:
    """For each of these days the account that each of these persons is paid into, as known then.

    Of each its id, its number sealed, its keyed index, the bank, the holder's name and whether
    the holder is an agent (代领). Who has none on a day is absent. One statement.
    """
    rows = only(
        Account.objects.filter(
            Q(superseded_at=None) | Q(superseded_at__gt=known_at),
            recorded_at__lte=known_at,
            confirmed_at__lte=known_at,
        ),
        "person",
        persons,
    )
    found: list[dict[int, Particulars]] = [{} for _ in days]
    for person, first, last, *particulars in rows.values_list(
        "person_id", "valid_from", "valid_to", *_PARTICULARS
    ):
        for day, accounts in zip(days, found, strict=True):
            if first <= day and (last is None or day <= last):
                accounts[person] = tuple(particulars)
    return found
