"""From circumstances to what the rules are asked: the registry's columns in the rules' words.

The two rooms are strangers; here alone they meet. What nobody has recorded is unknown to the
rules wherever its absence says nothing (`registry.queries.facts` says where it does).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from doudi.kernel.vocabulary import (
    CarePlace,
    ChildScheme,
    DeductionKind,
    IncomeKind,
    OtherBenefitKind,
    ParentSide,
    ParentStatus,
    Programme,
)
from doudi.policy.facts import Facts, Supporters, alive_or, days
from doudi.policy.known import NOT_STATED, UNKNOWN_CODE, code_of, held_bit
from doudi.policy.logic import NO, UNKNOWN, YES
from doudi.registry.queries import NOT_KNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from doudi.entitlement.awards import AwardColumns
    from doudi.kernel.months import Month
    from doudi.registry.queries import Facts as Circumstances

    Column = NDArray[np.integer]

_DISTRICT_DIGITS = 1_000_000
"""An area code of twelve digits divided by this leaves the six of its district."""
_MONTHS_A_YEAR = 12
_UNTIMED = (ParentStatus.ALIVE, ParentStatus.DEAD, ParentStatus.DECLARED_MISSING)
"""What became of a parent that the law does not count in months."""


def asked_of_rules(
    known: Circumstances, awards: AwardColumns, district: int, granted_months: Mapping[int, int]
) -> Facts:
    """The facts of a month for the rules.

    `district` is the six-digit code of the office's district; `granted_months` says how many
    months of temporary assistance a household, by id, was granted earlier in the year.
    """
    return Facts(
        household=known.persons.household,
        households=len(known.households.id),
        persons=_persons(known, awards, district),
        of_households=_households(known, awards, granted_months),
        supporters=_supporters(known),
    )


def _persons(known: Circumstances, awards: AwardColumns, district: int) -> dict[str, Column]:
    """The columns of persons."""
    persons = known.persons
    columns: dict[str, Column] = {
        "relation": persons.relation,
        "birth_date": days(persons.birth_day),
        "death_date": alive_or(persons.death_day),
        "lives_with": _truth(persons.lives_with),
        "independent": _truth(persons.independent),
        "absent": persons.absence,
        "student": persons.schooling,
        "disability_category": persons.disability_category,
        "disability_grade": persons.disability_grade,
        "needs_long_term_care": persons.needs_long_term_care,
        "serious_illness": _truth(persons.serious_illness),
        "employed": _truth(persons.employed),
        "self_care_unmet": persons.self_care_unmet,
        "care_place": _or_else(persons.care_place, code_of(CarePlace.HOME)),
        "supporters": _finding(known),
        "child_scheme": _or_else(persons.child_scheme, code_of(ChildScheme.CHILD)),
        "work_injury_care": _truth(persons.receives[OtherBenefitKind.WORK_INJURY_CARE]),
        "nursing_allowance": persons.benefit_fen[OtherBenefitKind.NURSING_ALLOWANCE],
        "state_funeral_grant": persons.state_funeral_grant,
        "cremated": persons.cremated,
        "registered_here": _registered(persons.hukou, district),
        "deceased": _truth(awards.persons_holding(Programme.FUNERAL)),
        "holds": _held(known, awards),
    }
    columns |= {f"income_{kind}": persons.income_year_fen[kind] for kind in IncomeKind}
    columns |= {f"deduction_{kind}": persons.deduction_fen[kind] for kind in DeductionKind}
    for side in ParentSide:
        columns |= _parent(known, side)
    return columns


def _households(
    known: Circumstances, awards: AwardColumns, granted_months: Mapping[int, int]
) -> dict[str, Column]:
    """The columns of households; a grant is asked for where one was decided."""
    homes = known.households
    asked = awards.households_holding(Programme.TEMPORARY_ASSISTANCE)
    befallen = ~np.isnat(homes.emergency_day)
    event = np.where(asked, np.where(befallen, YES, UNKNOWN), NO)
    stated = homes.has_property
    granted = [granted_months.get(int(number), 0) for number in homes.id]
    return {
        "registration": homes.registration,
        "property_financial": np.where(stated, homes.financial_fen, NOT_STATED),
        "property_dwellings": np.where(stated, homes.dwellings, NOT_STATED),
        "property_vehicles": np.where(stated, homes.vehicles, NOT_STATED),
        "property_business": _truth(homes.business),
        "event": event,
        "event_emergency": _truth(homes.is_emergency),
        "event_own_costs": homes.own_costs_fen,
        "event_grants_months": np.array(granted, dtype=np.int64),
        "event_persons": np.maximum(homes.persons_assisted, 1),
        "event_months": np.maximum(homes.months_asked, 1),
    }


def _supporters(known: Circumstances) -> Supporters:
    """Those who owe support, with their age at the end of the month."""
    rows = known.supporters
    return Supporters(
        person=rows.person,
        age=_age(rows.birth_day, known.month),
        income_year=np.where(rows.income_year_fen == NOT_KNOWN, UNKNOWN_CODE, rows.income_year_fen),
        property_ok=rows.property_ok.astype(np.int64),
        category=rows.disability_category.astype(np.int64),
        grade=rows.disability_grade.astype(np.int64),
        status=rows.status.astype(np.int64),
    )


def _finding(known: Circumstances) -> Column:
    """What was found of those who owe support: unknown where nobody has looked."""
    looked = np.zeros(len(known.persons.id), dtype=bool)
    looked[known.supporters.person] = True
    return np.where((known.persons.support == 0) & ~looked, UNKNOWN_CODE, known.persons.support)


def _parent(known: Circumstances, side: ParentSide) -> dict[str, Column]:
    """What became of a parent; one of whom nothing is recorded is taken to be alive."""
    persons = known.persons
    status = _or_else(persons.parent_status[side], code_of(ParentStatus.ALIVE))
    since = persons.parent_since[side]
    months = _months_since(since, known.month)
    untimed = np.isin(status, [code_of(each) for each in _UNTIMED])
    return {
        f"{side}_status": status,
        f"{side}_months": np.where(np.isnat(since) & untimed, 0, months),
        f"{side}_disability_category": persons.parent_disability_category[side],
        f"{side}_disability_grade": persons.parent_disability_grade[side],
        f"{side}_serious_illness": _truth(persons.parent_serious_illness[side]),
    }


def _held(known: Circumstances, awards: AwardColumns) -> Column:
    """The awards that each person holds, a household's by all its members: one bit each."""
    held = np.zeros(len(known.persons.id), dtype=np.int64)
    for programme in Programme:
        holding = awards.persons_holding(programme)
        holding |= awards.households_holding(programme)[known.persons.household]
        held |= np.where(holding, held_bit(programme), 0)
    return held


def _registered(hukou: Column, district: int) -> Column:
    """Whether the hukou lies in the district; unknown where none is recorded."""
    here = np.where(hukou // _DISTRICT_DIGITS == district, YES, NO)
    return np.where(hukou == 0, UNKNOWN, here)


def _truth(flags: NDArray[np.bool_]) -> Column:
    """Yes and no, as the rules say it."""
    return np.where(flags, YES, NO)


def _or_else(codes: NDArray[np.int8], silent: int) -> Column:
    """A word's code, or what silence means."""
    return np.where(codes == 0, silent, codes)


def _months_since(since: NDArray[np.datetime64], month: Month) -> NDArray[np.int64]:
    """Whole months from a day to the month's last day; unknown for a day nobody knows."""
    end = np.datetime64(month.last, "D")
    begun = since.astype("datetime64[M]")
    months = (end.astype("datetime64[M]") - begun).astype(np.int64)
    day = (since - begun.astype("datetime64[D]")).astype(np.int64) + 1
    is_short = day > month.last.day
    return np.where(np.isnat(since), UNKNOWN_CODE, np.maximum(months - is_short, 0))


def _age(birth: NDArray[np.datetime64], month: Month) -> NDArray[np.int64]:
    """Age in whole years on the month's last day; unknown for a birth nobody knows."""
    months = _months_since(birth, month)
    return np.where(months == UNKNOWN_CODE, UNKNOWN_CODE, months // _MONTHS_A_YEAR)
