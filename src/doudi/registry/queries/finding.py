"""Finding persons and households by what somebody types (检索), inside what an officer may see.

Names are found by how they, their sound or their initials begin; numbers of the office's by how
they begin; an ID number by all of it or its last four, and a phone by all of it, each by its keyed
index. An address is looked through for what was typed, in the visible areas alone, where nobody
bears such a name: it is the one way that goes through all households in sight.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from doudi.access.bulk import among
from doudi.access.keys import office_keys
from doudi.access.queries import visible_areas
from doudi.kernel.phones import read_phone
from doudi.kernel.refusals import Refusal
from doudi.registry.models import Findable, Person, SealedField
from doudi.registry.numbers import number_indexes, tail_indexes
from doudi.registry.sounds import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from doudi.access.models import Officer

MOST = 50
"""How many a search answers at most."""
TAIL = "#"
"""With which the keyed index of an ID number's end begins among the words."""
_LAST = "\U0010ffff"
_SMALL = 3_000
"""Households: within so few it is quicker to ask each than to go through a common word."""
_LONGEST = 60
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9xX]")
_TAIL = re.compile(r"[0-9]{3}[0-9xX]")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LIVES = (
    "FROM registry_residence r WHERE r.superseded_at IS NULL AND r.valid_from <= %s"
    " AND (r.valid_to IS NULL OR r.valid_to >= %s) AND r.area_id "
)
_HOME = (
    "JOIN registry_membership m ON m.person_id = {person} AND m.superseded_at IS NULL"
    " AND m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to >= %s)"
    " JOIN registry_residence r ON r.household_id = m.household_id AND r.superseded_at IS NULL"
    " AND r.valid_from <= %s AND (r.valid_to IS NULL OR r.valid_to >= %s)"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: a household, with the person whom the search was for if it was for one."""

    household: int
    person: int | None = None


@dataclass(frozen=True, slots=True)
class _Scope:
    """The areas that an officer may see people of, and the day."""

    areas: tuple[int, ...]
    on: date

    @property
    def days(self) -> list[Any]:
        """The day, as often as a join of a membership and a residence asks for it."""
        return [self.on] * 4


def persons_to_make_findable(after: int) -> QuerySet[Person]:
    """Persons beyond an id who have no words, or none for their number by the newest key."""
    words = Findable.objects.filter(person=OuterRef("pk"))
    tails = words.filter(word__startswith=f"{TAIL}{office_keys().newest.version}:")
    lacks = Q(~Exists(words)) | Q(Q(id_number_index__isnull=False), ~Exists(tails))
    return Person.objects.filter(lacks, pk__gt=after).order_by("pk")


def find(typed: str, officer: Officer, on: date) -> list[Hit]:
    """What somebody typed, found in the areas that an officer may see; the best first, 50 at most.

    The same household comes but once for a person. Nothing typed finds nothing.
    """
    text = unicodedata.normalize("NFKC", typed).replace("\0", "").strip()[:_LONGEST]
    scope = _Scope(tuple(visible_areas(officer, on).values_list("pk", flat=True)), on)
    if not text or not scope.areas:
        return []
    hits: dict[Hit, None] = {}
    for found in _ways(text, scope):
        hits.update(dict.fromkeys(found))
        if len(hits) >= MOST:
            break
    return list(hits)[:MOST]


def _ways(text: str, scope: _Scope) -> Iterator[list[Hit]]:
    """What each way of finding finds, the surest first; the next is gone only if room is left."""
    plain = re.sub(r"[\s-]", "", text)
    if _ID_NUMBER.fullmatch(plain):
        indexes = list(number_indexes(SealedField.ID_NUMBER, [plain.upper()]))
        yield _by_index("registry_person", "id", "id_number_index", indexes, scope)
        yield _by_index("registry_person", "id", "id_number_next_index", indexes, scope)
        return
    if re.fullmatch(r"[A-Za-z0-9-]+", plain):
        yield _numbered("registry_household", "number", plain, scope)
        yield _numbered("registry_person", "person_number", plain, scope)
    if _TAIL.fullmatch(plain):
        for index in tail_indexes(plain.upper()):
            yield _by_word(f"{TAIL}{index}", scope)
    phone = _phone(plain)
    if phone:
        indexes = list(number_indexes(SealedField.PHONE, [phone]))
        yield _by_phone(indexes, scope)
    word = plain_name(text)
    named = _by_word(word, scope) if word and not word.isdigit() and word[0] != TAIL else []
    yield named
    if _HAN.search(text) and len(text) > 1 and not named:
        yield _by_address(text, scope)


def _phone(plain: str) -> str:
    """What was typed as a phone number; empty when it is none."""
    try:
        return read_phone(plain).number
    except Refusal:
        return ""


def _by_word(word: str, scope: _Scope) -> list[Hit]:
    """Persons by how a word of theirs begins; whoever has just this word comes first."""
    hits: dict[Hit, None] = {}
    few = _is_small(scope)
    for upper in (word, word + _LAST):
        if len(hits) < MOST:
            hits.update(dict.fromkeys(_between(word, upper, scope, few=few)))
    return list(hits)


def _between(word: str, upper: str, scope: _Scope, *, few: bool) -> list[Hit]:
    """Persons who have a word from one to another, in their order.

    CROSS JOIN tells SQLite where to begin: at the word, or at the households where they are few.
    """
    at_least, at_most = ("~>=~", "~<=~") if connection.vendor == "postgresql" else (">=", "<=")
    order = "f.word USING ~<~" if connection.vendor == "postgresql" else "f.word"
    cross = "JOIN" if connection.vendor == "postgresql" else "CROSS JOIN"
    condition, areas = among(scope.areas)
    if few:
        tables = (
            f"registry_residence r {cross} registry_membership m ON m.household_id = r.household_id"
            f" {cross} registry_findable f ON f.person_id = m.person_id"
        )
    else:
        tables = (
            f"registry_findable f {cross} registry_membership m ON m.person_id = f.person_id"
            f" {cross} registry_residence r ON r.household_id = m.household_id"
        )
    return _hits(
        f"SELECT m.household_id, f.person_id FROM {tables}"
        f" WHERE f.word {at_least} %s AND f.word {at_most} %s"
        " AND m.superseded_at IS NULL AND m.valid_from <= %s"
        " AND (m.valid_to IS NULL OR m.valid_to >= %s)"
        " AND r.superseded_at IS NULL AND r.valid_from <= %s"
        f" AND (r.valid_to IS NULL OR r.valid_to >= %s) AND r.area_id {condition}"
        f" ORDER BY {order}, f.person_id LIMIT {3 * MOST}",
        [word, upper, *scope.days, areas],
    )


def _is_small(scope: _Scope) -> bool:
    """Whether so few households live in the scope that each may be asked."""
    condition, areas = among(scope.areas)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM (SELECT 1 {_LIVES}{condition} LIMIT {_SMALL + 1}) t",
            [scope.on, scope.on, areas],
        )
        return int(cursor.fetchone()[0]) <= _SMALL


def _by_index(table: str, person: str, column: str, indexes: list[str], scope: _Scope) -> list[Hit]:
    """Persons by a keyed index of the whole number."""
    wanted, values = among(indexes)
    condition, areas = among(scope.areas)
    home = _HOME.format(person=f"t.{person}")
    return _hits(
        f"SELECT m.household_id, t.{person} FROM {table} t {home}"
        f" WHERE t.{column} {wanted} AND r.area_id {condition} LIMIT {MOST}",
        [*scope.days, values, areas],
    )


def _by_phone(indexes: list[str], scope: _Scope) -> list[Hit]:
    """Persons by the phone that they have on the day."""
    wanted, values = among(indexes)
    condition, areas = among(scope.areas)
    home = _HOME.format(person="t.person_id")
    return _hits(
        f"SELECT m.household_id, t.person_id FROM registry_phone t {home}"
        f" WHERE t.number_index {wanted} AND t.superseded_at IS NULL AND t.valid_from <= %s"
        f" AND (t.valid_to IS NULL OR t.valid_to >= %s) AND r.area_id {condition} LIMIT {MOST}",
        [*scope.days, values, scope.on, scope.on, areas],
    )


def _numbered(table: str, column: str, text: str, scope: _Scope) -> list[Hit]:
    """Households or persons by how the office's own number begins."""
    at_least, at_most = ("~>=~", "~<=~") if connection.vendor == "postgresql" else (">=", "<=")
    order = f"t.{column} USING ~<~" if connection.vendor == "postgresql" else f"t.{column}"
    condition, areas = among(scope.areas)
    if table == "registry_household":
        selected, days = "t.id, NULL", [scope.on] * 2
        home = (
            "JOIN registry_residence r ON r.household_id = t.id AND r.superseded_at IS NULL"
            " AND r.valid_from <= %s AND (r.valid_to IS NULL OR r.valid_to >= %s)"
        )
    else:
        selected, days, home = "m.household_id, t.id", scope.days, _HOME.format(person="t.id")
    hits: list[Hit] = []
    for number in dict.fromkeys((text, text.upper())):
        hits += _hits(
            f"SELECT {selected} FROM {table} t {home}"
            f" WHERE t.{column} {at_least} %s AND t.{column} {at_most} %s"
            f" AND r.area_id {condition} ORDER BY {order} LIMIT {MOST}",
            [*days, number, number + _LAST, areas],
        )
    return hits


def _by_address(text: str, scope: _Scope) -> list[Hit]:
    """Households whose address holds what was typed."""
    condition, areas = among(scope.areas)
    holds = (
        "strpos(r.address, %s) > 0"
        if connection.vendor == "postgresql"
        else ("instr(r.address, %s) > 0")
    )
    return _hits(
        f"SELECT r.household_id, NULL {_LIVES}{condition} AND {holds} LIMIT {MOST}",
        [scope.on, scope.on, areas, text],
    )


def _hits(sql: str, parameters: list[Any]) -> list[Hit]:
    """The rows of a statement that answers household and person."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Hit(household, person) for household, person in cursor.fetchall()]
