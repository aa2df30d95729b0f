"""Why an amount is due, from its page: steps, facts with sources, parameters, articles."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from doudi.access.models import Role
from doudi.entitlement.queries import due_table
from tests.entitlement.build import an_award, work_out
from tests.registry.build import a_household, a_person, an_officer, moment, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def number() -> int:
    """The number of a due row: the standard less a wage."""
    person = a_person(born="1975-04-01")
    home = a_household(person)
    state(person, "income", kind="wage", amount_fen=20_000, months=1)
    award = an_award(home)
    work_out("2022-01")
    return int(due_table().get(award=award).pk)


def page_of(number: int, role: Role = Role.COUNTER_CLERK, area: str = "六甲街道") -> str:
    """What the page says to an officer, without its tags; empty where there is none."""
    client = Client()
    client.force_login(an_officer("reader", role, area))
    answer = client.get(f"/dues/{number}/")
    if answer.status_code == 404:
        return ""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_an_amount_is_explained_step_by_step_with_facts_parameters_and_articles(
    number: int,
) -> None:
    page = page_of(number)
    for word in ("怎样得出", "工资性收入", "情况的来源", "用到的标准", "低保标准", "假定",
                 "最低生活保障审核确认办法", "补差", "合计（元）"):  # fmt: skip
        assert word in page, word


def test_every_amount_of_a_household_leads_to_its_explanation(number: int) -> None:
    client = Client()
    client.force_login(an_officer("reader", Role.COUNTER_CLERK, "六甲街道"))
    household = due_table().get(pk=number).award.household.number
    for page in ("", "benefits"):
        assert (
            f'href="/dues/{number}/"'
            in client.get(f"/households/{household}/{page}").content.decode()
        )


def test_a_row_that_was_determined_anew_says_so(number: int) -> None:
    award = due_table().get(pk=number).award
    state(award.payee, "income", kind="business", amount_fen=10_000, months=1,
          at=moment("2022-02-10"))  # fmt: skip
    work_out("2022-02")
    assert "这一行不再有效" in page_of(number)


def test_elsewhere_and_beyond_there_is_no_such_row(number: int) -> None:
    assert page_of(number, area="官渡街道") == ""
    client = Client()
    client.force_login(an_officer("other", Role.COUNTER_CLERK, "六甲街道"))
    for missing in (number + 10_000, 10**30):
        assert client.get(f"/dues/{missing}/").status_code == 404
