"""Reports of any period: chosen on a form, opened to their records, taken as Word and Excel."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from doudi.access.models import Role
from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.kernel.vocabulary import Programme
from doudi.warehouse.catalogue import Period
from tests.office.conftest import REPORT, officer_of

if TYPE_CHECKING:
    from tests.warehouse.build import World

MONTHS = st.integers(min_value=0, max_value=1200).map(Month("1990-01").plus)


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("name", "first", "last", "before"),
    [
        ("2022H1", "2022-01", "2022-06", "2021H1"),
        ("2022H2", "2022-07", "2022-12", "2021H2"),
        ("2022", "2022-01", "2022-12", "2021"),
        ("2022Q1", "2022-01", "2022-03", "2021Q1"),
        ("2022Q4", "2022-10", "2022-12", "2021Q4"),
        ("2022-06", "2022-06", "2022-06", "2021-06"),
        ("2021-11..2022-02", "2021-11", "2022-02", "2020-11..2021-02"),
    ],
)
def test_a_period_is_named_by_what_it_spans(name: str, first: str, last: str, before: str) -> None:
    period = Period.named(name)
    assert (period.name, period.first, period.last) == (name, first, last)
    assert period.a_year_before.name == before
    assert Period.named(before) == period.a_year_before


@given(first=MONTHS, length=st.integers(min_value=0, max_value=59))
def test_any_span_of_months_has_the_same_span_a_year_before(first: Month, length: int) -> None:
    period = Period.named(f"{first}..{first.plus(length)}")
    before = period.a_year_before
    assert len(period.months) == len(before.months) == length + 1
    assert before.first.plus(12) == period.first
    assert Period.named(before.name) == before


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("2022Q5", "PERIOD-FMT"),
        ("2022-13", "MONTH-FMT"),
        ("2022-05..2022-01", "PERIOD-ORDER"),
        ("2010-01..2022-01", "PERIOD-LONG"),
        ("2022-01...2022-02", "PERIOD-FMT"),
    ],
)
def test_a_period_that_can_t_be_is_refused(name: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Period.named(name)
    assert refused.value.code == code


@pytest.mark.django_db
def test_the_form_leads_to_the_report_that_was_chosen(client: Client) -> None:
    asked = {"area": "530111008", "period": "2022Q2"}
    assert client.get("/reports/", asked)["Location"] == "/report/2022Q2/530111008"
    asked = {"area": "530111008", "first": "2022-02", "last": "2022-06"}
    assert client.get("/reports/", asked)["Location"] == "/report/2022-02..2022-06/530111008"


@pytest.mark.django_db
def test_the_form_says_what_is_wrong_with_a_period(client: Client) -> None:
    asked = {"area": "530111008", "first": "2022-06", "last": "2022-02"}
    answer = client.get("/reports/", asked)
    assert answer.status_code == 400
    assert "早于第一个月" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("period", "paid"),
    [("2022H1", "1,234.50"), ("2022Q2", "1,234.50"), ("2022-06", "1,234.50"), ("2022Q1", "0.00")],
)
def test_the_month_s_money_is_in_each_period_around_it(
    client: Client, period: str, paid: str
) -> None:
    page = client.get(f"/report/{period}/530111008").content.decode()
    row = re.search(r'data-key="dibao_urban_paid">(.*?)</tr>', page, flags=re.DOTALL)
    assert row
    assert f" {paid} 元" in text(row[1])


@pytest.mark.django_db
def test_a_year_of_which_nothing_is_known_stands_as_a_dash_and_not_as_zero(client: Client) -> None:
    page = text(client.get(REPORT).content.decode())
    assert "“—”表示系统里没有，不是零" in page


@pytest.mark.django_db
def test_a_figure_opens_its_records_and_they_lead_to_the_household(client: Client) -> None:
    page = client.get(f"{REPORT}/records/dibao_urban_paid").content.decode()
    assert 'href="/households/H1/"' in page
    assert "1,234.50" in text(page)
    assert "赵钱孙" not in page


@pytest.mark.django_db
def test_the_records_of_another_area_are_not_there(world: World) -> None:
    stranger = Client()
    stranger.force_login(officer_of(world, "stranger", Role.COUNTER_CLERK, "官渡街道"))
    for page in ("", "/records/dibao_urban_paid", "/word", "/excel"):
        assert stranger.get(f"{REPORT}{page}").status_code == 404


@pytest.mark.django_db
def test_the_report_is_handed_out_for_word_and_excel(client: Client) -> None:
    assert client.get(f"{REPORT}/word").content.startswith(b"PK")
    assert client.get("/report/2021-11..2022-06/530111008/word").status_code == 200
    book = load_workbook(BytesIO(client.get(f"{REPORT}/excel").content))
    rows = {row[6]: row for row in book.worksheets[0].iter_rows(values_only=True)}
    assert rows["dibao_urban_paid"][1] == 1234.5
    assert rows["dibao_urban_persons"][1] == 2


@pytest.mark.django_db
def test_records_ask_no_more_for_more_rows(client: Client, world: World) -> None:
    page = f"{REPORT}/records/dibao_urban_paid"
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for number in range(2, 6):
        award = world.award(Programme.DIBAO, world.household(f"H{number}"))
        world.due(award, "2022-06", 100)
        world.run("2022-06", {award: {"2022-06": 100}})
    with CaptureQueriesContext(connection) as many:
        assert client.get(page).content.decode().count('href="/households/H') == 5
    assert len(many) == len(few)
