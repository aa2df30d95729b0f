"""What comes in as a paper: a photo or a PDF by its content, never by its name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from doudi.kernel.refusals import N_, Refusal
from doudi.registry.evidence.pdfs import pages_of_pdf
from doudi.registry.evidence.photos import JPEG_MARK, PNG_MARK, photo_anew
from doudi.registry.models import EvidenceType

MOST_BYTES = 10 * 1024 * 1024
_PDF_MARK = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is kept: its bytes, what they are, and how many pages they show."""

    content: bytes
    content_type: EvidenceType
    pages: int

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def taken_in(content: bytes) -> Paper:
    """A file as a paper to be kept.

    Refuses IMG-SIZE, IMG-TYPE, and as `photo_anew` and `pages_of_pdf` do.
    """
    if not content:
        raise Refusal("IMG-TYPE", N_("文件是空的，请重新选择"))
    if len(content) > MOST_BYTES:
        raise Refusal("IMG-SIZE", N_("文件超过 10 MB，请缩小或分开后再传"))
    if content.startswith((JPEG_MARK, PNG_MARK)):
        return Paper(photo_anew(content), EvidenceType.JPEG, 1)
    if content.startswith(_PDF_MARK):
        return Paper(content, EvidenceType.PDF, pages_of_pdf(content))
    raise Refusal("IMG-TYPE", N_("只收照片（JPEG、PNG）和 PDF；按内容看，这个文件两样都不是"))
