"""Every read of the registry: the facts of a month, who is who, what has been learnt since."""

from doudi.registry.queries.circumstances import (
    Held,
    circumstances_of,
    circumstances_of_person,
    fact_in,
    fact_of,
    masked_number,
    standing_beside,
)
from doudi.registry.queries.columns import NO, NONE, NOT_KNOWN, UNKNOWN, YES, code_of, word_of
from doudi.registry.queries.evidence import (
    evidence_about,
    evidence_behind,
    evidence_in,
    evidence_numbered,
    evidence_of,
    uses_of,
)
from doudi.registry.queries.facts import facts
from doudi.registry.queries.files import (
    deaths_in,
    head_of,
    members_of,
    residences_of,
)
from doudi.registry.queries.finding import MOST, Hit, find, persons_to_make_findable
from doudi.registry.queries.lists import (
    areas_of_homes,
    count_members,
    households_by_id,
    living_where,
    with_disabled_member,
    with_member_born,
)
from doudi.registry.queries.news import touched_since
from doudi.registry.queries.numbers import household_numbers, masked_names, person_numbers
from doudi.registry.queries.people import (
    account_number,
    current_accounts,
    household_ids,
    household_numbered,
    households_visible_to,
    is_free_or_seen,
    masked_id,
    members,
    person_by_id_number,
    person_ids,
    persons_visible_to,
)
from doudi.registry.queries.persons import homes_on, looks_at, memberships_of
from doudi.registry.queries.plans import plan_of, plans_of
from doudi.registry.queries.records import Facts, HouseholdFacts, PersonFacts, SupporterFacts
from doudi.registry.queries.sources import Source, sources

__all__ = [
    "MOST",
    "NO",
    "NONE",
    "NOT_KNOWN",
    "UNKNOWN",
    "YES",
    "Facts",
    "Held",
    "Hit",
    "HouseholdFacts",
    "PersonFacts",
    "Source",
    "SupporterFacts",
    "account_number",
    "areas_of_homes",
    "circumstances_of",
    "circumstances_of_person",
    "code_of",
    "count_members",
    "current_accounts",
    "deaths_in",
    "evidence_about",
    "evidence_behind",
    "evidence_in",
    "evidence_numbered",
    "evidence_of",
    "fact_in",
    "fact_of",
    "facts",
    "find",
    "head_of",
    "homes_on",
    "household_ids",
    "household_numbered",
    "household_numbers",
    "households_by_id",
    "households_visible_to",
    "is_free_or_seen",
    "living_where",
    "looks_at",
    "masked_id",
    "masked_names",
    "masked_number",
    "members",
    "members_of",
    "memberships_of",
    "person_by_id_number",
    "person_ids",
    "person_numbers",
    "persons_to_make_findable",
    "persons_visible_to",
    "plan_of",
    "plans_of",
    "residences_of",
    "sources",
    "standing_beside",
    "touched_since",
    "uses_of",
    "with_disabled_member",
    "with_member_born",
    "word_of",
]
