"""What differs between the two databases is said in PostgreSQL's own way, or refused."""

from __future__ import annotations

import pytest

from doudi.access.moves.lines import Digest, alike, line_of
from doudi.kernel.refusals import Refusal

MOMENT = "timestamp with time zone"


@pytest.mark.parametrize(
    ("type_", "value", "said"),
    [
        ("boolean", 1, rb"t"),
        ("boolean", 0, rb"f"),
        ("bigint", -(2**63), b"-9223372036854775808"),
        ("bytea", b"\x00\xff", rb"\\x00ff"),
        ("uuid", "0" * 32, b"00000000-0000-0000-0000-000000000000"),
        ("date", "2022-06-01", b"2022-06-01"),
        (MOMENT, "2022-06-01 09:00:00", b"2022-06-01 09:00:00+00"),
        (MOMENT, "2022-06-01 09:00:00.120000", b"2022-06-01 09:00:00.12+00"),
        ("text", "a\tb\\N\n", rb"a\tb\\N\n"),
        ("text", "", b""),
        ("text", None, rb"\N"),
    ],
)
def test_a_value_is_said_as_copy_says_it(type_: str, value: object, said: bytes) -> None:
    assert line_of("t", [type_], [value]) == said + b"\n"


def test_a_text_with_a_nul_is_refused_by_its_table() -> None:
    with pytest.raises(Refusal) as refused:
        line_of("registry_person", ["text"], ["a\0b"])
    assert refused.value.code == "MOV-NUL"


def test_json_is_compared_by_what_it_says() -> None:
    one, other = (alike(["jsonb"], line) for line in (b'{"b": 1,"a": 2}\n', b'{"a": 2, "b": 1}\n'))
    assert one == other


def test_rows_count_in_any_order_but_each_counts() -> None:
    one, other, fewer = Digest(), Digest(), Digest()
    for line in (b"a\n", b"b\n"):
        one.add(line)
    for line in (b"b\n", b"a\n"):
        other.add(line)
    fewer.add(b"a\n")
    assert one == other != fewer
