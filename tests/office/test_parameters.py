"""The parameters of a month as a page: value, document, how sure, what is unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from doudi.policy import load_rules

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_every_parameter_of_the_place_stands_with_its_document(client: Client) -> None:
    page = client.get("/parameters/?place=530111&month=2022-06").content.decode()
    rules = load_rules("530111")
    assert set(re.findall(r"<th scope=\"row\">[^<]*<code>([^<]+)</code>", page)) == set(
        rules.parameters
    )
    assert "《" in page


def test_what_nobody_has_found_is_said_to_be_unknown_and_who_could_say(client: Client) -> None:
    page = client.get("/parameters/?place=530111&month=2022-06&status=unknown").content.decode()
    assert "未查到" in page
    assert "请向" in page


def test_the_demo_s_assumptions_are_marked_as_assumed(client: Client) -> None:
    page = client.get("/parameters/?place=demo_assumptions&month=2022-06&status=assumed")
    assert "假定，不是规定" in page.content.decode()


def test_a_month_that_is_none_is_said_in_a_sentence(client: Client) -> None:
    answer = client.get("/parameters/?month=juni")
    assert answer.status_code == 400
    assert "不是月份" in answer.content.decode()
