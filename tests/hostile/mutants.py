"""Mutants (变体) of good files: pieces turned, cut, doubled, moved; telling words put in."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

TELLING = [
    b"", b"\0", b"\r", b"\n", b'"', b"'", b"|", b",", b";", b"\t", b"\xff\xfe", b"\xef\xbb\xbf",
    b"&a ", b"*a", b"!!int ", b"!!float ", b"!!map ", b"!!timestamp ", b"<<: ", b"? ", b"- ", b"[",
    b"{", b"}", b": ", b"---\n", b"...", b"0x", b"1e999", b"nan", b"-", b".", b"9" * 5_000,
    b"1" + b",234" * 2_000, b"1:2:3", b"2022-02-30", b"2022-01-01 10:00:00", b"9999-12-31",
    b"0001-01-01", b"unknown", b"null", b"true", b"\xed\xa0\x80", b"\xf0\xa0\x80\x80",
    "\u202e\u2028\u0661＝１".encode(), b"\x1b[31m", b"={1+1}", b"{place}", b"%s", b"D|", b"T|",
]  # fmt: skip
XML = [
    b"<", b"/>", b'"', b"&amp;", b"&x;", b"&#0;", b"&#xD800;", b"<!DOCTYPE x>", b"<v>1e999</v>",
    b't="e"', b't="s"', b't="d"', b"<v>99999999</v>", b"<v>-1</v>", b'r="XFD1048576"', b'r="A0"',
    b'r="1"', b's="99999"', b"<row>", b"<c><v>1</v></c>", b'<c t="inlineStr"><is><t>x</t></is></c>',
    b"<f>1+1</f>", b'numFmtId="14"', b'date1904="1"', b'state="hidden"', b'Target="/etc/passwd"',
    b'Target="worksheets/sheet2.xml"', b'name="a/b*c:[]"', b'name=""', b'xml:space="preserve"',
    b'<dimension ref="A1:XFD1048576"/>', b'<mergeCell ref="A1:B2"/>', b"<![CDATA[x]]>", b"<!---->",
]  # fmt: skip


@st.composite
def mutant(  # noqa: C901 - one branch a way of changing
    draw: st.DrawFn, seeds: Sequence[bytes], telling: Sequence[bytes] = TELLING
) -> bytes:
    """A seed after one to six changes."""
    content = bytearray(draw(st.sampled_from(list(seeds))))
    for _ in range(draw(st.integers(1, 6))):
        begin = draw(st.integers(0, 1 << 16)) % (len(content) + 1)
        size = draw(st.integers(0, 40))
        way = draw(st.sampled_from(["turn", "put", "cut", "double", "move", "swap", "end"]))
        piece = bytes(content[begin : begin + size])
        if way == "turn" and begin < len(content):
            content[begin] ^= 1 << draw(st.integers(0, 7))
        elif way == "put":
            content[begin:begin] = draw(st.sampled_from(list(telling)))
        elif way == "swap":
            content[begin : begin + size] = draw(st.sampled_from(list(telling)))
        elif way == "cut":
            del content[begin : begin + size]
        elif way == "double":
            content[begin:begin] = piece
        elif way == "move":
            place = draw(st.integers(0, 1 << 16)) % (len(content) + 1)
            content[place:place] = piece
        elif way == "end":
            del content[max(begin, 1) :]
    return bytes(content)


@st.composite
def mutant_workbook(draw: st.DrawFn, seed: bytes) -> bytes:
    """A workbook with one or two of its parts changed, lost, doubled or under another's name."""
    with zipfile.ZipFile(io.BytesIO(seed)) as whole:
        parts = [(name, whole.read(name)) for name in whole.namelist()]
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(parts) - 1))
        name, content = parts[place]
        way = draw(st.sampled_from(["change", "change", "change", "lose", "double", "rename"]))
        if way == "change":
            parts[place] = (name, draw(mutant([content], XML)))
        elif way == "lose" and len(parts) > 1:
            del parts[place]
        elif way == "double":
            parts.append((name, content))
        elif way == "rename":
            parts[place] = (draw(st.sampled_from([each for each, _ in parts])), content)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return written.getvalue()
