"""Reads of papers (材料): of a household, of a person, and the facts that rest on them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from doudi.access.bulk import only
from doudi.registry.models import Evidence, EvidenceUse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from doudi.registry.models import Household, Person
    from doudi.registry.queries.circumstances import Held


def evidence_of(household: Household) -> QuerySet[Evidence]:
    """The papers of a household and of those in it, the latest first."""
    return _shown().filter(household=household)


def evidence_about(person: Person, households: QuerySet[Household]) -> QuerySet[Evidence]:
    """The papers about a person that belong to one of these households."""
    return _shown().filter(person=person, household__in=households.order_by())


def evidence_numbered(uids: Sequence[UUID], household: Household) -> list[Evidence]:
    """Those of these papers that belong to a household."""
    return list(Evidence.objects.filter(uid__in=uids, household=household))


def evidence_in(households: QuerySet[Household]) -> QuerySet[Evidence]:
    """The papers of these households."""
    return _shown().filter(household__in=households.order_by())


def evidence_behind(facts: Sequence[Held]) -> dict[tuple[str, int], list[Evidence]]:
    """The papers that facts rest on, by kind and row; one statement."""
    if not facts:
        return {}
    rows = only(EvidenceUse.objects.all(), "row", [fact.row.pk for fact in facts])
    found: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
    wanted = {(fact.kind.name, fact.row.pk) for fact in facts}
    for use in rows.select_related("evidence").order_by("pk"):
        if (use.kind, use.row) in wanted:
            found[use.kind, use.row].append(use.evidence)
    return found


def uses_of(evidence: Sequence[int]) -> dict[int, int]:
    """How many facts rest on each of these papers, by its id; one statement."""
    counts: dict[int, int] = defaultdict(int)
    rows = EvidenceUse.objects.filter(Q(evidence__in=evidence))
    for each in rows.values_list("evidence_id", flat=True):
        counts[each] += 1
    return counts


def _shown() -> QuerySet[Evidence]:
    """Papers with what a list says beside each, the latest first."""
    rows = Evidence.objects.select_related("household", "person", "uploaded_by")
    return rows.order_by("-uploaded_at", "-pk")
