"""Every write of the registry: people registered; facts recorded, confirmed, corrected, ended."""

from doudi.registry.actions.circumstances import (
    confirm_circumstance,
    correct_circumstance,
    end_circumstance,
    record_circumstances,
    withdraw_circumstance,
)
from doudi.registry.actions.desk_facts import correct_fact, record_fact
from doudi.registry.actions.evidence import add_evidence, look_at_evidence
from doudi.registry.actions.finding import make_findable
from doudi.registry.actions.looks import reveal_account_number, reveal_id_number
from doudi.registry.actions.people import (
    register_household,
    register_households,
    register_person,
    register_persons,
)
from doudi.registry.actions.plans import PlannedMeasure, revise_plan
from doudi.registry.actions.undoing import Undone, undo_import

__all__ = [
    "PlannedMeasure",
    "Undone",
    "add_evidence",
    "confirm_circumstance",
    "correct_circumstance",
    "correct_fact",
    "end_circumstance",
    "look_at_evidence",
    "make_findable",
    "record_circumstances",
    "record_fact",
    "register_household",
    "register_households",
    "register_person",
    "register_persons",
    "reveal_account_number",
    "reveal_id_number",
    "revise_plan",
    "undo_import",
    "withdraw_circumstance",
]
