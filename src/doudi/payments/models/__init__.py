"""Tables of this room: runs and what they pay; what went to the bank and what came back."""

from doudi.payments.models.bank import Answer, Export, Outcome, ReturnFile, Suspense
from doudi.payments.models.runs import Held, Line, LineKind, Payment, Remark, Run, Stage

__all__ = [
    "Answer",
    "Export",
    "Held",
    "Line",
    "LineKind",
    "Outcome",
    "Payment",
    "Remark",
    "ReturnFile",
    "Run",
    "Stage",
    "Suspense",
]
