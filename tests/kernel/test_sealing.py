"""A sealed value opens in its own place alone, under the office's keys alone."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.kernel.sealing import (
    Key,
    Keys,
    Suite,
    Unopened,
    blind_index,
    blind_indexes,
    check_value,
    seal,
    unseal,
)

AES = Keys((Key(1, b"a" * 32, Suite.AES),))
SM = Keys((Key(1, b"s" * 32, Suite.SM),))
both = st.sampled_from([AES, SM])
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(words, words, words, both)
def test_what_was_sealed_opens_as_it_was(value: str, purpose: str, place: str, keys: Keys) -> None:
    sealed = seal(value, purpose=purpose, place=place, keys=keys)
    assert unseal(sealed, purpose=purpose, place=place, keys=keys) == value


@given(words, st.tuples(words, words), st.tuples(words, words), both)
def test_a_sealed_value_moved_to_another_row_or_field_does_not_open(
    value: str, there: tuple[str, str], here: tuple[str, str], keys: Keys
) -> None:
    sealed = seal(value, purpose=there[0], place=there[1], keys=keys)
    if there != here:
        with pytest.raises(Unopened):
            unseal(sealed, purpose=here[0], place=here[1], keys=keys)


@given(st.data(), both)
def test_no_bit_of_a_sealed_value_can_be_changed(data: st.DataObject, keys: Keys) -> None:
    raw = bytearray(base64.b64decode(seal("530199", purpose="id", place="1", keys=keys)))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unopened):
        unseal(base64.b64encode(raw).decode(), purpose="id", place="1", keys=keys)


@given(st.text(max_size=60))
def test_any_other_text_does_not_open(text: str) -> None:
    with pytest.raises(Unopened):
        unseal(text, purpose="id", place="1", keys=AES)


def test_the_same_value_sealed_twice_looks_different() -> None:
    assert seal("1", purpose="id", place="1", keys=AES) != seal(
        "1", purpose="id", place="1", keys=AES
    )


def test_another_office_can_not_open_it() -> None:
    sealed = seal("1", purpose="id", place="1", keys=AES)
    with pytest.raises(Unopened):
        unseal(sealed, purpose="id", place="1", keys=Keys((Key(1, b"b" * 32),)))
    with pytest.raises(Unopened, match="version 1"):
        unseal(sealed, purpose="id", place="1", keys=Keys((Key(2, b"a" * 32),)))


def test_old_values_open_after_a_new_key_of_the_other_suite_and_new_ones_use_it() -> None:
    sealed = seal("1", purpose="id", place="1", keys=AES)
    changed = Keys((*AES.keys, Key(2, b"n" * 32, Suite.SM)))
    assert unseal(sealed, purpose="id", place="1", keys=changed) == "1"
    assert base64.b64decode(seal("1", purpose="id", place="1", keys=changed))[0] == 2
    assert blind_index("1", purpose="id", keys=AES) in blind_indexes(
        "1", purpose="id", keys=changed
    )


@given(words, words, both)
def test_the_blind_index_finds_equal_values_and_tells_others_apart(
    one: str, other: str, keys: Keys
) -> None:
    same = blind_index(one, purpose="id", keys=keys) == blind_index(other, purpose="id", keys=keys)
    assert same == (one == other)


def test_the_blind_index_needs_the_key_and_fits_its_column() -> None:
    index = blind_index("530199196001010015", purpose="id", keys=AES)
    assert index != blind_index("530199196001010015", purpose="phone", keys=AES)
    assert index != blind_index("530199196001010015", purpose="id", keys=SM)
    assert len(index) <= 80


def test_a_sealed_number_fits_its_column() -> None:
    assert len(seal("5" * 24, purpose="account", place="x" * 36, keys=AES)) <= 200


def test_the_check_value_knows_the_key_and_prints_nothing_of_it() -> None:
    key = AES.newest
    assert check_value(key) == check_value(Key(1, b"a" * 32)) != check_value(Key(1, b"b" * 32))
    assert "a" * 8 not in repr(key)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Key(1, b"short"),
        lambda: Key(0, b"a" * 32),
        lambda: Key(256, b"a" * 32),
        lambda: Keys(()),
        lambda: Keys((Key(1, b"a" * 32), Key(1, b"b" * 32))),
    ],
)
def test_keys_that_could_not_work_are_not_made(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match="key"):
        make()
