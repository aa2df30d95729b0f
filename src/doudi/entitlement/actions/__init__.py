"""Every write of entitlement: awards taken in, stopped, tapered; months determined."""

from doudi.entitlement.actions.awards import ImportedAwards, import_awards, stop_award, taper_award
from doudi.entitlement.actions.months import MonthDetermined, determine_month
from doudi.entitlement.actions.undoing import undo_import

__all__ = [
    "ImportedAwards",
    "MonthDetermined",
    "determine_month",
    "import_awards",
    "stop_award",
    "taper_award",
    "undo_import",
]
