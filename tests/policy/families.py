"""Random families as columns, for laws that must hold of every family."""

from __future__ import annotations

from datetime import date

import numpy as np

from doudi.kernel.vocabulary import (
    Absence,
    ChildScheme,
    DisabilityCategory,
    IncomeKind,
    ParentStatus,
    Relation,
    Schooling,
    SupporterStatus,
    SupportFinding,
)
from doudi.policy import NO_DATE, NOT_STATED, Facts, Supporters
from doudi.policy.known import FACTS

MONTHS = ("2021-07", "2022-03", "2022-11", "2025-12", "2026-02")


def families(seed: int, households: int = 12) -> Facts:
    """Some families with everything in them, reproducible by seed; nothing in them is unknown."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 6, households)
    household = np.repeat(np.arange(households, dtype=np.int64), sizes)
    persons = int(sizes.sum())
    first = np.r_[True, household[1:] != household[:-1]]
    some = _Some(rng, persons)
    columns = {
        "relation": np.where(first, 1, rng.integers(2, len(Relation) + 1, persons)),
        "birth_date": _births(rng, persons),
        "death_date": np.where(rng.random(persons) < 0.1, _near(rng, persons), NO_DATE),
        "lives_with": 2 * (rng.random(persons) < 0.8),
        "independent": 2 * (rng.random(persons) < 0.8),
        "absent": some.code(0.05, len(Absence)),
        "student": some.code(0.3, len(Schooling)),
        "disability_category": some.code(0.4, len(DisabilityCategory) - 1),
        "serious_illness": 2 * (rng.random(persons) < 0.2),
        "employed": 2 * (rng.random(persons) < 0.3),
        "self_care_unmet": rng.integers(0, 7, persons),
        "care_place": rng.integers(1, 3, persons),
        "supporters": rng.integers(0, len(SupportFinding) + 1, persons),
        "child_scheme": rng.integers(1, len(ChildScheme) + 1, persons),
        "work_injury_care": 2 * (rng.random(persons) < 0.05),
        "nursing_allowance": some.money(0.1, 15_000),
        "dibao_per_head": np.where(rng.random(persons) < 0.1, 34_500, NOT_STATED),
        "deceased": 2 * (rng.random(persons) < 0.1),
        "registered_here": 2 * (rng.random(persons) < 0.7),
        "cremated": 2 * (rng.random(persons) < 0.7),
        "state_funeral_grant": 2 * (rng.random(persons) < 0.2),
        "holds": np.where(rng.random(persons) < 0.2, rng.integers(0, 2**9, persons), -1),
        "deduction_work_cost": some.money(0.2, 30_000),
        "deduction_tax": some.money(0.1, 20_000),
        "deduction_maintenance_paid": some.money(0.1, 60_000),
    }
    columns["disability_grade"] = np.where(
        columns["disability_category"] > 0, rng.integers(1, 5, persons), 0
    )
    columns["needs_long_term_care"] = 2 * (
        (columns["disability_category"] > 0) & (rng.random(persons) < 0.7)
    )
    for kind in IncomeKind:
        columns[f"income_{kind}"] = some.money(0.15, 1_300_000)
    for side in ("father", "mother"):
        columns[f"{side}_status"] = np.where(
            rng.random(persons) < 0.5, 1, rng.integers(1, len(ParentStatus) + 1, persons)
        )
        columns[f"{side}_months"] = rng.integers(0, 12, persons)
        columns[f"{side}_serious_illness"] = 2 * (rng.random(persons) < 0.1)
    return Facts(
        household=household,
        households=households,
        persons={name: column.astype(np.int64) for name, column in columns.items()},
        of_households=_of_households(rng, households),
        supporters=_supporters(rng, persons),
    )


class _Some:
    """Columns in which most rows are empty."""

    def __init__(self, rng: np.random.Generator, rows: int) -> None:
        self.rng, self.rows = rng, rows

    def code(self, share: float, words: int) -> np.ndarray:
        chosen = self.rng.integers(1, words + 1, self.rows)
        return np.where(self.rng.random(self.rows) < share, chosen, 0)

    def money(self, share: float, most: int) -> np.ndarray:
        fen = self.rng.integers(1, most, self.rows)
        return np.where(self.rng.random(self.rows) < share, fen, 0)


def _births(rng: np.random.Generator, rows: int) -> np.ndarray:
    return rng.integers(_day(date(1930, 1, 1)), _day(date(2026, 6, 1)), rows)


def _near(rng: np.random.Generator, rows: int) -> np.ndarray:
    return rng.integers(_day(date(2021, 6, 1)), _day(date(2026, 3, 1)), rows)


def _day(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _of_households(rng: np.random.Generator, rows: int) -> dict[str, np.ndarray]:
    stated = rng.random(rows) < 0.4
    return {
        "registration": rng.integers(1, 3, rows),
        "property_financial": np.where(stated, rng.integers(0, 6_000_000, rows), NOT_STATED),
        "property_dwellings": np.where(stated, rng.integers(0, 3, rows), NOT_STATED),
        "property_vehicles": np.where(stated, rng.integers(0, 2, rows), NOT_STATED),
        "property_business": 2 * (stated & (rng.random(rows) < 0.2)),
        "event": 2 * (rng.random(rows) < 0.6),
        "event_emergency": 2 * (rng.random(rows) < 0.3),
        "event_own_costs": rng.integers(0, 900_000, rows),
        "event_grants_months": rng.integers(0, 8, rows),
        "event_persons": rng.integers(1, 4, rows),
        "event_months": rng.integers(1, 5, rows),
    }


def _supporters(rng: np.random.Generator, persons: int) -> Supporters:
    rows = max(persons // 3, 1)
    category = np.where(rng.random(rows) < 0.3, rng.integers(1, 7, rows), 0)
    return Supporters(
        person=np.sort(rng.integers(0, persons, rows)),
        age=rng.integers(20, 90, rows),
        income_year=rng.integers(0, 9_000_000, rows),
        property_ok=2 * (rng.random(rows) < 0.8).astype(np.int64),
        category=category,
        grade=np.where(category > 0, rng.integers(1, 5, rows), 0),
        status=rng.integers(1, len(SupporterStatus) + 1, rows),
    )


def unknown_value(name: str) -> int | None:
    """What a column holds where nobody knows; None where a fact is never unknown."""
    if name in ("holds", "deceased", "event", "birth_date", "death_date"):
        return None
    return 1 if FACTS[name].kind == "truth" else -1
