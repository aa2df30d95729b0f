"""Phones and bank accounts are brought into one form, and mistakes found by their own checks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from doudi.kernel.bank_accounts import masked_account, read_bank_account
from doudi.kernel.phones import Phone, masked_phone, read_phone
from doudi.kernel.refusals import Refusal
from tests.kernel.answers import answer

digits = st.characters(min_codepoint=48, max_codepoint=57)


@st.composite
def cards(draw: st.DrawFn) -> str:
    body = "62" + draw(st.text(digits, min_size=13, max_size=16))
    return body + luhn.calc_check_digit(body)


@given(cards())
def test_a_right_card_is_taken_however_it_is_spaced(card: str) -> None:
    assert read_bank_account(card).notices == ()
    spaced = read_bank_account(f"{card[:4]} {card[4:8]} {card[8:]}")
    assert (spaced.number, spaced.notices[0].code) == (card, "ACC-TRIM")


@given(cards(), st.integers(2, 15), digits)
def test_no_single_mistyped_digit_of_a_card_gets_through(card: str, place: int, typed: str) -> None:
    wrong = card[:place] + typed + card[place + 1 :]
    if wrong != card:
        with pytest.raises(Refusal) as refused:
            read_bank_account(wrong)
        assert refused.value.code in {"ACC-LUHN", "ACC-XLNUM"}
        assert wrong not in str(refused.value)


@given(st.text(max_size=26) | st.text(digits, max_size=26))
def test_any_text_is_an_account_or_a_refusal(text: str) -> None:
    account, code = answer(lambda: read_bank_account(text))
    assert code.startswith("ACC-") if account is None else 13 <= len(account.number) <= 24


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("6222020200112233445", "ACC-LUHN"),
        ("123456789012", "ACC-LEN"),
        ("1" * 25, "ACC-LEN"),
        ("62220202A0112233445", "ACC-LEN"),
        ("", "ACC-LEN"),
        ("6.22202E+18", "ACC-XLNUM"),
        ("6222020200112233445.0", "ACC-XLNUM"),
        ("6222020200112230000", "ACC-XLNUM"),
    ],
)
def test_a_wrong_account_is_refused_by_its_own_code(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_bank_account(text)
    assert refused.value.code == code


def test_a_passbook_without_a_check_digit_is_taken_for_two_to_check() -> None:
    read = read_bank_account("12345678901234567")
    assert [(notice.severity, notice.code) for notice in read.notices] == [("W", "ACC-BOOK")]


def test_an_account_is_shown_by_its_last_four_digits() -> None:
    assert read_bank_account("12345678901234567").masked() == "*************4567"
    assert masked_account("123") == "123"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800000000", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("0871-67310000", "087167310000"),
        ("（0871）6731 0000", "087167310000"),
        ("010-62310000", "01062310000"),
    ],
)
def test_a_phone_number_is_brought_into_one_form(text: str, number: str) -> None:
    read = read_phone(text)
    assert read.number == number
    assert bool(read.notices) == (text != number)


@pytest.mark.parametrize(
    "text", ["1380000000", "138000000000", "12800000000", "67310000", "", "电话", "1380000000a"]
)
def test_what_is_no_phone_number_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_phone(text)
    assert refused.value.code == "PHONE"


@given(st.text(max_size=20))
def test_any_text_is_a_phone_or_a_refusal(text: str) -> None:
    phone, code = answer(lambda: read_phone(text))
    if phone is None:
        assert code == "PHONE"
    else:
        assert read_phone(phone.number) == Phone(phone.number)


def test_a_phone_number_is_shown_by_its_ends() -> None:
    assert read_phone("13812345678").masked() == masked_phone("13812345678") == "138****5678"
