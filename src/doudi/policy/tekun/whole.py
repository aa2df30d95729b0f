"""Who is entitled to Tekun, and who is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import Absence, ChildScheme, Programme
from doudi.policy.awards import holds, holds_are_stated
from doudi.policy.entities import PERSON
from doudi.policy.rule import condition

if TYPE_CHECKING:
    from doudi.policy.logic import Truth
    from doudi.policy.views import Law, Persons

MEASURES = "特困人员认定办法（民发〔2021〕43号）"


@condition(PERSON, f"{MEASURES}第四条", f"{MEASURES}第二十四条")
def fits_tekun(persons: Persons, law: Law) -> Truth:
    """Alive, not in prison nor declared missing, and all three conditions together."""
    gone = persons.among("absent", [Absence(word) for word in law.words("tekun.ends_by_absence")])
    three = (
        persons.truth("no_capacity") & persons.truth("no_livelihood") & persons.truth("nobody_able")
    )
    return persons.truth("alive") & ~gone & three


@condition(PERSON, f"{MEASURES}第四条", f"{MEASURES}第九条")
def tekun(persons: Persons, law: Law) -> Truth:
    """Fits Tekun, and is no child for whom the children's scheme was chosen."""
    del law
    fits_child_scheme = persons.truth("fits_orphan") | persons.truth("fits_unattended")
    chosen = persons.among("child_scheme", [ChildScheme.CHILD])
    return persons.truth("fits_tekun") & ~(fits_child_scheme & chosen)


@condition(PERSON, "社会救助暂行办法 第十四条")
def on_tekun(persons: Persons, law: Law) -> Truth:
    """On Tekun: as held, or where awards are not stated, as due."""
    del law
    due = ~holds_are_stated(persons) & persons.truth("tekun")
    return persons.truth("alive") & (holds(persons, Programme.TEKUN) | due)
