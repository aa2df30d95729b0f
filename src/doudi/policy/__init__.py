"""The law as code: dated parameters and cited rules, pure.

Facts of a month go in as columns, answers of every programme come out as columns. No database,
no framework, no clock.

* `determine(facts, month, rules)` answers for every household and person at once;
* `explain(facts, month, rules, programme, household_index, person_index)` says why;
* `load_rules(jurisdiction, overrides, folders)` reads parameters from the nation down;
* `first_month`, `last_month_at_death`, `tapers`: from which month to which.
"""

from doudi.policy.determine import MARGIN, QUESTIONS, Determination, Outcome, determine
from doudi.policy.explain import Explanation, explain
from doudi.policy.facts import Facts, Supporters, alive_or, days
from doudi.policy.known import (
    NO_DATE,
    NOT_STATED,
    UNKNOWN_CODE,
    UNKNOWN_DATE,
    code_of,
    held_bit,
)
from doudi.policy.logic import NO, UNKNOWN, YES
from doudi.policy.rules import FIRST_MONTH, Rules, known_jurisdictions, load_rules
from doudi.policy.starts import first_month, last_month_at_death, taper_months, tapers

__all__ = [
    "FIRST_MONTH",
    "MARGIN",
    "NO",
    "NOT_STATED",
    "NO_DATE",
    "QUESTIONS",
    "UNKNOWN",
    "UNKNOWN_CODE",
    "UNKNOWN_DATE",
    "YES",
    "Determination",
    "Explanation",
    "Facts",
    "Outcome",
    "Rules",
    "Supporters",
    "alive_or",
    "code_of",
    "days",
    "determine",
    "explain",
    "first_month",
    "held_bit",
    "known_jurisdictions",
    "last_month_at_death",
    "load_rules",
    "taper_months",
    "tapers",
]
