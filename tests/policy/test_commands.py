"""`doudi policy`: calculate a case, test folders, list parameters."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from doudi.doors.cli.main import cli

CASES = Path(__file__).parent / "cases"
CASE = """\
title: A man alone
jurisdiction: "demo_assumptions"
month: 2022-03
household:
  registration: urban
  members:
    - {id: a, relation: head, birth_date: 1980-05-10, sex: M, income: {business: "100.00"}}
expect:
  dibao: {eligible: true, members: 1, amount: "600.00", supplement: "0.00"}
"""
Policy = Callable[..., Result]


@pytest.fixture
def policy() -> Policy:
    """The command in this process; needs no database."""

    def run(*words: object, status: int = 0, language: str = "zh") -> Result:
        given = ["--language", language, "policy", *map(str, words)]
        result = CliRunner().invoke(cli, given, prog_name="doudi")
        assert result.exit_code == status, result.output
        return result

    return run


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_test_counts_what_passed_and_leaves_with_0(policy: Policy, tmp_path: Path) -> None:
    written(tmp_path, CASE)
    assert policy("test", tmp_path).stdout == "1 passed, 0 failed\n"


def test_test_tells_each_difference_in_a_line_and_leaves_with_1(
    policy: Policy, tmp_path: Path
) -> None:
    file = written(tmp_path, CASE.replace("600.00", "600.01"))
    lines = policy("test", tmp_path, status=1).stdout.splitlines()
    assert lines[-1] == "0 passed, 1 failed"
    assert len(lines) == 2
    for part in (str(file), "A man alone", "dibao", "600.01", "600.00"):
        assert part in lines[0]


def test_test_takes_several_folders(policy: Policy) -> None:
    result = policy("test", CASES / "dibao" / "line.yaml", CASES / "children")
    assert result.stdout.endswith(" passed, 0 failed\n")


def test_a_case_without_expectation_tests_nothing_and_is_refused(
    policy: Policy, tmp_path: Path
) -> None:
    written(tmp_path, CASE.split("expect:", maxsplit=1)[0])
    assert "expect" in policy("test", tmp_path, status=2).stderr


@pytest.mark.parametrize("command", ["test", "calculate"])
def test_what_is_not_there_is_one_sentence(policy: Policy, tmp_path: Path, command: str) -> None:
    told = policy(command, tmp_path / "nowhere.yaml", status=2).stderr
    assert len(told.splitlines()) == 1
    assert "nowhere.yaml" in told


def test_json_has_the_shape_of_what_is_expected(policy: Policy, tmp_path: Path) -> None:
    found = json.loads(policy("calculate", written(tmp_path, CASE), "--json").stdout)
    assert found["dibao"] == {
        "eligible": True,
        "members": 1,
        "amount": "600.00",
        "supplement": "0.00",
    }
    assert found["tekun"] == {"a": {"eligible": False, "amount": "0.00"}}
    assert found["dibao_margin"] == {"eligible": False}
    assert found["funeral"] == {"eligible": False, "amount": "0.00"}
    told = found["explanation"]["dibao"]
    assert told["amount"] == "600.00"
    for part in ("facts", "parameters", "articles", "steps"):
        assert told[part]
    assert {"value", "from", "document", "confidence", "status"} <= set(told["parameters"][0])


def test_json_of_several_cases_is_a_list(policy: Policy, tmp_path: Path) -> None:
    found = json.loads(
        policy("calculate", written(tmp_path, f"{CASE}---\n{CASE}"), "--json").stdout
    )
    assert [one["title"] for one in found] == ["A man alone", "A man alone"]


def test_undetermined_says_because(policy: Policy, tmp_path: Path) -> None:
    file = written(tmp_path, CASE.replace("demo_assumptions", "530111"))
    found = json.loads(policy("calculate", file, "--json", language="en").stdout)["dibao"]
    assert found["eligible"] == "undetermined"
    assert found["amount"] is None
    missing = {one["missing"]: one for one in found["because"]}
    assert missing["dibao.standard"]["name"] == "Dibao standard"
    assert "bureau" in missing["dibao.standard"]["supplier"]


def test_calculate_tells_a_person(policy: Policy, tmp_path: Path) -> None:
    told = policy("calculate", written(tmp_path, CASE)).stdout
    assert "应得 600.00 元" in told
    english = policy("calculate", written(tmp_path, CASE), language="en").stdout
    assert "600.00 yuan are due" in english


def test_parameters_are_listed_with_document_confidence_and_status(policy: Policy) -> None:
    lines = policy("parameters", "--on", "2022-03-01").stdout.splitlines()
    row = next(line.split("\t") for line in lines if line.startswith("disability.living\t"))
    assert row[1] == "80.00"
    assert row[5:] == ["L", "凭记忆，待核对", "53"]
    assert len(policy("parameters").stdout.splitlines()) > len(lines)


def test_parameters_of_nowhere_are_refused(policy: Policy) -> None:
    assert "44" in policy("parameters", "--jurisdiction", "44", status=2).stderr
