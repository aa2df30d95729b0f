"""Reform files are read strictly, and a reform replaces the law for its months alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.policy import FIRST_MONTH, load_rules
from doudi.policy.reform_files import MOST_BYTES, read_reform, reform_from
from doudi.policy.reforms import Change, Reform

if TYPE_CHECKING:
    from pathlib import Path

RULES = load_rules("demo_assumptions")
STANDARD = "dibao.standard"
HEAD = "name: 提标\nreason: 测算\nchanges:\n"


def read(text: str) -> Reform:
    return reform_from(text.encode(), "r.yaml", RULES)


def change(rest: str) -> str:
    return f"{HEAD}  - {{{rest}}}\n"


def test_a_change_names_parameter_months_and_value() -> None:
    reform = read(change(f"path: {STANDARD}, from: 2022-01, to: 2022-06, value: '710.00'"))
    assert (reform.name, reform.reason) == ("提标", "测算")
    assert reform.changes == (Change(STANDARD, Month("2022-01"), 71_000, Month("2022-06")),)
    assert reform.first == "2022-01"


def test_a_month_may_be_written_as_its_first_and_last_day() -> None:
    days = read(change(f"path: {STANDARD}, from: 2022-01-01, to: 2022-06-30, value: '710'"))
    months = read(change(f"path: {STANDARD}, from: 2022-01, to: 2022-06, value: '710.00'"))
    assert days.changes == months.changes


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "REFORM-ONE", "r.yaml"),
        (f"{HEAD} []\n---\n{HEAD} []\n", "REFORM-ONE", "r.yaml:5"),
        ("- a", "YAML-MAP", "r.yaml:1"),
        ("name: a\nreason: b\n", "YAML-MISSING", "changes"),
        (f"{HEAD}  []\n", "REFORM-EMPTY", "r.yaml:4 changes"),
        (f"{HEAD}  a: 1\n", "YAML-LIST", "r.yaml:4 changes"),
        (f"more: 1\n{HEAD} []\n", "YAML-KEY", "r.yaml:1 more"),
        (change("path: dibao.standart, from: 2022-01, value: '1'"), "REFORM-PARAMETER", "r.yaml:4"),
        (change("path: xyzzy, from: 2022-01, value: '1'"), "PARAMETER-UNKNOWN", "r.yaml:4"),
        (change("path: [a], from: 2022-01, value: '1'"), "PARAMETER-UNKNOWN", "changes[0].path"),
        (change(f"path: {STANDARD}, from: 2022-01, value: null"), "REFORM-NULL", "r.yaml:4"),
        (change(f"path: {STANDARD}, from: 2022-01, value: 710"), "YAML-YUAN", "changes[0].value"),
        (change(f"path: {STANDARD}, from: 2022-01, value: '1.001'"), "YAML-YUAN", "r.yaml:4"),
        (change(f"path: {STANDARD}, from: 2022-01, value: '-1'"), "YAML-YUAN", "r.yaml:4"),
        (change("path: dibao.unified, from: 2022-01, value: 1"), "YAML-TRUTH", "r.yaml:4"),
        (change("path: dibao.rounding, from: 2022-01, value: {}"), "YAML-CHOICE", "r.yaml:4"),
        (change(f"path: {STANDARD}, value: '1'"), "YAML-MISSING", "changes[0].from"),
        (change(f"path: {STANDARD}, from: 2022-13, value: '1'"), "YAML-MONTH", "changes[0].from"),
        (change(f"path: {STANDARD}, from: 0001-01-01, value: '1'"), "YAML-MONTH", "r.yaml:4"),
        (change(f"path: {STANDARD}, from: 2022-01-15, value: '1'"), "REFORM-DAY", "r.yaml:4"),
        (change(f"path: {STANDARD}, from: 2014-04, value: '1'"), "REFORM-EARLY", "r.yaml:4"),
        (
            change(f"path: {STANDARD}, from: 2022-02, to: 2022-01, value: '1'"),
            "REFORM-ORDER",
            "changes[0].to",
        ),
        (
            change(f"path: {STANDARD}, from: 2022-01, value: '1'")
            + f"  - {{path: {STANDARD}, from: 2022-01-01, value: '2'}}\n",
            "REFORM-OVERLAP",
            "r.yaml:5 changes[1]",
        ),
        (
            change(f"path: {STANDARD}, from: 2022-01, to: 2022-03, value: '1'")
            + f"  - {{path: {STANDARD}, from: 2022-03, value: '2'}}\n",
            "REFORM-OVERLAP",
            "r.yaml:5 changes[1]",
        ),
        (change(f"path: {STANDARD}, from: 2022-01, from: 2022-02, value: '1'"), "YAML-SYNTAX", "4"),
        (f"{HEAD}  - &a {{path: {STANDARD}}}\n  - *a\n", "REFORM-ALIAS", "r.yaml:4"),
        ("name: !!python/object/apply:os.system [id]\n", "YAML-SYNTAX", "r.yaml"),
        ("name: a\n\0", "YAML-SYNTAX", "r.yaml"),
        (f"name: a\nreason: {'[' * 9}{']' * 9}", "YAML-SIZE", "r.yaml:2"),
        ("[" * 500, "YAML-SIZE", "r.yaml"),
        ("#" * (MOST_BYTES + 1), "YAML-SIZE", "r.yaml"),
        (HEAD.replace("提标", "''") + "  []", "REFORM-EMPTY", "r.yaml"),
        (
            change(f"path: {STANDARD}, from: 2022-01, value: '1'").replace("提标", "字" * 101),
            "REFORM-TEXT",
            "r.yaml:1 name",
        ),
    ],
)
def test_a_fault_is_one_sentence_with_its_line(text: str, code: str, where: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(text)
    assert caught.value.code == code
    assert where in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_parameter_is_answered_with_its_like() -> None:
    with pytest.raises(Refusal, match=r"dibao\.standard、"):
        read(change("path: dibao.standart, from: 2022-01, value: '1'"))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"name: \xb5\xcd"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "r.yaml"
    file.write_bytes(content)
    for place in (file, tmp_path / "none.yaml", tmp_path):
        with pytest.raises(Refusal) as caught:
            read_reform(place, RULES)
        assert caught.value.code == "YAML-READ"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(Refusal):
        reform_from(content, "r.yaml", RULES)


months = st.integers(0, 150).map(FIRST_MONTH.plus)
spans = st.tuples(months, st.none() | st.integers(0, 20), st.integers(1, 90_000))


@settings(max_examples=30)
@given(st.lists(spans, min_size=1, max_size=5, unique_by=lambda each: each[0]), st.randoms())
def test_a_reform_holds_in_its_months_and_the_law_in_all_others(
    drawn: list[tuple[Month, int | None, int]], random: object
) -> None:
    drawn.sort(key=lambda each: each[0])
    changes = []
    for place, (first, more, fen) in enumerate(drawn):
        last = None if more is None else first.plus(more)
        if last is not None and place + 1 < len(drawn):
            last = min(last, drawn[place + 1][0].plus(-1))
        changes.append(Change(STANDARD, first, fen, last))
    shuffled = list(changes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    after = Reform("甲", "乙", tuple(shuffled)).over(RULES)
    for month in FIRST_MONTH.until(FIRST_MONTH.plus(180)):
        begun = [each for each in changes if each.first <= month]
        holds = begun[-1] if begun and (begun[-1].last is None or month <= begun[-1].last) else None
        law = RULES.plain(STANDARD, month.first)
        assert after.plain(STANDARD, month.first) == (holds.value if holds else law)
    others = {path for path in RULES.parameters if path != STANDARD}
    assert all(after.parameters[path] == RULES.parameters[path] for path in others)
