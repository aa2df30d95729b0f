"""Parcels (件) in the stream of a backup: a name, then its content in blocks of any size. Pure.

No size need be known beforehand, as a tar file would ask for, and nothing but a name is said of a
file: no owner, no rights, no link that could point somewhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from doudi.access.backups.envelope import changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLOCK = 1 << 18
"""Bytes of a block, at most; more is cut up."""
_LENGTH = 4
_LONGEST_NAME = 4096


class Sink(Protocol):
    """What parcels are written into."""

    def write(self, data: bytes) -> None:
        """Add to the stream."""


class Source(Protocol):
    """What parcels are read from."""

    def read(self, count: int) -> bytes:
        """The next bytes, fewer only at the end."""


def write_parcel(sink: Sink, name: str, blocks: Iterable[bytes]) -> int:
    """Write one parcel; answers how many bytes its content has."""
    _write_block(sink, name.encode("utf-8"))
    total = 0
    for block in blocks:
        for start in range(0, len(block), BLOCK):
            part = bytes(block[start : start + BLOCK])
            _write_block(sink, part)
            total += len(part)
    _write_block(sink, b"")
    return total


def write_end(sink: Sink) -> None:
    """Say that no parcel follows."""
    _write_block(sink, b"")


def parcels(source: Source) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each parcel's name and its blocks; what a caller leaves of the blocks is passed over.

    Refuses BAK-CHANGED a stream that ends too early, goes on too long, or is of another form.
    """
    while name := _read_block(source, _LONGEST_NAME):
        blocks = _blocks(source)
        yield name.decode("utf-8"), blocks
        for _ in blocks:
            pass
    if source.read(1):
        raise changed()


def _blocks(source: Source) -> Iterator[bytes]:
    while block := _read_block(source, BLOCK):
        yield block


def _write_block(sink: Sink, block: bytes) -> None:
    sink.write(len(block).to_bytes(_LENGTH, "big") + block)


def _read_block(source: Source, longest: int) -> bytes:
    head = source.read(_LENGTH)
    length = int.from_bytes(head, "big")
    block = source.read(length) if length <= longest else b""
    if len(head) != _LENGTH or len(block) != length:
        raise changed()
    return block
