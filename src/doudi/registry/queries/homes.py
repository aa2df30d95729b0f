"""Where households live, or lived last: which office answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Q

from doudi.access.bulk import only
from doudi.access.bulk_reads import read_columns
from doudi.registry.models import Membership, Residence
from doudi.registry.queries.reading import STRANGER, Owners, table_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from doudi.access.models import Area
    from doudi.registry.queries.columns import Ints


def living_in(area: Area, households: Collection[int], *, on: date, known_at: datetime) -> set[int]:
    """Which of these households lived in the area on a day, or lived there last before it.

    As confirmed and believed at a moment; one statement, whatever the number of households.
    """
    rows = only(
        Residence.objects.filter(
            Q(superseded_at=None) | Q(superseded_at__gt=known_at),
            valid_from__lte=on,
            recorded_at__lte=known_at,
            confirmed_at__lte=known_at,
        ),
        "household",
        sorted(households),
    ).order_by("valid_from")
    last = dict(rows.values_list("household_id", "area__path"))
    return {household for household, path in last.items() if path.startswith(area.path)}


def homes_of(persons: Ints) -> Ints:
    """The households that these persons are, or ever were, recorded as members of, by id.

    Whether confirmed, and whether still believed, is not asked: a superset for whoever asks more.
    """
    owners = Owners.of(persons)
    condition, parameters = owners.condition("person_id", Membership)
    member, household = read_columns(
        ['"person_id"', '"household_id"'],
        f"FROM {table_of(Membership)} WHERE {condition}",
        parameters,
    )
    return np.unique(household[owners.spots(member) != STRANGER])
