"""What other rooms may ask this one: areas, officers and their rights, the journal."""

from doudi.access.queries.areas import (
    areas,
    communities,
    find_area,
    jurisdiction_of,
    within,
)
from doudi.access.queries.journal import entries, entries_of_row
from doudi.access.queries.officers import (
    appointments_of,
    areas_of,
    may,
    officer_named,
    officers,
    require,
    require_administrator,
    require_sight,
    visible_areas,
)
from doudi.access.queries.verification import Finding, Verification, verify_journal

__all__ = [
    "Finding",
    "Verification",
    "appointments_of",
    "areas",
    "areas_of",
    "communities",
    "entries",
    "entries_of_row",
    "find_area",
    "jurisdiction_of",
    "may",
    "officer_named",
    "officers",
    "require",
    "require_administrator",
    "require_sight",
    "verify_journal",
    "visible_areas",
    "within",
]
