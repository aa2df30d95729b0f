"""Everything that changes this room's tables: areas, officers and their accounts, seals."""

from doudi.access.actions.accounts import (
    begin_sign_in,
    change_password,
    end_sign_in,
    record_account_act,
    record_factors_reset,
    record_wrong_code,
    require_factors_of,
    set_first_password,
    unlock_officer,
)
from doudi.access.actions.areas import load_areas, set_administration, set_jurisdiction
from doudi.access.actions.keys import begin_key, index_block, seal_block, use_key
from doudi.access.actions.officers import (
    add_officer,
    appoint_officer,
    deactivate_officer,
    end_appointment,
    open_office,
    reactivate_officer,
)
from doudi.access.actions.seals import seal_journal

__all__ = [
    "add_officer",
    "appoint_officer",
    "begin_key",
    "begin_sign_in",
    "change_password",
    "deactivate_officer",
    "end_appointment",
    "end_sign_in",
    "index_block",
    "load_areas",
    "open_office",
    "reactivate_officer",
    "record_account_act",
    "record_factors_reset",
    "record_wrong_code",
    "require_factors_of",
    "seal_block",
    "seal_journal",
    "set_administration",
    "set_first_password",
    "set_jurisdiction",
    "unlock_officer",
    "use_key",
]
