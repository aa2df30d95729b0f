"""Everything that changes this room's tables: the office's start, areas, officers, seals."""

from doudi.access.actions.areas import load_areas, set_administration, set_jurisdiction
from doudi.access.actions.officers import (
    add_officer,
    appoint_officer,
    deactivate_officer,
    end_appointment,
    open_office,
)
from doudi.access.actions.seals import seal_journal

__all__ = [
    "add_officer",
    "appoint_officer",
    "deactivate_officer",
    "end_appointment",
    "load_areas",
    "open_office",
    "seal_journal",
    "set_administration",
    "set_jurisdiction",
]
