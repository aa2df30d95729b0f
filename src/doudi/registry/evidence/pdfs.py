"""PDFs looked through before they are kept: nothing that runs, starts or hides something else.

A PDF is not made anew, for a contract's bytes may matter; so what can't be looked into is refused.
"""

from __future__ import annotations

import re
import zlib

from doudi.kernel.refusals import N_, Refusal

MOST_PAGES = 300
_MOST_UNPACKED = 64 * 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME_ENDS = rb"(?![^\x00-\x20()<>\[\]{}/%])"
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|XFA|GoToE|GoToR|"
    rb"Movie|Rendition)" + _NAME_ENDS
)
_ENCRYPTED = re.compile(rb"/Encrypt" + _NAME_ENDS)
_PACKED = re.compile(rb"/ObjStm" + _NAME_ENDS)
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_PAGE = re.compile(rb"/Type\s*/Page" + _NAME_ENDS)
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj")
_END = b"%%EOF"
_DICTIONARY = 4_096
"""How far before a stream its dictionary is looked for."""


def pages_of_pdf(content: bytes) -> int:
    """How many pages a PDF has, at least 1.

    Refuses PDF-BROKEN, PDF-LOCKED one with a password, PDF-ACTIVE one with a script, an attached
    file or a command, PDF-PAGES one with too many pages.
    """
    if _END not in content:
        raise _broken()
    said = _spelled_out(content)
    if _ENCRYPTED.search(said):
        raise Refusal("PDF-LOCKED", N_("PDF 有密码或限制，请先取消再传"))
    if _ACTIVE.search(said):
        raise Refusal("PDF-ACTIVE", N_("PDF 里有脚本、附件或命令，不能接收；请打印成新的 PDF 再传"))
    pages = len(_PAGE.findall(said))
    if pages == 0:
        raise _broken()
    if pages > MOST_PAGES:
        raise Refusal("PDF-PAGES", N_("PDF 超过 {most} 页，请分开再传"), most=MOST_PAGES)
    return pages


def _spelled_out(content: bytes) -> bytes:
    """What the file's objects say, packed ones unpacked, names in plain letters.

    A stream's own bytes (a picture, a page's text) say nothing of the kind and are left out;
    unless there are objects in them, for a reader might find those.
    """
    parts: list[bytes] = []
    place = unpacked = 0
    for stream in _STREAM.finditer(content):
        before = content[place : stream.start()]
        parts.append(before)
        place = stream.end()
        body = stream[1]
        dictionary = _plain(before[-_DICTIONARY:].rpartition(b"obj")[2])
        if _PACKED.search(dictionary):
            body = _unpacked(body, dictionary, _MOST_UNPACKED - unpacked)
            unpacked += len(body)
            parts.append(body)
        elif _OBJECT.search(body):
            parts.append(body)
    parts.append(content[place:])
    return _plain(b"\n".join(parts))


def _unpacked(body: bytes, dictionary: bytes, most: int) -> bytes:
    """The objects packed in a stream; refuses a packing that is not looked into."""
    named = _FILTER.search(dictionary)
    if named is None:
        return body
    if named[1].strip(b"[] \r\n\t") != b"/FlateDecode":
        raise _broken()
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(body, max(most, 1))
    except zlib.error:
        raise _broken() from None
    if unpacker.unconsumed_tail:
        raise _broken()
    return plain


def _plain(said: bytes) -> bytes:
    """Names without their disguise: `/J#61vaScript` is `/JavaScript`."""
    return _HEX.sub(lambda match: bytes([int(match[1], 16)]), said)


def _broken() -> Refusal:
    return Refusal("PDF-BROKEN", N_("PDF 打不开或看不清里面有什么，请打印成新的 PDF 再传"))
