"""Names keep every rare character; what is no name, or not to be seen, is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.kernel.names import _NO_NAME, DOT, masked_name, outside_gbk, read_name
from doudi.kernel.refusals import Refusal
from doudi.kernel.text import clean_text
from tests.kernel.answers import answer

han = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("䶮㼆𬱖\U00031350"),
    min_size=2,
    max_size=15,
).filter(lambda name: name not in _NO_NAME)


@given(han)
def test_a_name_of_han_characters_is_kept_as_it_is(name: str) -> None:
    assert (read_name(name).text, read_name(name).notices) == (name, ())


@given(han, han, st.sampled_from("•‧・．.●"))
def test_every_kind_of_dot_becomes_the_one_dot(one: str, other: str, dot: str) -> None:
    read = read_name(one + dot + other)
    assert read.text == one + DOT + other
    assert read.notices[0].code == "NAME-DOT"


@given(st.text(max_size=70))
def test_any_text_is_a_name_or_a_refusal_and_reading_it_again_changes_nothing(text: str) -> None:
    read, code = answer(lambda: read_name(text))
    if read is None:
        assert code in {"NAME-EMPTY", "NAME-PUA", "TXT-CTRL", "TXT-LEN"}
    else:
        assert read_name(read.text).text == read.text
        assert len(read.text) <= 60


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "NAME-EMPTY"),
        (" \u3000", "NAME-EMPTY"),
        ("无", "NAME-EMPTY"),
        ("不详", "NAME-EMPTY"),
        ("张\ue81e", "NAME-PUA"),
        ("张\x00三", "TXT-CTRL"),
        ("张\x0b三", "TXT-CTRL"),
        ("张\ud800", "TXT-CTRL"),
        ("张😀", "TXT-CTRL"),
        ("张\u200b三", "TXT-CTRL"),
        ("张" * 61, "TXT-LEN"),
    ],
)
def test_what_is_no_name_is_refused_by_its_own_code(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_name(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "kept", "code"),
    [
        ("张三1", "张三1", "NAME-DIGIT"),
        ("张三ａ", "张三ａ", "NAME-DIGIT"),
        ("张", "张", "NAME-LEN"),
        ("张" * 30, "张" * 30, "NAME-LEN"),
        ("张\u3000三", "张三", "NAME-TRIM"),
    ],
)
def test_an_unusual_name_is_kept_and_told(text: str, kept: str, code: str) -> None:
    read = read_name(text)
    assert (read.text, [notice.code for notice in read.notices]) == (kept, [code])


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{7*7}}", "=HYPERLINK(1)", "'; DROP TABLE x", "Müller"]
)
def test_text_that_would_be_code_elsewhere_is_text_here(text: str) -> None:
    assert read_name(text).text == text


def test_a_full_stop_in_a_latin_name_stays_one() -> None:
    assert read_name("J. Smith").text == "J. Smith"


def test_a_masked_name_shows_the_first_character_alone() -> None:
    assert [masked_name(name) for name in ("张三", "欧阳娜娜", "张", "")] == [
        "张*",
        "欧**",
        "张*",
        "",
    ]


def test_characters_that_a_bank_file_in_gbk_lacks_are_named() -> None:
    assert outside_gbk("𬱖䶮龙") == "𬱖䶮"
    assert outside_gbk("张三") == ""


def test_a_note_keeps_its_lines_and_loses_the_blanks_around() -> None:
    assert clean_text("\ufeff 一行\r\n二行\r三行 ") == "一行\n二行\n三行"


@pytest.mark.parametrize(
    ("text", "code"), [("字" * 2001, "TXT-LEN"), ("a\x00", "TXT-CTRL"), ("a\u202eb", "TXT-CTRL")]
)
def test_a_note_too_long_or_not_to_be_seen_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        clean_text(text)
    assert refused.value.code == code


@given(st.text(max_size=200))
def test_cleaned_text_is_clean(text: str) -> None:
    cleaned, code = answer(lambda: clean_text(text))
    if cleaned is None:
        assert code == "TXT-CTRL"
    else:
        assert clean_text(cleaned) == cleaned
        cleaned.encode("utf-8")
        assert "\x00" not in cleaned
