"""Papers brought in and looked at (材料): who brought what, and who saw it when."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils.timezone import localdate

from doudi.access.journal import deed
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.text import clean_text
from doudi.registry.evidence import keep_paper, kept_paper, taken_in, throw_away
from doudi.registry.models import Evidence, EvidenceLook
from doudi.registry.queries import households_visible_to

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer
    from doudi.registry.models import Household, Person

_LONGEST_TITLE = 100


def add_evidence(
    household: Household,
    *,
    content: bytes,
    title: str,
    person: Person | None = None,
    actor: Officer,
    at: datetime,
    why: str,
) -> Evidence:
    """Keep a paper of a household, or of one person in it.

    A photo is made anew; a PDF is kept as it came. Refuses EMPTY a paper without a title,
    EVD-KNOWN one that the household has already (a form sent twice), NOT-ALLOWED, what
    `clean_text` refuses, and what `evidence.taken_in` refuses.
    """
    title = clean_text(title.strip(), limit=_LONGEST_TITLE)
    if not title:
        raise Refusal("EMPTY", N_("请写明这是什么材料"))
    _require_sight(household, actor, at)
    paper, uid = taken_in(content), uuid4()
    known = Evidence.objects.filter(household=household, digest=paper.digest).first()
    if known is not None:
        raise Refusal("EVD-KNOWN", N_("这份材料已经收过：“{title}”"), title=known.title)
    keep_paper(paper.content, uid)
    try:
        with deed(actor=actor, act="add_evidence", why=why, at=at):
            return Evidence.objects.create(
                uid=uid,
                household=household,
                person=person,
                title=title,
                content_type=str(paper.content_type),
                digest=paper.digest,
                size=len(paper.content),
                pages=paper.pages,
                uploaded_at=at,
                uploaded_by=actor,
            )
    except BaseException:
        throw_away(uid)
        raise


def look_at_evidence(evidence: Evidence, *, actor: Officer, at: datetime, why: str) -> bytes:
    """A paper's bytes, for somebody who may see its household; each look is on record.

    Refuses NOT-ALLOWED, WHY-EMPTY, EVD-GONE and SEAL-BROKEN.
    """
    if not why.strip():
        raise Refusal("WHY-EMPTY", N_("请写明查看的原因"))
    _require_sight(evidence.household, actor, at)
    content = kept_paper(evidence.uid)
    with deed(actor=actor, act="look", why=why, at=at):
        EvidenceLook.objects.create(evidence=evidence, officer=actor, at=at)
    return content


def _require_sight(household: Household, actor: Officer, at: datetime) -> None:
    """Refuse NOT-ALLOWED for a household elsewhere."""
    if not households_visible_to(actor, localdate(at)).filter(pk=household.pk).exists():
        raise Refusal("NOT-ALLOWED", N_("此户不在您的辖区，不能办理"))
