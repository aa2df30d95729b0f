"""Words of runs and payments on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from doudi.entitlement.worked import Reason
from doudi.payments.models import LineKind, Stage
from doudi.payments.words import WHY

register = template.Library()


@register.filter
def stage_word(value: str) -> str:
    """How far a run has come."""
    return gettext(Stage(value).label)


@register.filter
def line_kind(value: str) -> str:
    """What a line of a payment is: of its own month, arrears, or a recovery."""
    return gettext(LineKind(value).label)


@register.filter
def code_word(code: str) -> str:
    """What the code of a remark, of what is held or in suspense means; else the code itself."""
    return gettext(WHY[code]) if code in WHY else code


@register.filter
def due_reason(value: str) -> str:
    """Why an award is due what it is due."""
    return gettext(Reason(value).label)
