"""Health (健康状况): disabilities, care, illness and self-care of made-up people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import DisabilityCategory

if TYPE_CHECKING:
    from doudi.synth.chance import Chance
    from doudi.synth.people import Person

CATEGORIES = (
    (DisabilityCategory.PHYSICAL, 42),
    (DisabilityCategory.HEARING, 17),
    (DisabilityCategory.VISION, 14),
    (DisabilityCategory.MENTAL, 11),
    (DisabilityCategory.INTELLECTUAL, 9),
    (DisabilityCategory.MULTIPLE, 5),
    (DisabilityCategory.SPEECH, 2),
)
"""Categories of disability with their share in a hundred certificates."""
GRADES = ((1, 15), (2, 28), (3, 27), (4, 30))
SEVERE_GRADE = 2
OLD_AGE = 60


def give_health(chance: Chance, person: Person, on: date) -> None:
    """A disability for some, the likelier the older; a serious illness for a few."""
    age = person.age(on)
    if chance.percent(15 if age >= OLD_AGE else 3):
        give_disability(chance, person, on, chance.weighed(GRADES))
    if chance.one_in(60 if age >= OLD_AGE else 250):
        since = max(person.born, date(on.year - 1, chance.between(1, 12), chance.between(1, 28)))
        person.note("SeriousIllness", since)


def give_disability(
    chance: Chance,
    person: Person,
    on: date,
    grade: int,
    category: DisabilityCategory | None = None,
) -> None:
    """A certificate of a grade, and for a severe one the finding on long-term care."""
    category = category or chance.weighed(CATEGORIES)
    earliest = max(person.born, date(on.year - 6, on.month, 1))
    since = chance.day(earliest, max(earliest, date(on.year - 1, on.month, 1)))
    person.note("Disability", since, category=category, grade=grade)
    if grade <= SEVERE_GRADE:
        person.note("CareNeed", since, needs_long_term_care=chance.percent(90))


def give_self_care(chance: Chance, person: Person, on: date, items_unmet: int) -> None:
    """An assessment of the six items of self-care (自理能力) in the year before."""
    since = date(on.year - 1, chance.between(1, 12), chance.between(1, 28))
    person.note("SelfCare", since, items_unmet=items_unmet)
