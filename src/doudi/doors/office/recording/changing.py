"""The pages by which a recorded fact is corrected, ended, withdrawn or confirmed.

Each carries which version of the row it was made from. Whoever comes second is told so, and sees
both versions; nothing is overwritten by the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext

from doudi.doors.office.days import day_sent
from doudi.doors.office.facts import shown_values
from doudi.doors.office.guard import CONFIRMING, open_to
from doudi.doors.office.households.file import file_of
from doudi.doors.office.households.known import Shown
from doudi.doors.office.recording.fields import texts_of
from doudi.doors.office.recording.form import FactForm, evidence_sent, sent
from doudi.doors.office.recording.offering import CONFLICT, Offer, answered, require
from doudi.doors.office.recording.offering import shown as shown_page
from doudi.doors.office.recording.views import READ_OR_SEND, areas_of, kind_or_404, why_of
from doudi.kernel.refusals import N_, Refusal
from doudi.registry import queries as registry
from doudi.registry.actions import (
    confirm_circumstance,
    correct_fact,
    end_circumstance,
    withdraw_circumstance,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest
    from doudi.registry.models import Circumstance
    from doudi.registry.queries import Held

    Filled = Callable[[OfficeRequest, Offer, Held], None]

_LARGEST = 2**63


@open_to(*CONFIRMING)
@READ_OR_SEND
def correct(request: OfficeRequest, number: str, kind: str, row: int) -> HttpResponse:
    """Say what a recorded fact should have said."""
    return _changed(request, (number, kind, row), _correction, N_("更正"))


@open_to(*CONFIRMING)
@READ_OR_SEND
def end(request: OfficeRequest, number: str, kind: str, row: int) -> HttpResponse:
    """Say which day a recorded fact ended."""
    return _changed(request, (number, kind, row), _ending, N_("结束"))


@open_to(*CONFIRMING)
@READ_OR_SEND
def withdraw(request: OfficeRequest, number: str, kind: str, row: int) -> HttpResponse:
    """Say that a recorded fact was never so."""
    return _changed(request, (number, kind, row), _withdrawal, N_("撤销"))


@open_to(*CONFIRMING)
@READ_OR_SEND
def confirm(request: OfficeRequest, number: str, kind: str, row: int) -> HttpResponse:
    """Confirm what was only claimed."""
    return _changed(request, (number, kind, row), _confirmation, N_("核实"))


def version_of(row: Circumstance) -> str:
    """Which version of a row a page was made from."""
    moments = (row.recorded_at, row.confirmed_at, row.superseded_at)
    return "/".join(each.isoformat() if each else "" for each in moments)


def _changed(
    request: OfficeRequest, place: tuple[str, str, int], fill: Filled, verb: str
) -> HttpResponse:
    """The page of one change to one row."""
    sight, (number, name, row) = request.sight, place
    file = file_of(sight.household(number), sight)
    kind = kind_or_404(name)
    held = registry.fact_in(file.household, kind, row, on=sight.on) if row < _LARGEST else None
    if held is None:
        raise Http404
    require(request, file, CONFIRMING)
    offer = Offer(
        file,
        "office/facts/change.html",
        {
            "held": Shown(held, shown_values(held)),
            "kind": kind,
            "verb": gettext(verb),
            "title": gettext("{verb}：{kind}").format(verb=gettext(verb), kind=gettext(kind.label)),
            "seen": request.POST.get("seen", "") or version_of(held.row),
            "why": request.POST.get("why", "")[:200],
            "papers": registry.evidence_of(file.household),
        },
        gettext("已{verb}：{kind}").format(verb=gettext(verb), kind=gettext(kind.label)),
    )
    fill(request, offer, held)
    if _has_moved(request, held.row):
        standing = registry.standing_beside(held.row)
        offer.page["standing"] = [Shown(each, shown_values(each)) for each in standing]
        offer.faults[""] = _moved(held, standing).sentence(gettext)
        return shown_page(request, offer, CONFLICT)
    if request.method == "POST" and not offer.page["why"].strip():
        offer.faults["why"] = gettext("请写明原因，它留在操作日志里")
        offer.act = None
    return answered(request, offer)


def _has_moved(request: OfficeRequest, row: Circumstance) -> bool:
    """Whether a row is no longer what the page was made from, or believed no longer at all."""
    if row.superseded_at is not None:
        return True
    return request.method == "POST" and request.POST.get("seen") != version_of(row)


def _moved(held: Held, standing: list[Held]) -> Refusal:
    """The sentence for whoever comes second."""
    if held.row.superseded_at is not None:
        by = standing[0].row.recorded_by.name if standing else ""
        message = (
            N_("{first} 起的这条记录已由{by}改动；您填的没有保存，请看现在的记录再办")
            if by
            else N_("{first} 起的这条记录已经撤销；您填的没有保存")
        )
        return Refusal("PER-GONE", message, first=held.row.valid_from, by=by)
    return Refusal(
        "FACT-MOVED",
        N_("{first} 起的这条记录在您打开之后已经核实；您填的没有保存，请看过再办"),
        first=held.row.valid_from,
    )


def _correction(request: OfficeRequest, offer: Offer, held: Held) -> None:
    """The fields of the fact as they stand, or as they were typed."""
    sight, row = request.sight, held.row
    texts = sent(request.POST) if request.method == "POST" else texts_of(held.kind, row)
    form = FactForm(held.kind, texts, areas_of(sight), sight.on, keeps=True)
    form.evidence = evidence_sent(request.POST)
    offer.page["form"] = form
    offer.faults, offer.refuse = form.faults, form.refuse
    read = form.read() if request.method == "POST" else None
    if read is None:
        return
    papers = registry.evidence_numbered(form.evidence, offer.file.household)
    offer.since = min(read.valid_from, row.valid_from)
    offer.act = lambda: correct_fact(
        row,
        values=read.values,
        valid_from=read.valid_from,
        source=read.source,
        note=read.note,
        evidence=papers,
        actor=sight.officer,
        at=sight.at,
        why=why_of(request.POST, N_("更正情况")),
    )


def _ending(request: OfficeRequest, offer: Offer, held: Held) -> None:
    """The last day; empty, that it goes on."""
    sight, row = request.sight, held.row
    text = request.POST.get("valid_to", "").strip()
    if request.method != "POST":
        text = row.valid_to.isoformat() if row.valid_to else ""
    offer.page["valid_to"], offer.page["asks_end"] = text[:20], True
    try:
        last = day_sent(text)
    except Refusal as refusal:
        offer.faults["valid_to"] = refusal.sentence(gettext)
        return
    offer.since = row.valid_from
    offer.act = lambda: end_circumstance(
        row,
        valid_to=last,
        actor=sight.officer,
        at=sight.at,
        why=why_of(request.POST, N_("结束情况")),
    )


def _withdrawal(request: OfficeRequest, offer: Offer, held: Held) -> None:
    """Nothing but the reason."""
    sight, row = request.sight, held.row
    offer.since = row.valid_from
    offer.act = lambda: withdraw_circumstance(
        row, actor=sight.officer, at=sight.at, why=why_of(request.POST, N_("撤销情况"))
    )


def _confirmation(request: OfficeRequest, offer: Offer, held: Held) -> None:
    """Nothing but the reason."""
    sight, row = request.sight, held.row
    offer.since = row.valid_from
    offer.act = lambda: confirm_circumstance(
        row, actor=sight.officer, at=sight.at, why=why_of(request.POST, N_("核实情况"))
    )
