"""Which pages are pictured, and as whom."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the page's address, and the role of whoever looks at it."""

    name: str
    path: str
    role: str = "counter_clerk"


def shots() -> list[Shot]:
    """Every page, with a record of the demo's where it needs one."""
    from doudi.entitlement.models import Award  # noqa: PLC0415 - Django is set up by now

    dibao = Award.objects.filter(programme="dibao").order_by("number").first()
    if dibao is None:
        sys.exit("shots: the demo has not been run: make demo SERVE=no")
    due = dibao.dues.filter(superseded_at=None).order_by("-month")[0].pk
    file = f"/households/{dibao.household.number}/"
    home = dibao.household.residences.get()
    return [
        Shot("desk", "/"),
        Shot("households", "/households/"),
        Shot("search", "/search"),
        Shot("household", file),
        Shot("household-facts", f"{file}facts"),
        Shot("fact-choose", f"{file}facts/record"),
        Shot("fact-record", f"{file}facts/record/income"),
        Shot("fact-correct", f"{file}facts/residence/{home.pk}/correct"),
        Shot("household-evidence", f"{file}evidence"),
        Shot("household-benefits", f"{file}benefits"),
        Shot("household-payments", f"{file}payments"),
        Shot("household-history", f"{file}history"),
        Shot("household-plan", f"{file}plan"),
        Shot("household-plan-revise", f"{file}plan/revise"),
        Shot("persons", "/persons/"),
        Shot("person", f"/persons/{dibao.payee.person_number}/"),
        Shot("person-facts", f"/persons/{dibao.payee.person_number}/facts"),
        Shot("person-benefits", f"/persons/{dibao.payee.person_number}/benefits"),
        Shot("person-history", f"/persons/{dibao.payee.person_number}/history"),
        Shot("due", f"/dues/{due}/"),
        Shot("simulations", "/simulations/"),
        Shot("worklist", "/worklist/", "approver"),
        Shot("months", "/months/"),
        Shot("run", "/runs/2022-06-1/"),
        Shot("run-changes", "/runs/2022-06-1/changes"),
        Shot("run-payments", "/runs/2022-06-1/payments"),
        Shot("run-bank", "/runs/2022-06-1/bank", "cashier"),
        Shot("run-roster", "/runs/2022-06-1/roster"),
        Shot("import", "/import/"),
        Shot("report", "/report/2022H1/530111008"),
        Shot("reports", "/reports/"),
        Shot("report-records", "/report/2022H1/530111008/records/dibao_urban_paid"),
        Shot("parameters", "/parameters/?month=2022-06"),
        Shot("journal", "/journal/", "district_inspector"),
        Shot("system", "/system/", "administrator"),
        Shot("login", "/account/login", ""),
        Shot("account", "/account/"),
        Shot("factors", "/account/factors"),
        Shot("officers", "/officers", "administrator"),
        Shot("officer", "/officers/of/shou", "administrator"),
        Shot("officer-add", "/officers/add", "administrator"),
        Shot("refused", "/officers/nothing"),
    ]
