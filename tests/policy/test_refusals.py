"""A case file is read strictly: one sentence names the file, the key's path, and the mending."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from doudi.kernel.refusals import Refusal
from doudi.policy.cases import answer, case_files, read_cases

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
title: A family
jurisdiction: "demo_assumptions"
month: 2022-03
household:
  registration: urban
  members:
    - {id: a, relation: head, birth_date: 1980-05-10, sex: F, income: {wage: "10.00"}}
    - {id: b, relation: spouse, birth_date: 1979-04-11, sex: M, EXTRA}
MORE
"""


def refusal(tmp_path: Path, text: str) -> Refusal:
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        read_cases(file)
    return caught.value


def family(extra: str = "", more: str = "") -> str:
    return GOOD.replace(", EXTRA", f", {extra}" if extra else "").replace("MORE\n", more)


def test_the_model_of_these_tests_is_good(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(family(), encoding="utf-8")
    assert [case.title for case in read_cases(file)] == ["A family"]


@pytest.mark.parametrize(
    ("extra", "code", "path"),
    [
        ("colour: red", "YAML-KEY", "household.members[1].colour"),
        ("income: {wage: 1200}", "YAML-YUAN", "household.members[1].income.wage"),
        ("income: {wage: 12.5}", "YAML-YUAN", "household.members[1].income.wage"),
        ('income: {wage: "1,200.00"}', "YAML-YUAN", "household.members[1].income.wage"),
        ('income: {wage: "-1.00"}', "YAML-YUAN", "household.members[1].income.wage"),
        ('income: {wage: "1.005"}', "YAML-YUAN", "household.members[1].income.wage"),
        ('income: {wage: "１２.00"}', "YAML-YUAN", "household.members[1].income.wage"),
        ('income: {wage: "10000000.01"}', "YAML-MAX", "household.members[1].income.wage"),
        ('income: {wages: "1.00"}', "YAML-KEY", "household.members[1].income.wages"),
        ("income: [1]", "YAML-MAP", "household.members[1].income"),
        ('income: {wage: "1.00"}, income_12_months: {wage: "1.00"}', "CASE-BOTH",
         "household.members[1].income_12_months"),
        ("lives_with: 1", "YAML-TRUTH", "household.members[1].lives_with"),
        ('lives_with: "true"', "YAML-TRUTH", "household.members[1].lives_with"),
        ("absent: away", "YAML-CHOICE", "household.members[1].absent"),
        ("student: kindergarten", "YAML-CHOICE", "household.members[1].student"),
        ("disability: {category: physical, grade: 5}", "YAML-COUNT",
         "household.members[1].disability.grade"),
        ("disability: {category: physical, grade: 0}", "YAML-COUNT",
         "household.members[1].disability.grade"),
        ("disability: {category: limb, grade: 1}", "YAML-CHOICE",
         "household.members[1].disability.category"),
        ("disability: {category: physical}", "CASE-WHOLE", "household.members[1].disability"),
        ("disability: [{category: mental, grade: 1, valid_from: 2022-02-01, valid_to: 2022-01-01}]",
         "CASE-PERIOD", "household.members[1].disability[0].valid_to"),
        ("self_care_unmet: 7", "YAML-COUNT", "household.members[1].self_care_unmet"),
        ("self_care_unmet: -1", "YAML-COUNT", "household.members[1].self_care_unmet"),
        ("self_care_unmet: true", "YAML-COUNT", "household.members[1].self_care_unmet"),
        ("death_date: 1979-04-10", "CASE-ORDER", "household.members[1].death_date"),
        ("death_date: 2022-02-30", "YAML-DATE", "household.members[1].death_date"),
        ("supporters: rich", "YAML-CHOICE", "household.members[1].supporters"),
        ("supporters: [{status: dibao}]", "YAML-MISSING", "household.members[1].supporters[0].age"),
        ("supporters: [{age: 200}]", "YAML-COUNT", "household.members[1].supporters[0].age"),
        ("parents: {uncle: {status: dead}}", "YAML-KEY", "household.members[1].parents.uncle"),
        ("parents: {father: {status: gone}}", "YAML-CHOICE",
         "household.members[1].parents.father.status"),
        ("receives: {nursing_allowance: 5}", "YAML-YUAN",
         "household.members[1].receives.nursing_allowance"),
        ("holds: dibao", "YAML-LIST", "household.members[1].holds"),
        ("holds: [pension]", "YAML-CHOICE", "household.members[1].holds[0]"),
        ("work: {employed: maybe}", "YAML-TRUTH", "household.members[1].work.employed"),
    ],
)  # fmt: skip
def test_a_member_is_refused_by_its_path(tmp_path: Path, extra: str, code: str, path: str) -> None:
    found = refusal(tmp_path, family(extra))
    assert found.code == code
    assert f"case.yaml {path}" in found.sentence()
    assert "\n" not in found.sentence()


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("title: A family\n", "", "YAML-MISSING", "title"),
        ("month: 2022-03", "month: 2022-13", "YAML-MONTH", "month"),
        ("month: 2022-03", "month: 2022-03-01", "YAML-MONTH", "month"),
        ("month: 2022-03\n", "", "YAML-MISSING", "month"),
        ('"demo_assumptions"', "530111", "YAML-TEXT", "jurisdiction"),
        ("registration: urban", "registration: town", "YAML-CHOICE", "household.registration"),
        ("birth_date: 1980-05-10", "birth_date: 1880-05-10", "CASE-AGE", "members[0].birth_date"),
        ("birth_date: 1980-05-10", "birth_date: May", "YAML-DATE", "members[0].birth_date"),
        (", birth_date: 1980-05-10", "", "YAML-MISSING", "members[0].birth_date"),
        ("relation: head", "relation: boss", "YAML-CHOICE", "members[0].relation"),
        ("relation: head", "relation: child", "CASE-HEAD", "household.members"),
        ("relation: spouse", "relation: head", "CASE-HEAD", "household.members"),
        ("id: b", "id: a", "CASE-SAME-KEY", "members[1].id"),
        ("sex: F", "sex: X", "YAML-CHOICE", "members[0].sex"),
        ("registration: urban", "registration: urban\n  property: {cars: 1}", "YAML-KEY",
         "household.property.cars"),
        ("registration: urban", "registration: urban\n  property: {financial: 1}", "YAML-YUAN",
         "household.property.financial"),
        ("MORE\n", "colour: red\n", "YAML-KEY", "colour"),
        ("MORE\n", "parameters: {dibao.standrd: '700.00'}\n", "PARAMETER-UNKNOWN",
         "parameters.dibao.standrd"),
        ("MORE\n", "parameters: {dibao.standard: 700}\n", "YAML-YUAN",
         "parameters.dibao.standard"),
        ("MORE\n", "parameters: {dibao.rounding: nearest}\n", "YAML-CHOICE",
         "parameters.dibao.rounding"),
        ("MORE\n", "parameters: {dibao.property.dwellings: -1}\n", "YAML-COUNT",
         "parameters.dibao.property.dwellings"),
        ("MORE\n", "event: {kind: illness, months: 1}\n", "YAML-MISSING",
         "event.persons_assisted"),
        ("MORE\n", "event: {kind: illness, persons_assisted: 0, months: 1}\n", "YAML-COUNT",
         "event.persons_assisted"),
        ("MORE\n", "deceased: {member: z, registration: '530111'}\n", "CASE-NOBODY",
         "deceased.member"),
        ("MORE\n", "deceased: {member: a, registration: here}\n", "YAML-TEXT",
         "deceased.registration"),
        ("MORE\n", "expect: {pension: {eligible: true}}\n", "YAML-KEY", "expect.pension"),
        ("MORE\n", "expect: {dibao: {eligible: 1}}\n", "YAML-CHOICE", "expect.dibao.eligible"),
        ("MORE\n", "expect: {dibao: {amount: 1}}\n", "YAML-YUAN", "expect.dibao.amount"),
        ("MORE\n", "expect: {tekun: {z: {eligible: true}}}\n", "CASE-NOBODY", "expect.tekun.z"),
        ("MORE\n", "expect: {tekun: {a: {members: 1}}}\n", "YAML-KEY", "expect.tekun.a.members"),
    ],
)  # fmt: skip
def test_a_file_is_refused_by_its_path(
    tmp_path: Path, old: str, new: str, code: str, path: str
) -> None:
    text = GOOD.replace(", EXTRA", "").replace(old, new).replace("MORE\n", "")
    found = refusal(tmp_path, text)
    assert found.code == code
    assert path in found.sentence()


def test_a_month_before_the_law_is_refused_when_it_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(family().replace("2022-03", "2014-04"), encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        answer(read_cases(file)[0])
    assert caught.value.code == "RULES-EARLY"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"title: [", "YAML-SYNTAX"),
        (b"title: A\ntitle: B\n", "YAML-SYNTAX"),
        (b"- 1\n", "YAML-MAP"),
        (b"", "CASE-EMPTY"),
        (b"---\n---\n", "CASE-EMPTY"),
        (b"\xff\xfe\x00", "YAML-READ"),
        (b"a: &a [*a, *a]\n", "YAML-SYNTAX"),
        (b"a: !!python/object/apply:os.system [id]\n", "YAML-SYNTAX"),
        (b"title: 2022-99-99\n", "YAML-MISSING"),
        (b"[" * 100_000, "YAML-SYNTAX"),
        (b"#" * 2_000_001, "YAML-SIZE"),
    ],
)
def test_what_is_no_case_file_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "case.yaml"
    file.write_bytes(content)
    with pytest.raises(Refusal) as caught:
        read_cases(file)
    assert caught.value.code == code


def test_the_document_of_a_file_of_several_is_named(tmp_path: Path) -> None:
    found = refusal(tmp_path, family() + "---\n" + family("colour: red"))
    assert "case.yaml #2 household.members[1].colour" in found.sentence()


def test_a_folder_without_cases_and_no_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as empty:
        case_files(tmp_path)
    with pytest.raises(Refusal) as nowhere:
        case_files(tmp_path / "nowhere")
    assert (empty.value.code, nowhere.value.code) == ("CASE-NONE", "CASE-FOLDER")
