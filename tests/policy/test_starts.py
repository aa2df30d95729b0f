"""From which month a programme is paid, to which, and how long a taper runs."""

from __future__ import annotations

from datetime import date

import pytest

from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme
from doudi.policy import first_month, last_month_at_death, load_rules, taper_months, tapers
from doudi.policy.starts import STARTS

ASKED, DECIDED = date(2022, 5, 31), date(2022, 7, 20)
RULES = load_rules("530111")


@pytest.mark.parametrize("programme", ["dibao", "dibao_single", "tekun", "orphan", "unattended"])
def test_most_are_paid_from_the_month_after_the_decision(programme: str) -> None:
    assert first_month(programme, ASKED, DECIDED) == "2022-08"


def test_a_decision_on_the_last_of_december_pays_from_january() -> None:
    assert first_month("dibao", ASKED, date(2022, 12, 31)) == "2023-01"


@pytest.mark.parametrize("programme", ["disability_living", "disability_care"])
def test_disability_subsidies_are_paid_from_the_month_of_the_application(programme: str) -> None:
    assert first_month(programme, ASKED, DECIDED) == "2022-05"


@pytest.mark.parametrize("programme", ["temporary_assistance", "funeral"])
def test_what_is_given_once_belongs_to_the_month_of_the_decision(programme: str) -> None:
    assert first_month(programme, ASKED, DECIDED) == "2022-07"


def test_a_decision_before_the_application_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        first_month("dibao", DECIDED, ASKED)
    assert caught.value.code == "START-ORDER"


def test_every_programme_has_a_start_with_its_article() -> None:
    assert set(STARTS) == set(Programme)
    assert all(start.citation.document for start in STARTS.values())


@pytest.mark.parametrize("day", [date(2022, 5, 1), date(2022, 5, 31)])
def test_the_month_of_the_death_is_still_due(day: date) -> None:
    assert last_month_at_death("tekun", day) == "2022-05"


def test_a_taper_granted_before_the_cap_runs_as_granted() -> None:
    assert taper_months(12, date(2022, 10, 19), RULES) == 12


def test_from_2022_10_20_a_taper_runs_six_months_at_most() -> None:
    decided = date(2022, 10, 20)
    assert taper_months(12, decided, RULES) == 6
    assert taper_months(3, decided, RULES) == 3
    months = [
        month
        for month in Month("2022-09").until(Month("2023-12"))
        if tapers(month, Month("2022-11"), 12, decided, RULES)
    ]
    assert (months[0], months[-1], len(months)) == ("2022-11", "2023-04", 6)
