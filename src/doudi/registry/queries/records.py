"""The facts (情况) of an area for a month, as known on a moment: what the rules are asked about.

Each record below is columns of equal length. What a field reads, and what it says of somebody
with no row, is declared beside it; `reading` fetches them all in a fixed number of queries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from doudi.kernel.months import Month
from doudi.kernel.vocabulary import (
    Absence as AbsenceReason,
)
from doudi.kernel.vocabulary import (
    CarePlace,
    ChildScheme,
    DeductionKind,
    DisabilityCategory,
    EmergencyKind,
    IncomeKind,
    OtherBenefitKind,
    ParentSide,
    ParentStatus,
    Registration,
    Relation,
    SupporterStatus,
    SupportFinding,
    WorkCapacity,
)
from doudi.kernel.vocabulary import Schooling as SchoolingStage
from doudi.registry import models
from doudi.registry.queries.columns import (
    DAY,
    FLAG,
    INT,
    NOT_KNOWN,
    UNKNOWN,
    WORD,
    Column,
    Days,
    Flags,
    Ints,
    Words,
    flag,
    full_code,
    number,
    question,
    word,
)

_ONE = "1"
_YEARLY = '"amount_fen" * CASE "months" WHEN 1 THEN 12 ELSE 1 END'
_BY_INCOME = ("kind", IncomeKind)
_BY_DEDUCTION = ("kind", DeductionKind)
_BY_BENEFIT = ("kind", OtherBenefitKind)
_BY_SIDE = ("side", ParentSide)


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """Households, in the order of their ids.

    No property stated means within the limits, seen by an officer. An emergency is the last one
    of the month, or the one that still goes on.
    """

    id: Ints

    area: Annotated[Ints, Column(models.Residence, number("area_id"), INT)]
    registration: Annotated[
        Words, Column(models.Residence, word("registration", Registration), WORD)
    ]

    has_property: Annotated[Flags, Column(models.Property, _ONE, FLAG)]
    financial_fen: Annotated[Ints, Column(models.Property, number("financial_fen"), INT)]
    dwellings: Annotated[Ints, Column(models.Property, number("dwellings"), INT)]
    vehicles: Annotated[Ints, Column(models.Property, number("vehicles"), INT)]
    business: Annotated[Flags, Column(models.Property, flag("business"), FLAG)]

    emergency_day: Annotated[Days, Column(models.Emergency, "valid_from", DAY)]
    emergency_kind: Annotated[Words, Column(models.Emergency, word("kind", EmergencyKind), WORD)]
    is_emergency: Annotated[Flags, Column(models.Emergency, flag("emergency"), FLAG)]
    own_costs_fen: Annotated[Ints, Column(models.Emergency, number("own_costs_fen"), INT)]
    persons_assisted: Annotated[Ints, Column(models.Emergency, number("persons_assisted"), INT)]
    months_asked: Annotated[Ints, Column(models.Emergency, number("months"), INT)]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The members of those households, household by household, then in the order of their ids.

    `household` is a place in `HouseholdFacts`. Words are codes (`code_of`; 0 is none). Incomes
    are fen over twelve months, deductions and other benefits fen a month; who has none has 0.
    A dead member stays a member; `death_day` is NaT for the living. Self-care that was not
    assessed is -1, a need of care that was not assessed UNKNOWN, a hukou not recorded 0.
    """

    id: Ints
    household: Ints
    sex: Words
    birth_day: Days

    relation: Annotated[Words, Column(models.Membership, word("relation", Relation), WORD)]
    lives_with: Annotated[Flags, Column(models.Membership, flag("lives_with"), FLAG)]
    independent: Annotated[Flags, Column(models.Membership, flag("independent"), FLAG)]
    hukou: Annotated[Ints, Column(models.Hukou, full_code("area_code"), INT)]

    death_day: Annotated[Days, Column(models.Death, "valid_from", DAY)]
    cremated: Annotated[Words, Column(models.Death, question("cremated"), WORD)]
    state_funeral_grant: Annotated[
        Words, Column(models.Death, question("state_funeral_grant"), WORD)
    ]

    income_year_fen: Annotated[
        Mapping[IncomeKind, Ints], Column(models.Income, _YEARLY, INT, by=_BY_INCOME)
    ]
    deduction_fen: Annotated[
        Mapping[DeductionKind, Ints],
        Column(models.Deduction, number("amount_fen"), INT, by=_BY_DEDUCTION),
    ]
    receives: Annotated[
        Mapping[OtherBenefitKind, Flags], Column(models.OtherBenefit, _ONE, FLAG, by=_BY_BENEFIT)
    ]
    benefit_fen: Annotated[
        Mapping[OtherBenefitKind, Ints],
        Column(models.OtherBenefit, number("amount_fen"), INT, by=_BY_BENEFIT),
    ]

    disability_category: Annotated[
        Words, Column(models.Disability, word("category", DisabilityCategory), WORD)
    ]
    disability_grade: Annotated[Words, Column(models.Disability, number("grade"), WORD)]
    needs_long_term_care: Annotated[
        Words, Column(models.CareNeed, question("needs_long_term_care"), WORD, absent=UNKNOWN)
    ]
    self_care_unmet: Annotated[
        Words, Column(models.SelfCare, number("items_unmet"), WORD, absent=NOT_KNOWN)
    ]
    serious_illness: Annotated[Flags, Column(models.SeriousIllness, _ONE, FLAG)]

    schooling: Annotated[Words, Column(models.Schooling, word("stage", SchoolingStage), WORD)]
    work_capacity: Annotated[Words, Column(models.Work, word("capacity", WorkCapacity), WORD)]
    employed: Annotated[Flags, Column(models.Work, flag("employed"), FLAG)]
    absence: Annotated[Words, Column(models.Absence, word("reason", AbsenceReason), WORD)]
    care_place: Annotated[Words, Column(models.CarePlacement, word("place", CarePlace), WORD)]
    support: Annotated[Words, Column(models.Support, word("finding", SupportFinding), WORD)]
    child_scheme: Annotated[Words, Column(models.ChildChoice, word("scheme", ChildScheme), WORD)]

    parent_status: Annotated[
        Mapping[ParentSide, Words],
        Column(models.Parent, word("status", ParentStatus), WORD, by=_BY_SIDE),
    ]
    parent_since: Annotated[
        Mapping[ParentSide, Days], Column(models.Parent, "status_since", DAY, by=_BY_SIDE)
    ]
    parent_disability_category: Annotated[
        Mapping[ParentSide, Words],
        Column(models.Parent, word("disability_category", DisabilityCategory), WORD, by=_BY_SIDE),
    ]
    parent_disability_grade: Annotated[
        Mapping[ParentSide, Words],
        Column(models.Parent, number("disability_grade", null=0), WORD, by=_BY_SIDE),
    ]
    parent_serious_illness: Annotated[
        Mapping[ParentSide, Flags],
        Column(models.Parent, flag("serious_illness"), FLAG, by=_BY_SIDE),
    ]


@dataclass(frozen=True, slots=True)
class SupporterFacts:
    """Those who owe the persons support, one a row; `person` is a place in `PersonFacts`.

    An income that nobody has stated is -1; whether their property is within the limits may be
    UNKNOWN.
    """

    person: Ints
    row: Ints

    birth_day: Annotated[Days, Column(models.Supporter, "birth_date", DAY)]
    income_year_fen: Annotated[
        Ints, Column(models.Supporter, number("income_year_fen", null=NOT_KNOWN), INT)
    ]
    property_ok: Annotated[Words, Column(models.Supporter, question("property_ok"), WORD)]
    disability_category: Annotated[
        Words, Column(models.Supporter, word("disability_category", DisabilityCategory), WORD)
    ]
    disability_grade: Annotated[
        Words, Column(models.Supporter, number("disability_grade", null=0), WORD)
    ]
    status: Annotated[Words, Column(models.Supporter, word("status", SupporterStatus), WORD)]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of households and their members for a month, as known at a moment.

    `rows` names, for each kind of circumstance ("disability", "income.wage", "parent.father"),
    the row behind each person's or household's values, 0 where there is none: see `sources`.
    """

    month: Month
    known_at: datetime
    households: HouseholdFacts
    persons: PersonFacts
    supporters: SupporterFacts
    rows: Mapping[str, Ints]
