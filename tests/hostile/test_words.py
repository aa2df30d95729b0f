"""Single words from outside: on a command's line, in an address, in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.access.models import Role
from scripts.fuzz.targets import TARGETS, outcome
from tests.hostile.mutants import TELLING
from tests.registry.build import an_officer

if TYPE_CHECKING:
    from django.test import Client

    from tests.conftest import Door

AWKWARD = [
    "1" + ",234" * 2_000,
    "9" * 5_000,
    "0" * 5_000 + "1",
    "1." + "0" * 5_000,
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "0000H1",
    "9999-12",
    "２０２２-０６",
    "٢٠٢٢-٠٦",
    "\udcff",
    "a\x1b[31mb",
    "{place}",
    "{0.__class__}",
    "%s%n",
    "x" * 100_000,
]
USAGE = 2
"""Exit status of the command-line library, which tells back what was typed."""


@pytest.mark.parametrize("word", [*AWKWARD, *(each.decode("utf-8", "replace") for each in TELLING)])
def test_an_awkward_word_is_read_or_refused_in_a_sentence(word: str) -> None:
    outcome(TARGETS["words"], word.encode("utf-8", "surrogateescape"))


@pytest.mark.django_db
@pytest.mark.parametrize("word", AWKWARD)
def test_an_awkward_argument_of_a_command_is_refused_in_a_sentence(word: str, door: Door) -> None:
    for words in (
        ("report", word, "--area", "530111"),
        ("report", "2022H1", "--area", word),
        ("report", "2022H1", "--area", "530111", "--records", word),
        ("screen", "--area", word),
        ("screen", "--area", "530111", "--month", word),
        ("payroll", "show", word),
        ("payroll", "balance", "--area", word),
        ("journal", "show", "--row", word),
        ("journal", "show", "--row", f"registry_person:{word}"),
        ("explain", word),
    ):
        done = door(*words, status=None)
        assert done.exit_code in (0, 1, 2), words
        assert done.exit_code == USAGE or len(done.output) < 3_000, words


@pytest.fixture
def inside(client: Client, db: None) -> Client:  # noqa: ARG001 - the database has to be there
    """A browser in which an officer is signed in."""
    client.force_login(an_officer("inspector", Role.DISTRICT_INSPECTOR))
    return client


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    period=st.text(min_size=1, max_size=12) | st.just("2022H1"),
    place=st.text(min_size=1, max_size=12) | st.sampled_from(["530111", "六甲街道"]),
)
def test_any_address_of_the_report_is_a_page(inside: Client, period: str, place: str) -> None:
    address = "/".join(quote(each, safe="", errors="replace") for each in (period, place))
    answer = inside.get(f"/report/{address}")
    assert answer.status_code in (200, 400, 404)
