"""What other rooms may ask this one: areas, officers and their rights, the journal."""

from doudi.access.queries.accounts import (
    account_records,
    index_of_name,
    locked_until,
    officers_managed_by,
    refuse_locked,
    require_management,
    roles_with_duty,
)
from doudi.access.queries.areas import (
    areas,
    communities,
    find_area,
    jurisdiction_of,
    within,
)
from doudi.access.queries.journal import (
    deed_done,
    deed_numbered,
    entries,
    entries_of_row,
    newest_seal,
    rows_of_deed,
)
from doudi.access.queries.keys import KeyVersion, key_versions
from doudi.access.queries.officers import (
    appointments_of,
    areas_of,
    may,
    officer_named,
    officers,
    officers_within,
    require,
    require_administrator,
    require_sight,
    system_officer,
    visible_areas,
)
from doudi.access.queries.verification import Finding, Verification, verify_journal

__all__ = [
    "Finding",
    "KeyVersion",
    "Verification",
    "account_records",
    "appointments_of",
    "areas",
    "areas_of",
    "communities",
    "deed_done",
    "deed_numbered",
    "entries",
    "entries_of_row",
    "find_area",
    "index_of_name",
    "jurisdiction_of",
    "key_versions",
    "locked_until",
    "may",
    "newest_seal",
    "officer_named",
    "officers",
    "officers_managed_by",
    "officers_within",
    "refuse_locked",
    "require",
    "require_administrator",
    "require_management",
    "require_sight",
    "roles_with_duty",
    "rows_of_deed",
    "system_officer",
    "verify_journal",
    "visible_areas",
    "within",
]
