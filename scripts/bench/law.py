"""The law once more, by hand: the same month in plain NumPy, to be timed beside the engine.

Written from the rules' text for what made-up people have, in the shortest form that gives the same
answers: three states as small numbers, no bounds, no lists of what is missing, no explanation. The
engine must agree with it on every household and person; the bench compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doudi.kernel.months import Month
from doudi.kernel.vocabulary import (
    Absence,
    CarePlace,
    ChildScheme,
    DeductionKind,
    IncomeKind,
    Programme,
    Registration,
    Relation,
    Schooling,
)
from doudi.policy import Rules
from doudi.policy.facts import Facts
from doudi.policy.known import code_of, held_bit
from scripts.bench import law_parts as parts

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Answer = tuple[NDArray[np.int8], Ints]
"""The state of each row (0 no, 1 unknown, 2 yes), and its fen."""
TAKEN_OFF = (DeductionKind.SOCIAL_INSURANCE, DeductionKind.TAX, DeductionKind.MAINTENANCE_PAID)
SUPPORTING = (
    Relation.CHILD,
    Relation.PARENT,
    Relation.GRANDCHILD,
    Relation.GRANDPARENT,
    Relation.SIBLING,
)


@dataclass(slots=True)
class Case:
    """A month's facts with what every programme asks of them."""

    facts: Facts
    month: Month
    rules: Rules
    home: Ints
    months: Ints
    day: Ints
    alive: Flags
    minor: Flags
    standard: Ints
    held: Ints

    def column(self, name: str) -> Any:  # noqa: ANN401 - whole numbers of some width
        """A fact of every row."""
        return self.facts.column(name)

    def value(self, path: str) -> Any:  # noqa: ANN401 - as the parameter is
        """A parameter; raises ValueError for one that nobody knows: this law knows no bounds."""
        value = self.rules.plain(path, self.month.first)
        if value is None:
            raise ValueError(path)
        return value

    def holds(self, programme: Programme) -> Flags:
        """Who holds an award."""
        return np.asarray((self.held & held_bit(programme)) != 0)

    def total(self, values: Ints) -> Ints:
        """The sums of households."""
        return parts.summed(values, self.home, self.facts.households)

    def per_person(self) -> Ints:
        """The standard of each person's household."""
        return self.standard[self.home]


def determined(facts: Facts, month: Month, rules: Rules) -> dict[str, Answer]:
    """What every programme gives in the month, by key; raises ValueError beyond its people."""
    case = _case(facts, month, rules)
    member = parts.among(case.column("relation"), (Relation.HEAD, Relation.SPOUSE)) | _kin(case)
    away = _words(case, "absent", Absence, "dibao.members.absences")
    counted = case.alive & member & ~away & ~case.holds(Programme.TEKUN)
    people = case.total(counted.astype(np.int64))
    off = sum(case.column(f"deduction_{kind}") for kind in TAKEN_OFF) * 12
    after = _income(case) - off
    gap = np.minimum(
        case.total(np.where(counted, case.per_person() * 12 - after, 0)),
        case.standard * people * 12,
    )
    within = parts.within_limits(case, people)
    dibao = (people > 0) & (gap > 0) & within
    share = _share(case)
    amount = _paid(case, gap, case.standard * people) + _supplement(
        case, case.total(np.where(counted, share, 0)), case.standard
    )
    line = case.per_person() * 12 * case.value("dibao.margin_multiple") - after * 10_000
    margin = (people > 0) & (gap <= 0) & (case.total(np.where(counted, line, 0)) > 0) & within
    on_dibao = (case.total(case.holds(Programme.DIBAO).astype(np.int64)) > 0)[case.home]
    nothing = np.zeros(facts.households, dtype=np.int64)
    tekun, orphan = _alone(case, off)
    if case.column("event").any() or case.column("deceased").any():
        raise ValueError("made-up people ask for nothing that is given once")
    return {
        "dibao": parts.answer(dibao, amount),
        "dibao_margin": parts.answer(margin, nothing),
        "dibao_single": _single(case, counted & ~on_dibao, margin, after, share),
        "tekun": tekun,
        "orphan": orphan,
        **_subsidies(case, (counted & on_dibao) | case.holds(Programme.DIBAO_SINGLE)),
    }


def _case(facts: Facts, month: Month, rules: Rules) -> Case:
    """Ages, the living, the standard of each household."""
    born = facts.column("birth_date").astype("datetime64[D]")
    in_month = born.astype("datetime64[M]")
    here = np.datetime64(str(month), "M").astype(np.int64)
    months = here - in_month.astype(np.int64)
    day = (born - in_month.astype("datetime64[D]")).astype(np.int64) + 1
    died = facts.column("death_date")
    first = np.datetime64(month.first, "D").astype(np.int64)
    standard = np.full(facts.households, rules.plain("dibao.standard", month.first), dtype=np.int64)
    urban = facts.column("registration") == code_of(Registration.URBAN)
    if not urban.all() and not rules.plain("dibao.unified", month.first):
        standard[~urban] = int(str(rules.plain("dibao.standard_rural", month.first)))
    age = int(str(rules.plain("child.age", month.first))) * 12
    return Case(
        facts=facts,
        month=month,
        rules=rules,
        home=facts.household,
        months=months,
        day=day,
        alive=(months >= 0) & ((died < -(2**39)) | (died >= first)),
        minor=parts.under(months, day, age),
        standard=standard,
        held=facts.column("holds").astype(np.int64),
    )


def _words(case: Case, name: str, words: Any, path: str) -> Flags:  # noqa: ANN401 - a list of words
    """Whether a fact is one of the words that a parameter lists."""
    return parts.among(case.column(name), [words(word) for word in case.value(path)])


def _kin(case: Case) -> Flags:
    """Children who depend on the household, and kin with a duty of support who live with it."""
    relation = case.column("relation")
    at_school = _words(case, "student", Schooling, "dibao.members.schooling")
    dependent = case.minor | (case.column("independent") == 0) | at_school
    child = relation == code_of(Relation.CHILD)
    lives_there = case.column("lives_with") != 0
    return np.asarray((child & dependent) | (parts.among(relation, SUPPORTING) & lives_there))


def _income(case: Case) -> Ints:
    """What counts for Dibao over twelve months: wages after the cost of working, and the rest."""
    cost = np.maximum(case.column("deduction_work_cost"), case.value("dibao.work_cost")) * 12
    wages: Ints = np.maximum(case.column("income_wage") - cost, 0)
    return wages + _kinds(case, "dibao.exempt")


def _kinds(case: Case, exempt: str) -> Ints:
    """Income of all kinds but wages that are not exempt."""
    total = np.zeros(len(case.home), dtype=np.int64)
    for kind in IncomeKind:
        column = case.column(f"income_{kind}")
        if kind != IncomeKind.WAGE and column.any() and not case.value(f"{exempt}.{kind}"):
            total += column
    return total


def _share(case: Case) -> Ints:
    """The highest share of the standard that a person's groups add, in ten-thousandths."""
    if case.value("dibao.supplement_stacking") != "highest_only":
        raise ValueError("written for the highest share alone")
    groups = (
        ("old", case.months >= case.value("dibao.supplement_old_age") * 12),
        ("minor", case.minor),
        ("severe_disability", parts.graded(case, "dibao.supplement_grades") == parts.YES),
        ("serious_illness", case.column("serious_illness") != 0),
    )
    share = np.zeros(len(case.home), dtype=np.int64)
    for name, belongs in groups:
        share = np.maximum(share, np.where(belongs, case.value(f"dibao.supplement.{name}"), 0))
    return share


def _paid(case: Case, gap: Ints, standards: Ints) -> Ints:
    """A gap over twelve months in fen a month, and not under the least share."""
    least = parts.half_up(standards * case.value("dibao.minimum_share"), 10_000)
    return np.maximum(parts.half_up(np.maximum(gap, 0), 12), least)


def _supplement(case: Case, shares: Ints, standard: Ints) -> Ints:
    """Shares of the standard, rounded once."""
    if case.value("dibao.rounding") != "cent_half_up":
        raise ValueError("written for rounding half up to the fen")
    return parts.half_up(shares * standard, 10_000)


def _single(case: Case, apart: Flags, margin: Flags, after: Ints, share: Ints) -> Answer:
    """Dibao of one person of a margin household, severely disabled or ill."""
    burdened = np.maximum(
        parts.graded(case, "dibao.single.margin_grades"),
        np.where(case.column("serious_illness") != 0, parts.YES, parts.NO),
    )
    if case.value("dibao.single.adult_route") or not case.value("dibao.single.margin_route"):
        raise ValueError("written for a month with the route from the margin alone")
    standard = case.per_person()
    gap = standard * 12 - after
    state = np.where(apart & margin[case.home] & (gap > 0), burdened, parts.NO)
    amount = _paid(case, np.minimum(gap, standard * 12), standard)
    amount += _supplement(case, share, standard)
    return state, np.where(state == parts.YES, amount, 0)


def _alone(case: Case, off: Ints) -> tuple[Answer, Answer]:
    """Tekun, and the orphans' allowance."""
    living = case.total(case.alive.astype(np.int64))
    poor = case.column("income_wage") + _kinds(case, "tekun.exempt") - off < case.per_person() * 12
    poor &= parts.within_limits(case, living)[case.home]
    at_school = _words(case, "student", Schooling, "tekun.schooling")
    able = (
        (case.months >= case.value("tekun.age_old") * 12)
        | parts.under(case.months, case.day, case.value("tekun.age_child") * 12)
        | (case.holds(Programme.TEKUN) & (case.minor | at_school))
    )
    capacity = np.maximum(parts.graded(case, "tekun.grades"), np.where(able, parts.YES, parts.NO))
    gone = _words(case, "absent", Absence, "tekun.ends_by_absence")
    fits = np.where(case.alive & ~gone & poor, capacity, parts.NO)
    fits = np.minimum(fits, parts.nobody_able(case))
    is_orphan = case.alive & case.minor & parts.without_parents(case)
    chosen = case.column("child_scheme") == code_of(ChildScheme.CHILD)
    tekun = np.where(is_orphan & chosen, parts.NO, fits)
    amount, is_assessed = parts.tekun_paid(case)
    tekun = np.where((tekun == parts.YES) & ~is_assessed, parts.UNKNOWN, tekun)
    takes_tekun = ~chosen & (fits == parts.YES)
    orphan = is_orphan & ~case.holds(Programme.TEKUN) & ~takes_tekun
    at_home = case.column("care_place") == code_of(CarePlace.HOME)
    if (orphan & ~at_home).any():
        raise ValueError("made-up orphans live at home")
    return (
        (tekun, np.where(tekun == parts.YES, amount, 0)),
        parts.answer(orphan, np.full(len(orphan), case.value("orphan.home"))),
    )


def _subsidies(case: Case, on_dibao: Flags) -> dict[str, Answer]:
    """The two disability subsidies."""
    is_open = case.alive & ~case.holds(Programme.TEKUN) & (case.column("work_injury_care") == 0)
    apart = is_open & on_dibao & ~case.holds(Programme.ORPHAN)
    living = np.where(apart, parts.graded(case, "disability.living_grades"), parts.NO)
    grade = case.column("disability_grade")
    rate = np.zeros(len(grade), dtype=np.int64)
    for rated in case.value("disability.rated"):
        rate[grade == int(rated)] = case.value(f"disability.care.{rated}")
    severe = np.minimum(
        parts.graded(case, "disability.care_grades"), case.column("needs_long_term_care")
    )
    care = np.where(is_open & (rate > case.column("nursing_allowance")), severe, parts.NO)
    return {
        "disability_living": (
            living,
            np.where(living == parts.YES, case.value("disability.living"), 0),
        ),
        "disability_care": (care, np.where(care == parts.YES, rate, 0)),
    }
