"""What is done to an import: the file is taken for reading, taken in, undone."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from doudi.doors.office.guard import CONFIRMING, open_to
from doudi.doors.office.imports.keeping import Part, keep, keep_told, kept_told, throw_old_away
from doudi.doors.office.imports.views import import_of, show_form, show_told
from doudi.doors.office.jobs.asking import ask_for
from doudi.entitlement.actions import undo_import
from doudi.kernel.refusals import N_, Refusal, told
from doudi.kernel.text import refuse_invisible

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest

_LONGEST_NAME, _LONGEST_REASON = 80, 150


@open_to(*CONFIRMING)
@require_POST
def read(request: OfficeRequest) -> HttpResponse:
    """Seal an uploaded file, and have it read in the background; nothing is saved yet."""
    sight, file = request.sight, request.FILES.get("file")
    if file is None or not file.size:
        refusal = Refusal("F-NONE", N_("请选择要导入的文件：.xlsx 或 .csv，不超过 64 MB"))
        return show_form(request, refusal)
    key = str(uuid4())
    throw_old_away(sight.at)
    keep(key, Part.FILE, file.read())
    name = str(told(PurePath(file.name or "").name))[-_LONGEST_NAME:]
    keep_told(key, {"name": name, "sheet": request.POST.get("sheet", "")[:20]})
    return redirect("job", key=ask_for("ledger_check", {"file": key}, sight).pk)


@open_to(*CONFIRMING)
@require_POST
def take(request: OfficeRequest, key: UUID) -> HttpResponse:
    """Have a ledger taken in that was looked through; its warnings need a reason."""
    job, sight = import_of(key, request), request.sight
    found = kept_told(str(job.outcome.get("file", "")))
    accepted = request.POST.get("accepted", "").strip()[:_LONGEST_REASON]
    if job.kind != "ledger_check" or found is None or found["errors"]:
        raise Refusal("IMPORT-GONE", N_("上传的文件已经不在了（只保留一天），请重新上传"))
    if found["warnings"] and not accepted:
        refusal = Refusal("F-WARNINGS", N_("有须确认的事项：请写明为什么可以照此保存"))
        return show_told(request, job, refusal)
    try:
        refuse_invisible(accepted)
    except Refusal as refused:
        return show_told(request, job, refused)
    key_of_file = str(job.outcome["file"])
    keep_told(key_of_file, {**found, "accepted": accepted if found["warnings"] else ""})
    return redirect("job", key=ask_for("ledger_take", {"file": key_of_file}, sight).pk)


@open_to(*CONFIRMING)
@require_POST
def undo(request: OfficeRequest, key: UUID) -> HttpResponse:
    """Undo an import of the officer's own, of today."""
    job, sight = import_of(key, request), request.sight
    why = request.POST.get("why", "").strip()[:_LONGEST_REASON]
    if not why and job.outcome:
        refusal = Refusal("WHY-EMPTY", N_("请写明为什么撤销，将记入操作日志"))
        return show_told(request, job, refusal)
    try:
        refuse_invisible(why)
        undone = undo_import(
            int(job.outcome.get("deed") or 0), actor=sight.officer, at=sight.at, why=why
        )
    except Refusal as refused:
        if not job.outcome:
            raise
        return show_told(request, job, refused)
    file = str(job.outcome["file"])
    keep_told(file, {**(kept_told(file) or {}), "is_undone": True})
    said = gettext("已撤销：撤回 {withdrawn} 条，恢复 {restated} 条；操作日志两次都有记载")
    messages.success(request, said.format(withdrawn=undone.withdrawn, restated=undone.restated))
    return redirect("import")
