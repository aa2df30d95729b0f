"""Every case file agrees with the rules, and says where its expectation comes from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from doudi.policy.cases import Case, case_files, differences, read_cases

CASES = Path(__file__).parent / "cases"


def cases_below(*folders: Path) -> list[Case]:
    return [case for folder in folders for file in case_files(folder) for case in read_cases(file)]


OURS = cases_below(CASES)
OTHERS = [Path(name) for name in os.environ.get("DOUDI_CASES", "").split(os.pathsep) if name]


@pytest.mark.parametrize("case", OURS, ids=lambda case: case.title)
def test_the_rules_give_what_the_case_expects(case: Case) -> None:
    assert case.expect
    assert differences(case) == []


def test_cases_of_other_folders_agree_too() -> None:
    assert {case.title: differences(case) for case in cases_below(*OTHERS)} == {
        case.title: [] for case in cases_below(*OTHERS)
    }


def test_every_case_says_where_its_expectation_comes_from() -> None:
    assert [case.title for case in OURS if not case.source] == []


def test_titles_tell_cases_of_a_file_apart() -> None:
    named = [(case.file.split(" #")[0], case.title) for case in OURS]
    assert len(named) == len(set(named))


def test_there_are_enough_of_them() -> None:
    assert len(OURS) >= 80
