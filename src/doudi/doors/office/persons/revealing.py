"""A number in the clear (查看完整号码): asked for with a reason, shown once, kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from doudi.doors.office.accounts.confirming import recently_confirmed
from doudi.doors.office.guard import CASE_ROLES, open_to
from doudi.doors.office.persons.file import PersonFile, person_file
from doudi.kernel.refusals import N_, Refusal
from doudi.registry import queries as registry
from doudi.registry.actions import reveal_account_number, reveal_id_number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from doudi.doors.office.guard import OfficeRequest
    from doudi.registry.models import Account

ID_NUMBER = "id"
CONFLICT = 409


@open_to(*CASE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
@sensitive_variables("shown")
def reveal(request: OfficeRequest, number: str) -> HttpResponse:
    """Ask which number and why; then show it on this one page, which no cache may store."""
    sight = request.sight
    file = person_file(sight.person(number), sight)
    account = registry.current_accounts([file.person.pk], sight.on, sight.at).get(file.person.pk)
    page = {
        "file": file,
        "tab": "person",
        "account": account,
        "masked_account": registry.masked_number(account) if account else "",
        "why": request.POST.get("why", "")[:200],
        "what": request.POST.get("what", ID_NUMBER),
    }
    if request.method != "POST":
        return render(request, "office/persons/reveal.html", page)
    try:
        shown = _shown(request, file, account)
    except Refusal as refusal:
        page["fault"] = refusal.sentence(gettext)
        return render(request, "office/persons/reveal.html", page, status=CONFLICT)
    return render(request, "office/persons/revealed.html", {**page, "shown": shown})


def _shown(request: OfficeRequest, file: PersonFile, account: Account | None) -> str:
    """The number that is asked for; a look at it is left behind."""
    why, sight = request.POST.get("why", ""), request.sight
    if request.POST.get("what") == ID_NUMBER:
        return reveal_id_number(file.person, actor=sight.officer, at=sight.at, why=why)
    if account is None:
        raise Refusal("ACC-NONE", N_("此人现在没有登记银行账户"))
    return reveal_account_number(account, actor=sight.officer, at=sight.at, why=why)
