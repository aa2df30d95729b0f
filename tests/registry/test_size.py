"""The number of statements does not depend on the number of households."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.access.queries import find_area
from doudi.kernel.months import Month
from doudi.kernel.vocabulary import Relation
from doudi.registry import queries
from doudi.registry.actions import record_circumstances
from doudi.registry.statements import Statement
from tests.registry.build import START, a_household, a_person, day, moment, state, the_system

pytestmark = pytest.mark.django_db


def people(number: int) -> list[int]:
    """So many households of two, with an income each; the ids of their heads."""
    heads = []
    for _ in range(number):
        head = a_person()
        a_household(head, (a_person(born="2010-01-01"), Relation.CHILD))
        state(head, "income", kind="wage", amount_fen=100, months=1, valid_from="2021-01-01")
        heads.append(head.pk)
    return heads


def statements_of(*heads: int) -> list[Statement]:
    values = {"kind": "wage", "amount_fen": 200, "months": 1}
    return [Statement(head, values, day("2022-03-01"), None, "台账") for head in heads]


def counted(number: int) -> dict[str, int]:
    """Statements that each of our bulk functions makes when there are so many more households."""
    heads = people(number)
    area, since, at = find_area("六甲街道"), START, moment("2022-03-05")
    made = {}
    with CaptureQueriesContext(connection) as asked:
        record_circumstances(
            "income", statements=statements_of(*heads), actor=the_system(), at=at, why="导入",
            revise=True,
        )  # fmt: skip
    made["record"] = len(asked)
    with CaptureQueriesContext(connection) as asked:
        queries.facts(area, Month("2022-03"), at)
    made["facts"] = len(asked)
    with CaptureQueriesContext(connection) as asked:
        queries.touched_since(area, since, at)
    made["news"] = len(asked)
    with CaptureQueriesContext(connection) as asked:
        queries.current_accounts(heads, day("2022-03-01"), at)
    made["accounts"] = len(asked)
    return made


def test_statements_are_as_many_for_thirty_households_as_for_two() -> None:
    people(1)
    assert counted(2) == counted(30)
