"""What has been learnt (新情况): which households some news reaches, and which days of theirs.

News is every fact that counts at one moment and did not at another, or the other way round. A
fact restated with the same values reaches only the days on which something is different.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from doudi.access.bulk import only
from doudi.access.queries import within
from doudi.access.queries.journal import rows_changed
from doudi.kernel.months import Month
from doudi.kernel.spans import Span
from doudi.registry.kinds import KINDS
from doudi.registry.models import Account, Circumstance, Membership, Phone, Residence
from doudi.registry.timelines import Said, changed, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from doudi.access.models import Area
    from doudi.registry.kinds import Kind

_BEARING = tuple(kind for kind in KINDS if kind.model not in (Account, Phone))
"""The kinds that facts are made of: where money goes or who is called changes no amount."""
_PREFIX = "registry_"
_FEW = 50_000
"""Up to so many changed rows the journal names them, sooner than all rows are looked through: a
row is recorded, confirmed or superseded at the moment of the deed that does it."""


def touched_since(area: Area, since: datetime, until: datetime) -> dict[int, list[Span]]:
    """The households that news of (since, until] reaches, and the days of theirs, in order.

    Households that live or lived in the area, by id. A person's news reaches the households that
    the person is a member of in a month that it reaches. A fixed number of statements.
    """
    spans: dict[int, list[Span]] = defaultdict(list)
    of_persons: dict[int, list[Span]] = defaultdict(list)
    changed = rows_changed(since, until, _PREFIX, at_most=_FEW)
    for kind in _BEARING:
        rows = _rows_of(kind, changed)
        for owner, said in _news(kind, rows, since, until) if rows is not None else ():
            if kind.owner == "household_id":
                spans[owner].append(said.span)
            elif kind.model is Membership:
                household = said.values[kind.model.VALUES.index("household_id")]
                spans[int(str(household))].append(said.span)
            else:
                of_persons[owner].append(said.span)
    for household, reached in _households_of(of_persons, until):
        spans[household].append(reached)
    ours = _ever_in(area, list(spans), until)
    return {household: merged(spans[household]) for household in sorted(ours)}


def _counting_at(known_at: datetime) -> Q:
    """That a fact is believed and confirmed at a moment."""
    return Q(
        Q(superseded_at=None) | Q(superseded_at__gt=known_at),
        recorded_at__lte=known_at,
        confirmed_at__lte=known_at,
    )


def _rows_of(kind: Kind, changed: Mapping[str, list[int]] | None) -> QuerySet[Circumstance] | None:
    """The rows of a kind among which all news is: the changed ones alone if they are few.

    None where none was changed.
    """
    rows = kind.model._default_manager.all()  # noqa: SLF001 - Django's API
    if changed is None:
        return rows
    ids = changed.get(kind.model._meta.db_table)  # noqa: SLF001 - Django's API
    return only(rows, "id", ids) if ids else None


def _news(
    kind: Kind, rows: QuerySet[Circumstance], since: datetime, until: datetime
) -> Iterable[tuple[int, Said]]:
    """Of one kind, whose facts changed, and what was said on the days that differ."""
    columns = (kind.owner, *kind.words, *kind.model.VALUES)
    before = _rows(rows.filter(_counting_at(since)), since, until, columns)
    after = _rows(rows.filter(_counting_at(until)), since, until, columns)
    for key in after.keys() | before.keys():
        for said in changed(before.get(key, []), after.get(key, [])):
            yield int(str(key[0])), said


def _rows(
    rows: QuerySet[Circumstance], since: datetime, until: datetime, columns: tuple[str, ...]
) -> Mapping[tuple[object, ...], list[Said]]:
    """By key, what is said by those rows that something happened to in (since, until]."""
    window = Q()
    for moment in ("recorded_at", "confirmed_at", "superseded_at"):
        window |= Q(**{f"{moment}__gt": since, f"{moment}__lte": until})
    size = len(columns) - len(rows.model.VALUES)
    said: dict[tuple[object, ...], list[Said]] = defaultdict(list)
    for first, last, *values in rows.filter(window).values_list("valid_from", "valid_to", *columns):
        said[tuple(values[:size])].append(Said(Span(first, last), tuple(values[size:])))
    return said


def _households_of(
    of_persons: Mapping[int, list[Span]], known_at: datetime
) -> Iterable[tuple[int, Span]]:
    """The households that the news of persons reaches, and the days it reaches in each."""
    rows = only(Membership.objects.filter(_counting_at(known_at)), "person", list(of_persons))
    for person, household, first, last in rows.values_list(
        "person_id", "household_id", "valid_from", "valid_to"
    ):
        months = _whole_months(Span(first, last))
        for span in of_persons[person]:
            if months.overlaps(span):
                ends = [day for day in (months.last, span.last) if day is not None]
                yield household, Span(max(months.first, span.first), min(ends, default=None))


def _whole_months(span: Span) -> Span:
    """A span stretched to whole months: whoever belongs on one day of a month belongs in it."""
    last = None if span.last is None else Month.of(span.last).last
    return Span(Month.of(span.first).first, last)


def _ever_in(area: Area, households: list[int], known_at: datetime) -> set[int]:
    """Those of the households that live or lived in the area, as known at a moment."""
    rows = only(Residence.objects.filter(_counting_at(known_at)), "household", households)
    return set(rows.filter(area__in=within(area)).values_list("household_id", flat=True))
