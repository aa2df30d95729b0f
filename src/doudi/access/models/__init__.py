"""Tables of this room: areas, officers and their appointments, the journal, the key's check."""

from doudi.access.models.areas import Administration, Area, AreaKind
from doudi.access.models.journal import Deed, Entry, Operation, Seal
from doudi.access.models.keys import KeyCheck
from doudi.access.models.officers import Appointment, Officer, Role

__all__ = [
    "Administration",
    "Appointment",
    "Area",
    "AreaKind",
    "Deed",
    "Entry",
    "KeyCheck",
    "Officer",
    "Operation",
    "Role",
    "Seal",
]
