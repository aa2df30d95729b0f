"""Every read of entitlement: awards in force, what is due, what is open."""

from doudi.entitlement.queries.awards import (
    KnownAward,
    awards_in_force,
    awards_numbered,
    awards_of_subjects,
)
from doudi.entitlement.queries.dues import (
    due_numbered,
    due_table,
    last_determination,
    latest_of_months,
    open_questions,
    recovery_permille,
    standing_dues,
)

__all__ = [
    "KnownAward",
    "awards_in_force",
    "awards_numbered",
    "awards_of_subjects",
    "due_numbered",
    "due_table",
    "last_determination",
    "latest_of_months",
    "open_questions",
    "recovery_permille",
    "standing_dues",
]
