"""The pages by which a fact is recorded: which kind and of whom, then what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from doudi.doors.office.guard import CONFIRMING, FRONT_LINE, open_to
from doudi.doors.office.households.file import file_of
from doudi.doors.office.recording.form import (
    COMMUNITIES,
    FactForm,
    completed,
    evidence_sent,
    sent,
)
from doudi.doors.office.recording.offering import Offer, answered, require
from doudi.kernel.refusals import N_
from doudi.registry import queries as registry
from doudi.registry.actions import record_fact
from doudi.registry.kinds import KINDS, Kind, kind_named
from doudi.registry.models import Membership
from doudi.registry.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from doudi.access.models import Area
    from doudi.doors.office.guard import OfficeRequest
    from doudi.doors.office.households.file import File
    from doudi.doors.office.sight import Sight

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@open_to(*FRONT_LINE)
@require_safe
def choose(request: OfficeRequest, number: str) -> HttpResponse:
    """Which kind of fact is to be recorded, and of whom."""
    file = file_of(request.sight.household(number), request.sight)
    require(request, file, FRONT_LINE)
    page = {
        "file": file,
        "tab": "household-facts",
        "of_household": [kind for kind in KINDS if _is_of_household(kind)],
        "of_person": [kind for kind in KINDS if not _is_of_household(kind)],
    }
    return render(request, "office/facts/choose.html", page)


@open_to(*FRONT_LINE)
@READ_OR_SEND
def record(request: OfficeRequest, number: str, kind: str) -> HttpResponse:
    """Record a fact: as a claim, or confirmed by somebody who may confirm."""
    sight, of = request.sight, kind_or_404(kind)
    file = file_of(sight.household(number), sight)
    require(request, file, FRONT_LINE)
    data = request.POST if request.method == "POST" else request.GET
    may_confirm = file.residence is not None and sight.holds(CONFIRMING, file.residence.area)
    form = FactForm(of, sent(data), areas_of(sight), sight.on, evidence=evidence_sent(data))
    offer = Offer(
        file,
        "office/facts/record.html",
        {
            "form": form,
            "kind": of,
            "is_membership": of.model is Membership,
            "is_of_household": _is_of_household(of) and of.model is not Membership,
            "may_confirm": may_confirm,
            "papers": registry.evidence_of(file.household),
            "title": gettext("登记{kind}").format(kind=gettext(of.label)),
        },
        gettext("已登记：{kind}").format(kind=gettext(of.label)),
        refuse=form.refuse,
        faults=form.faults,
    )
    if request.method == "POST":
        _fill(offer, request, form, may_confirm=may_confirm)
    return answered(request, offer)


def _fill(offer: Offer, request: OfficeRequest, form: FactForm, *, may_confirm: bool) -> None:
    """Put the act into the offer, when all that is needed for it can be read."""
    sight, texts, kind = request.sight, form.texts, form.kind
    owner = _owner(offer.file, sight, kind, texts)
    if owner is None:
        form.faults["person"] = gettext("没有登记此人，请核对；新的人员先由台账导入登记")
    read = form.read()
    if read is None or owner is None:
        return
    statement = Statement(
        owner,
        completed(kind, read.values, household_id=offer.file.household.pk),
        read.valid_from,
        read.valid_to,
        read.source,
        read.note,
        confirmed=may_confirm and texts.get("confirmed") == "1",
    )
    papers = registry.evidence_numbered(form.evidence, offer.file.household)
    offer.since = read.valid_from

    def act() -> None:
        record_fact(
            kind.name,
            statement=statement,
            ends_earlier=texts.get("ends_earlier") == "1",
            evidence=papers,
            actor=sight.officer,
            at=sight.at,
            why=why_of(texts, N_("登记情况")),
        )

    offer.act = act


def kind_or_404(name: str) -> Kind:
    """The kind with this short name; raises Http404 for none."""
    try:
        return kind_named(name)
    except KeyError:
        raise Http404 from None


def areas_of(sight: Sight) -> list[Area]:
    """The communities where a household may live, of those that the officer may see."""
    return list(sight.areas().filter(kind__in=COMMUNITIES).order_by("path"))


def why_of(texts: Mapping[str, str], default: str) -> str:
    """The reason as given, or the plain one."""
    return texts.get("why", "").strip()[:200] or gettext(default)


def _is_of_household(kind: Kind) -> bool:
    return kind.owner == "household_id" or kind.model is Membership


def _owner(file: File, sight: Sight, kind: Kind, texts: Mapping[str, str]) -> int | None:
    """Whose fact it is: the household, one of its members, or who is to become one."""
    if kind.owner == "household_id":
        return file.household.pk
    given = texts.get("person", "").strip().replace("\0", "")
    if kind.model is not Membership:
        theirs = {each.person.person_number: each.person.pk for each in file.members}
        return theirs.get(given)
    found = registry.person_ids([given.upper()] if given else [])
    person = next(iter(found.values()), None)
    if person is None or not registry.is_free_or_seen(person, sight.officer, sight.on):
        return None
    return person
