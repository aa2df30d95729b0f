"""The envelope of a backup opens as it was closed, and in no other way (R9)."""

from __future__ import annotations

import tracemalloc
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.access.backups import envelope
from doudi.access.backups.envelope import EnvelopeReader, EnvelopeWriter
from doudi.access.backups.parcels import parcels, write_end, write_parcel
from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.promise("R9")

PASSPHRASE = b"a passphrase of a test"
PIECE, TAG = 64, 16


@pytest.fixture(autouse=True, scope="module")
def small_and_cheap() -> Iterator[None]:
    """Pieces of a few bytes, and a passphrase that is cheap to try."""
    patch = pytest.MonkeyPatch()
    patch.setattr(envelope, "PIECE", PIECE)
    patch.setattr(envelope, "_COST", {"n": 2, "r": 1, "p": 1})
    yield
    patch.undo()


def closed(content: bytes) -> bytes:
    file = BytesIO()
    writer = EnvelopeWriter(file, PASSPHRASE)
    for start in range(0, len(content), 50):
        writer.write(content[start : start + 50])
    writer.finish()
    return file.getvalue()


def opened(file: bytes, passphrase: bytes = PASSPHRASE) -> bytes:
    reader = EnvelopeReader(BytesIO(file), passphrase)
    parts = []
    while part := reader.read(37):
        parts.append(part)
    return b"".join(parts)


def refusal(file: bytes, passphrase: bytes = PASSPHRASE) -> str:
    with pytest.raises(Refusal) as refused:
        opened(file, passphrase)
    return refused.value.code


def head_of(file: bytes) -> int:
    start = len(envelope.MAGIC) + 4
    return start + int.from_bytes(file[start - 4 : start], "big")


contents = st.binary(max_size=4 * PIECE) | st.integers(0, 4).map(lambda n: bytes(n * PIECE))


@given(contents)
def test_what_goes_in_comes_out(content: bytes) -> None:
    assert opened(closed(content)) == content


@given(contents, st.data())
def test_a_changed_byte_is_found_out(content: bytes, data: st.DataObject) -> None:
    file = closed(content)
    at = data.draw(st.integers(0, len(file) - 1))
    changed = bytearray(file)
    changed[at] ^= data.draw(st.integers(1, 255))
    assert refusal(bytes(changed)) in {"BAK-FORM", "BAK-PASS", "BAK-CHANGED"}


@given(contents, st.data())
def test_a_file_cut_off_anywhere_is_found_out(content: bytes, data: st.DataObject) -> None:
    file = closed(content)
    assert refusal(file[: data.draw(st.integers(0, len(file) - 1))]) in {"BAK-FORM", "BAK-CHANGED"}


@given(st.binary(min_size=1, max_size=2 * PIECE), st.binary(min_size=1, max_size=3 * PIECE))
def test_a_file_that_goes_on_is_found_out(content: bytes, more: bytes) -> None:
    assert refusal(closed(content) + more) == "BAK-CHANGED"


def test_pieces_in_another_order_are_found_out() -> None:
    file = closed(bytes(range(PIECE)) + bytes(PIECE) + b"end")
    first = head_of(file)
    second = first + PIECE + TAG
    third = second + PIECE + TAG
    moved = file[:first] + file[second:third] + file[first:second] + file[third:]
    assert len(moved) == len(file)
    assert refusal(moved) == "BAK-CHANGED"


def test_a_piece_of_another_backup_is_found_out() -> None:
    one, other = closed(bytes(2 * PIECE)), closed(bytes(2 * PIECE))
    first = head_of(one)
    assert refusal(one[:first] + other[first : first + PIECE + TAG] + one[first + PIECE + TAG :])


def test_a_file_that_ends_with_a_whole_piece_can_not_lose_it() -> None:
    file = closed(bytes(3 * PIECE))
    assert refusal(file[: -PIECE - TAG]) == "BAK-CHANGED"


def test_another_passphrase_is_named() -> None:
    assert refusal(closed(b"something"), b"another passphrase") == "BAK-PASS"


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04", envelope.MAGIC, envelope.MAGIC + b"\xff" * 9])
def test_what_is_no_backup_is_named(file: bytes) -> None:
    assert refusal(file) == "BAK-FORM"


def test_nothing_in_the_clear_is_in_the_file() -> None:
    assert b"Zhang San" not in closed(b"Zhang San" * 20)


@given(st.dictionaries(st.text(min_size=1, max_size=20), st.binary(max_size=300), max_size=5))
def test_parcels_come_out_as_they_went_in(wanted: dict[str, bytes]) -> None:
    file = BytesIO()
    writer = EnvelopeWriter(file, PASSPHRASE)
    for name, content in wanted.items():
        write_parcel(writer, name, [content[:7], b"", content[7:]])
    write_end(writer)
    writer.finish()
    reader = EnvelopeReader(BytesIO(file.getvalue()), PASSPHRASE)
    assert {name: b"".join(blocks) for name, blocks in parcels(reader)} == wanted


def test_memory_does_not_grow_with_the_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "PIECE", 1 << 20)
    block, blocks = bytes(1 << 20), 96

    class Counting(BytesIO):
        """Keeps nothing but how much there was."""

        size = 0

        def write(self, data: object) -> int:
            self.size += len(bytes(data))  # type: ignore[call-overload]
            return 0

    sink = Counting()
    tracemalloc.start()
    writer = EnvelopeWriter(sink, PASSPHRASE)
    write_parcel(writer, "large", (block for _ in range(blocks)))
    write_end(writer)
    writer.finish()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sink.size > blocks << 20
    assert peak < 12 << 20
