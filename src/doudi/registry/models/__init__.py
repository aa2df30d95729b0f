"""The tables of the registry: who there is, and what is known of them, from when to when."""

from doudi.registry.models.children import ChildChoice, Parent
from doudi.registry.models.clocks import Circumstance
from doudi.registry.models.evidence import Evidence, EvidenceLook, EvidenceType, EvidenceUse
from doudi.registry.models.findable import Findable
from doudi.registry.models.health import CareNeed, Disability, SelfCare, SeriousIllness
from doudi.registry.models.looks import Look, SealedField
from doudi.registry.models.means import Deduction, Income, OtherBenefit, Property
from doudi.registry.models.people import (
    Account,
    Death,
    Household,
    Hukou,
    Membership,
    Person,
    Phone,
    Residence,
)
from doudi.registry.models.plans import Measure, MeasureState, SupportPlan
from doudi.registry.models.situation import (
    Absence,
    CarePlacement,
    Emergency,
    Schooling,
    Support,
    Supporter,
    Work,
)

CIRCUMSTANCES: tuple[type[Circumstance], ...] = (
    Residence,
    Membership,
    Hukou,
    Death,
    Phone,
    Account,
    Income,
    Deduction,
    Property,
    OtherBenefit,
    Disability,
    CareNeed,
    SelfCare,
    SeriousIllness,
    Schooling,
    Work,
    Absence,
    CarePlacement,
    Support,
    Supporter,
    Parent,
    ChildChoice,
    Emergency,
)
"""Every kind of circumstance, in the order in which a ledger is read."""

__all__ = [
    "CIRCUMSTANCES",
    "Absence",
    "Account",
    "CareNeed",
    "CarePlacement",
    "ChildChoice",
    "Circumstance",
    "Death",
    "Deduction",
    "Disability",
    "Emergency",
    "Evidence",
    "EvidenceLook",
    "EvidenceType",
    "EvidenceUse",
    "Findable",
    "Household",
    "Hukou",
    "Income",
    "Look",
    "Measure",
    "MeasureState",
    "Membership",
    "OtherBenefit",
    "Parent",
    "Person",
    "Phone",
    "Property",
    "Residence",
    "Schooling",
    "SealedField",
    "SelfCare",
    "SeriousIllness",
    "Support",
    "SupportPlan",
    "Supporter",
    "Work",
]
