"""Words of the registry's own lists on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from doudi.registry.models import EvidenceType, MeasureState, SealedField

register = template.Library()
_TONES = {
    MeasureState.PLANNED: "warning",
    MeasureState.UNDER_WAY: "blue",
    MeasureState.DONE: "good",
    MeasureState.DROPPED: "",
}


@register.filter
def measure_state(value: str) -> str:
    """How far a measure of a plan has come."""
    return gettext(MeasureState(value).label)


@register.filter
def measure_tone(value: str) -> str:
    """The tone of that word's badge."""
    return _TONES[MeasureState(value)]


@register.filter
def evidence_type(value: str) -> str:
    """What a paper is by its content."""
    return gettext(EvidenceType(value).label)


@register.filter
def sealed_field(value: str) -> str:
    """Which number was seen in the clear."""
    return gettext(SealedField(value).label)
