"""Figures on a page: separators by threes, money in yuan, words in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext

from doudi.warehouse.forms.amounts import shown

if TYPE_CHECKING:
    from doudi.warehouse.report import Figure

register = template.Library()


@register.filter
def figure(value: Figure) -> str:
    """The value of a figure as a reader expects it."""
    return shown(value.value, value.indicator.unit)


@register.filter
def grouped(count: int) -> str:
    """A count with separators by threes, which Django writes in no Chinese text."""
    return f"{count:,}"


@register.filter
def spoken(message: str) -> str:
    """A msgid of a room below, in the reader's language."""
    return gettext(message)
