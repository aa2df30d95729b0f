"""Sealed runs exported again in memory, and compared with what was handed out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.vocabulary import Word
from doudi.payments import bank_file
from doudi.payments.contents import Sealed, content_hash
from doudi.payments.models import Export, Run
from doudi.payments.queries.contents import contents_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from doudi.access.models import Area
    from doudi.kernel.months import Month


class ExportedAgain(Word):
    """What comes out when a sealed run is exported again (再次导出)."""

    SAME = "same", N_("再次导出，与导出时逐字节相同")
    NOT_EXPORTED = "not_exported", N_("与封存时一致，还没有导出过")
    BROKEN = "broken", N_("内容与封存摘要不符")
    DIFFERENT = "different", N_("再次导出，与导出时不同")


def sealed_runs_of(month: Month, area: Area | None = None) -> QuerySet[Run]:
    """The sealed runs of a month, of an area and what lies within it, in the order of sealing."""
    found = Run.objects.select_related("area").filter(month=month, sealed_at__isnull=False)
    if area is not None:
        found = found.filter(area__path__startswith=area.path)
    return found.order_by("sealed_at", "pk")


def exported_again(run: Run) -> ExportedAgain:
    """Make a sealed run's bank file anew and compare it, by SHA-256, with each one handed out.

    Three statements, nothing is written. Raises ValueError for a run that is not sealed.
    """
    if run.sealed_at is None:
        raise ValueError(run)
    try:
        contents = contents_of(run)
    except Refusal:
        return ExportedAgain.BROKEN
    if content_hash(contents) != run.content_hash:
        return ExportedAgain.BROKEN
    handed_out = set(Export.objects.filter(run=run).values_list("digest", flat=True))
    if not handed_out:
        return ExportedAgain.NOT_EXPORTED
    again = bank_file.write(Sealed(contents, run.content_hash, localdate(run.sealed_at)))
    same = handed_out == {hashlib.sha256(again).hexdigest()}
    return ExportedAgain.SAME if same else ExportedAgain.DIFFERENT
