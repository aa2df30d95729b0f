"""Identity numbers are read as clerks write them, and no wrong one gets through."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.kernel.id_numbers import (
    FICTIONAL_REGION,
    IdNumber,
    fictional_id_number,
    masked_id_number,
    read_id_number,
)
from doudi.kernel.refusals import Refusal, Severity
from doudi.kernel.vocabulary import Sex
from tests.kernel.answers import answer

ON = date(2022, 6, 30)
GOOD = fictional_id_number(date(1960, 1, 1), 1)
FULL_WIDTH = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")

births = st.dates(min_value=date(1900, 1, 1), max_value=ON)
numbers = st.builds(fictional_id_number, births, st.integers(0, 999))


def with_check_digit(stem: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(stem, weights, strict=True))
    return stem + "10X98765432"[total % 11]


def code_of(text: str) -> str:
    with pytest.raises(Refusal) as refused:
        read_id_number(text, ON)
    assert text[6:17] not in str(refused.value) or len(text) < 7
    return refused.value.code


def codes(read: IdNumber) -> list[str]:
    return [f"{notice.severity} {notice.code}" for notice in read.notices]


@given(births, st.integers(0, 999))
def test_a_right_number_tells_birth_and_sex_and_needs_no_notice(birth: date, order: int) -> None:
    read = read_id_number(fictional_id_number(birth, order), ON)
    assert read.birth_date == birth
    assert read.sex == (Sex.MALE if order % 2 else Sex.FEMALE)
    assert {notice.code for notice in read.notices} <= {"ID-XLNUM"}
    assert read.is_fictional


@given(numbers)
def test_the_check_digit_is_that_of_the_standard(number: str) -> None:
    assert with_check_digit(number[:17]) == number


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_no_single_mistyped_character_gets_through(number: str, place: int, typed: str) -> None:
    wrong = number[:place] + typed + number[place + 1 :]
    if wrong != number:
        with pytest.raises(Refusal):
            read_id_number(wrong, ON)


@given(numbers, st.integers(6, 15))
def test_no_two_neighbours_swapped_get_through(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(Refusal):
            read_id_number(swapped, ON)


@given(st.text(max_size=22) | st.text("0123456789xX -", min_size=15, max_size=19))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    read, code = answer(lambda: read_id_number(text, ON))
    assert code.startswith("ID-") if read is None else len(read.number) == 18


@given(numbers)
def test_the_same_number_in_full_width_or_with_blanks_is_the_same(number: str) -> None:
    assert read_id_number(number.translate(FULL_WIDTH), ON).number == number
    assert read_id_number(f"\ufeff'{number[:6]} {number[6:14]}-{number[14:]} ", ON).number == number
    assert read_id_number(number.lower(), ON).number == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD[:17] + ("0" if GOOD[17] != "0" else "1"), "ID-CHK"),
        (with_check_digit("53011120990101001"), "ID-FUTURE"),
        (with_check_digit("53011118500101001"), "ID-AGE"),
        (with_check_digit("53011119601301001"), "ID-DATE"),
        (with_check_digit("53011119600431001"), "ID-DATE"),
        (GOOD[:3] + "٣" + GOOD[4:], "ID-CHAR"),
        (GOOD[:3] + "²" + GOOD[4:], "ID-CHAR"),
        (GOOD[:3] + "X" + GOOD[4:], "ID-CHAR"),
        ("H12345678", "ID-CHAR"),
        (GOOD[:17], "ID-LEN"),
        (GOOD + "1", "ID-LEN"),
        ("", "ID-LEN"),
        ("5.30111E+17", "ID-XLNUM"),
        ("530111196001010000", "ID-XLNUM"),
        (f"{GOOD}.0", "ID-XLNUM"),
        ("111111111111111111", "ID-FAKE"),
        ("000000000000000000", "ID-FAKE"),
        ("123456789012345678", "ID-FAKE"),
    ],
)
def test_a_wrong_number_is_refused_by_its_own_code(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        (GOOD.translate(FULL_WIDTH), ["N ID-WIDTH"]),
        (f" {GOOD}", ["N ID-TRIM"]),
        ("530111600101001", ["W ID-15"]),
        (with_check_digit("99999919600101001"), ["W ID-AREA"]),
        (with_check_digit("53011119600101001"), []),
    ],
)
def test_what_is_repaired_or_unsure_is_told(text: str, notices: list[str]) -> None:
    assert codes(read_id_number(text, ON)) == notices


def test_a_small_x_is_made_large_and_told() -> None:
    number = next(
        number
        for number in (fictional_id_number(date(1960, 1, 1), order) for order in range(100))
        if number.endswith("X")
    )
    read = read_id_number(number.lower(), ON)
    assert (read.number, codes(read)) == (number, ["N ID-CASE"])


def test_a_right_number_that_ends_in_three_zeros_is_only_doubted() -> None:
    number = next(
        number
        for number in (
            with_check_digit(f"5301111960{month:02d}{day:02d}{hundred}00")
            for month in range(1, 13)
            for day in range(1, 29)
            for hundred in range(1, 10)
        )
        if number.endswith("000")
    )
    assert codes(read_id_number(number, ON)) == ["W ID-XLNUM"]


def test_the_right_check_digit_is_told_to_nobody() -> None:
    wrong = GOOD[:17] + ("0" if GOOD[17] != "0" else "1")
    with pytest.raises(Refusal) as refused:
        read_id_number(wrong, ON)
    assert not any(character.isdigit() for character in str(refused.value))


def test_a_number_prints_masked() -> None:
    read = read_id_number(with_check_digit("53011119600101042"), ON)
    assert str(read) == read.masked() == "530111********" + read.number[14:]
    assert masked_id_number("") == ""


def test_somebody_born_on_the_day_itself_is_taken_and_a_day_later_not() -> None:
    number = fictional_id_number(ON, 1)
    assert read_id_number(number, ON).birth_date == ON
    with pytest.raises(Refusal):
        read_id_number(number, date(2022, 6, 29))


def test_the_region_of_made_up_people_never_was() -> None:
    real_looking = with_check_digit("53019819600101001")
    assert codes(read_id_number(real_looking, ON)) == ["W ID-AREA"]
    assert FICTIONAL_REGION == "530199"
    assert not read_id_number(real_looking, ON).is_fictional
    assert all(n.severity == Severity.WARNING for n in read_id_number(real_looking, ON).notices)
