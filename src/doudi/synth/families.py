"""Families (家庭): who lives together, how old, and how they are related to the head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from doudi.kernel.vocabulary import Relation, Sex
from doudi.synth.chance import Chance


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a family: the relation to the head, the sex, the age in years.

    `surname` says whose surname it bears: the father's line or one of its own.
    """

    relation: Relation
    sex: Sex
    age: int
    is_of_line: bool = True


Shape = Callable[[Chance], list[Place]]


def _sex(chance: Chance) -> Sex:
    return chance.pick((Sex.FEMALE, Sex.MALE))


def _couple(chance: Chance, youngest: int, oldest: int) -> tuple[Place, Place]:
    """A husband at the head, and his wife, some years younger."""
    age = chance.between(youngest, oldest)
    wife = max(youngest - 1, age - chance.between(-2, 5))
    return (
        Place(Relation.HEAD, Sex.MALE, age),
        Place(Relation.SPOUSE, Sex.FEMALE, wife, is_of_line=False),
    )


def _child_of(chance: Chance, mother_age: int, youngest: int = 0) -> Place:
    """A child born when its mother was 22 to 36, not younger than asked."""
    age = max(youngest, mother_age - chance.between(22, 36))
    return Place(Relation.CHILD, _sex(chance), age)


def alone(youngest: int, oldest: int) -> Shape:
    """Somebody who lives alone."""

    def shape(chance: Chance) -> list[Place]:
        return [Place(Relation.HEAD, _sex(chance), chance.between(youngest, oldest))]

    return shape


def couple(youngest: int, oldest: int) -> Shape:
    """A husband and his wife."""

    def shape(chance: Chance) -> list[Place]:
        return list(_couple(chance, youngest, oldest))

    return shape


def with_children(chance: Chance) -> list[Place]:
    """A couple with one child or two, none of them grown up."""
    husband, wife = _couple(chance, 27, 48)
    first = _child_of(chance, min(wife.age, 44))
    family = [husband, wife, first]
    if chance.percent(35) and first.age >= 2:  # noqa: PLR2004 - two years between the children
        family.append(Place(Relation.CHILD, _sex(chance), first.age - chance.between(2, first.age)))
    return family


def single_parent(chance: Chance) -> list[Place]:
    """A mother, more seldom a father, with a child."""
    sex = chance.weighed(((Sex.FEMALE, 3), (Sex.MALE, 1)))
    age = chance.between(28, 50)
    child = _child_of(chance, age)
    return [Place(Relation.HEAD, sex, age), Place(child.relation, child.sex, min(child.age, 22))]


def three_generations(chance: Chance) -> list[Place]:
    """A couple with a child and the husband's mother or father."""
    husband, wife = _couple(chance, 30, 48)
    child = _child_of(chance, min(wife.age, 44))
    parent = Place(Relation.PARENT, _sex(chance), husband.age + chance.between(22, 34))
    family = [husband, wife, child, parent]
    if chance.percent(40):
        partner = Sex.MALE if parent.sex is Sex.FEMALE else Sex.FEMALE
        other = min(99, parent.age + chance.between(-4, 4))
        family.append(
            Place(Relation.PARENT, partner, max(other, husband.age + 18), is_of_line=False)
        )
    return family


def parent_with_grown_child(chance: Chance) -> list[Place]:
    """An old mother or father and a grown child who lives there."""
    age = chance.between(58, 90)
    child = age - chance.between(22, 38)
    return [Place(Relation.HEAD, _sex(chance), age), Place(Relation.CHILD, _sex(chance), child)]


def grandparent_with_grandchild(chance: Chance) -> list[Place]:
    """A grandmother or grandfather who brings up a grandchild."""
    age = chance.between(55, 78)
    grandchild = chance.between(2, 17)
    return [
        Place(Relation.HEAD, _sex(chance), age),
        Place(Relation.GRANDCHILD, _sex(chance), grandchild),
    ]


SHAPES: tuple[tuple[Shape, int], ...] = (
    (alone(22, 59), 10),
    (alone(60, 92), 10),
    (couple(23, 59), 13),
    (couple(60, 88), 14),
    (with_children, 27),
    (single_parent, 5),
    (three_generations, 11),
    (parent_with_grown_child, 8),
    (grandparent_with_grandchild, 2),
)
"""Shapes of households with their share in a hundred, after what towns of the south-west count."""


def birth_date(chance: Chance, age: int, on: date) -> date:
    """A day of birth of somebody who is that old on a day."""
    latest = date(on.year - age, on.month, min(on.day, 28))
    return latest - timedelta(days=chance.between(0, 364))


def placed(chance: Chance, shape: Shape | None = None) -> Iterator[Place]:
    """The places of one family: of the shape asked for, or of any."""
    chosen = shape or chance.weighed(SHAPES)
    yield from chosen(chance)
