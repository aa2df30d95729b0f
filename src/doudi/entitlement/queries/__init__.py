"""Every read of entitlement: awards in force, what is due, what is open."""

from doudi.entitlement.queries.awaiting import awaiting
from doudi.entitlement.queries.awards import (
    KnownAward,
    award_table,
    awards_by_id,
    awards_in_force,
    awards_numbered,
    awards_of_person,
    awards_of_subjects,
)
from doudi.entitlement.queries.changes import (
    Change,
    Changed,
    changed_awards,
    changes_of_month,
    counted_changes,
)
from doudi.entitlement.queries.dues import (
    determinations_of,
    due_numbered,
    due_table,
    last_known,
    latest_of_months,
    open_questions,
    parameter_set,
    recovery_permille,
)
from doudi.entitlement.queries.files import (
    Benefit,
    awards_held,
    benefits_of,
    dues_of_household,
    dues_of_person,
    last_determined_month,
)
from doudi.entitlement.queries.lists import (
    amounts_of,
    with_benefit,
    with_open_question,
    without_benefit,
)
from doudi.entitlement.queries.rework import (
    Rework,
    months_granted_this_year,
    rework_since,
    whole_months,
)

__all__ = [
    "Benefit",
    "Change",
    "Changed",
    "KnownAward",
    "Rework",
    "amounts_of",
    "awaiting",
    "award_table",
    "awards_by_id",
    "awards_held",
    "awards_in_force",
    "awards_numbered",
    "awards_of_person",
    "awards_of_subjects",
    "benefits_of",
    "changed_awards",
    "changes_of_month",
    "counted_changes",
    "determinations_of",
    "due_numbered",
    "due_table",
    "dues_of_household",
    "dues_of_person",
    "last_determined_month",
    "last_known",
    "latest_of_months",
    "months_granted_this_year",
    "open_questions",
    "parameter_set",
    "recovery_permille",
    "rework_since",
    "whole_months",
    "with_benefit",
    "with_open_question",
    "without_benefit",
]
