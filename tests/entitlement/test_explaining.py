"""Why an amount is due: the same numbers as the row's, from the records known at the time."""

from __future__ import annotations

import pytest

from doudi.entitlement.explaining import explain_due
from doudi.entitlement.models import Due
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme
from tests.entitlement.build import STANDARD, an_award, work_out
from tests.registry.build import a_household, a_person, an_officer, moment, state

pytestmark = pytest.mark.django_db


def test_the_explanation_names_the_income_its_record_and_the_standard() -> None:
    person = a_person(born="1975-04-01")
    home = a_household(person)
    state(person, "income", kind="wage", amount_fen=20_000, months=1)
    award = an_award(home)
    work_out("2022-01")
    explained = explain_due(Due.objects.get(award=award).pk, officer=None)
    assert explained.explanation.amount_fen == STANDARD - 20_000
    assert explained.parts == (("gap", STANDARD - 20_000),)
    assert "500.00" in explained.explanation.text("zh", explained.names)
    assert "income" in [behind.source.kind for behind in explained.behind]
    assert "dibao.standard" in [used.path for used in explained.explanation.parameters]


def test_a_superseded_row_is_explained_by_what_was_known_then() -> None:
    person = a_person(born="1975-04-01")
    award = an_award(a_household(person))
    work_out("2022-01")
    state(
        person, "income", kind="wage", amount_fen=10_000, months=1,
        valid_from="2022-01-01", at=moment("2022-02-08"),
    )  # fmt: skip
    work_out("2022-02")
    first, second = Due.objects.filter(award=award, month="2022-01").order_by("pk")
    explained = [explain_due(row.pk, officer=None) for row in (first, second)]
    assert [each.explanation.amount_fen for each in explained] == [STANDARD, STANDARD - 10_000]


@pytest.mark.parametrize("programme", [Programme.TEKUN, Programme.DISABILITY_CARE])
def test_an_award_of_a_person_is_explained(programme: Programme) -> None:
    person = a_person(born="1950-01-01")
    home = a_household(person)
    state(person, "support", finding="none" if programme is Programme.TEKUN else "able")
    state(person, "self_care", items_unmet=2)
    state(person, "disability", category="physical", grade=2)
    state(person, "care_need", needs_long_term_care=True)
    award = an_award(home, person, programme=programme)
    work_out("2022-01")
    row = Due.objects.get(award=award, month="2022-01")
    explained = explain_due(row.pk, officer=None)
    assert explained.explanation.amount_fen == row.amount_fen > 0
    assert sum(fen for _, fen in explained.parts) == row.amount_fen


def test_a_row_that_an_officer_may_not_see_is_unknown_to_them() -> None:
    award = an_award(a_household())
    work_out("2022-01")
    stranger = an_officer("elsewhere")
    with pytest.raises(Refusal) as refusal:
        explain_due(Due.objects.get(award=award).pk, officer=stranger)
    assert refusal.value.code == "DUE-UNKNOWN"
