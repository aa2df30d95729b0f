"""Parameters: from the nation down, each with its paper; a new city is a new folder."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from doudi.kernel.months import Month
from doudi.kernel.refusals import Refusal
from doudi.policy import YES, Facts, determine, load_rules
from doudi.policy.values import Status

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2022, 3, 1)
ALONE = Facts(
    household=np.zeros(1, dtype=np.int64),
    households=1,
    persons={"relation": np.array([1]), "birth_date": np.array([5_000])},
)


def folder(tmp_path: Path, name: str, head: str, **files: str) -> Path:
    place = tmp_path / name
    place.mkdir()
    (place / "jurisdiction.yaml").write_text(head, encoding="utf-8")
    for file, text in files.items():
        (place / f"{file}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


GOOD = {"value": "640.00", "document": "x", "confidence": "H", "status": "official"}


def one_value(path: str = "dibao.standard", day: str = "2020-01-01", **other: object) -> str:
    """A file of one value, in JSON, which is YAML; `...` leaves a key out."""
    value = {key: own for key, own in {**GOOD, **other}.items() if own is not ...}
    text = json.dumps({path: {"values": {day: value}}}, ensure_ascii=False)
    return text.replace(f'"{day}"', day)


QUJING = '{code: "5303", name: {zh: 曲靖市, en: Qujing}, above: "53"}'
STANDARD = """\
dibao.standard:
  values:
    2020-01-01: {value: "640.00", document: 曲靖2020年标准, confidence: H, status: official}
"""


def test_a_new_city_is_a_new_folder_and_no_code(tmp_path: Path) -> None:
    more = "{" + one_value("dibao.rounding", value="yuan_ceil")[1:-1] + ","
    more += one_value("dibao.minimum_share", value="0")[1:]
    office = folder(tmp_path, "5303", QUJING, standard=STANDARD, more=more)
    rules = load_rules("530302", folders=[office])
    assert rules.levels == ("CN", "53", "5303")
    result = determine(ALONE, Month("2022-03"), rules)
    assert result["dibao"].state[0] == YES
    assert result["dibao"].amount[0] == 640_00


def test_a_lower_level_overrides_from_its_first_day_on() -> None:
    guandu = load_rules("530111")
    assert guandu.plain("dibao.standard", date(2018, 6, 30)) is None
    assert guandu.plain("dibao.standard", date(2018, 7, 1)) == 590_00
    assert guandu.plain("dibao.standard", DAY) is None
    assert guandu.plain("disability.living", DAY) == 80_00
    assert guandu.value("disability.living", DAY).jurisdiction == "53"
    assert guandu.value("tekun.age_old", DAY).jurisdiction == "CN"


def test_whatever_the_demo_adds_is_said_to_be_assumed() -> None:
    demo = load_rules("demo_assumptions")
    added = [
        value
        for parameter in demo.parameters.values()
        for value in parameter.values
        if value.jurisdiction == "demo_assumptions"
    ]
    assert added
    assert {value.status for value in added} == {Status.ASSUMED}


def test_the_nation_leaves_the_share_of_recoveries_open_and_the_demo_assumes_it() -> None:
    assert load_rules("530111").plain("recovery.share", DAY) is None
    assert load_rules("demo_assumptions").plain("recovery.share", DAY) == 3000


def test_overrides_hold_for_all_time_and_change_the_fingerprint() -> None:
    plain = load_rules("demo_assumptions")
    other = load_rules("demo_assumptions", {"dibao.standard": "720.00"})
    assert other.plain("dibao.standard", date(2015, 1, 1)) == 720_00
    assert other.fingerprint(Month("2022-03")) != plain.fingerprint(Month("2022-03"))
    assert plain.fingerprint(Month("2022-03")) == plain.fingerprint(Month("2022-04"))


def test_rules_are_read_once() -> None:
    assert load_rules("530111") is load_rules("530111")


def test_an_unknown_jurisdiction_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refusal) as caught:
        load_rules("44")
    assert caught.value.code == "JURISDICTION-UNKNOWN"
    assert "530111" in caught.value.sentence()


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (one_value("dibao.standrd"), "PARAMETER-UNKNOWN", "dibao.standrd"),
        (one_value(value=640), "YAML-YUAN", "5303/bad.yaml dibao.standard.2020-01-01"),
        (one_value(value="2000000.00"), "YAML-MAX", "dibao.standard.2020-01-01"),
        (one_value(value=...), "YAML-MISSING", "dibao.standard.values.2020-01-01.value"),
        (one_value(document=...), "YAML-MISSING", "dibao.standard.values.2020-01-01.document"),
        (one_value(confidence="X"), "YAML-CHOICE", "confidence"),
        (one_value(status="sure"), "YAML-CHOICE", "status"),
        (one_value(value=None), "PARAMETER-STATUS", "status"),
        (one_value(status="unknown"), "PARAMETER-STATUS", "status"),
        (one_value(day="soon"), "YAML-DATE", "soon"),
        (one_value(worth=1), "YAML-KEY", "worth"),
        (one_value("dibao.rounding", value="up"), "YAML-CHOICE", "dibao.rounding"),
        (one_value("dibao.unified", value="yes"), "YAML-TRUTH", "dibao.unified"),
        (one_value("dibao.supplement.old", value="11"), "YAML-SHARE", "dibao.supplement.old"),
        (one_value("tekun.grades", value={"limb": 1}), "YAML-GRADES", "tekun.grades"),
        (one_value("tekun.grades", value={"vision": 5}), "YAML-GRADES", "tekun.grades"),
        (one_value("tekun.schooling", value="senior"), "YAML-WORDS", "tekun.schooling"),
        (one_value("dibao.property.dwellings", value="1"), "YAML-COUNT", "dwellings"),
        ("dibao.standard: {values: {}}", "PARAMETER-DATED", "dibao.standard.values"),
        ("dibao.standard: {worth: 1}", "YAML-KEY", "dibao.standard.worth"),
        ("dibao.standard: {unit: shells, values: {}}", "PARAMETER-UNIT", "unit"),
        ("dibao.standard: {title: x, values: {2020-01-01: {}}}", "YAML-MAP", "title"),
        (
            "dibao.standard: {title: {zh: x}, values: {2020-01-01: {}}}",
            "PARAMETER-BILINGUAL",
            "title",
        ),
        ("[1]", "YAML-MAP", "bad.yaml"),
        ("1: {}", "YAML-TEXT", "bad.yaml"),
        ("a: [", "YAML-SYNTAX", "bad.yaml"),
        ("a: 1\na: 2", "YAML-SYNTAX", "bad.yaml"),
    ],
)
def test_a_malformed_file_is_refused_by_file_and_key(
    tmp_path: Path, text: str, code: str, where: str
) -> None:
    office = folder(tmp_path, "5303", QUJING, bad=text)
    with pytest.raises(Refusal) as caught:
        load_rules("5303", folders=[office])
    assert caught.value.code == code
    assert where in caught.value.sentence()


def test_levels_that_stand_on_each_other_are_refused(tmp_path: Path) -> None:
    folder(tmp_path, "x", "{code: x, name: {zh: 甲, en: x}, above: y}")
    folder(tmp_path, "y", "{code: y, name: {zh: 乙, en: y}, above: x}")
    with pytest.raises(Refusal) as caught:
        load_rules("x", folders=[tmp_path])
    assert caught.value.code == "PARAMETER-CIRCLE"


def test_an_area_is_covered_by_its_district() -> None:
    rules = load_rules("530111")
    assert rules.covers("530111008004")
    assert not rules.covers("530112")
    assert load_rules("5301").covers("530112")


def test_plain_values_can_be_written_as_json() -> None:
    rules = load_rules("demo_assumptions")
    assert json.dumps([rules.plain(path, DAY) for path in rules.parameters])
