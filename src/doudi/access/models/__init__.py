"""Tables of this room: areas, officers and their accounts, the journal, the key's check."""

from doudi.access.models.accounts import AccountAct, AccountRecord, FactorDuty
from doudi.access.models.areas import Administration, Area, AreaKind
from doudi.access.models.journal import Deed, Entry, Operation, Seal
from doudi.access.models.keys import KeyCheck
from doudi.access.models.officers import Appointment, Officer, Role

__all__ = [
    "AccountAct",
    "AccountRecord",
    "Administration",
    "Appointment",
    "Area",
    "AreaKind",
    "Deed",
    "Entry",
    "FactorDuty",
    "KeyCheck",
    "Officer",
    "Operation",
    "Role",
    "Seal",
]
