"""Icons drawn into the page: always beside words, never instead of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_FOLDER = Path(__file__).parent.parent / "icons"


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """The icon with this file name, `size` pixels wide, hidden from screen readers."""
    return mark_safe(_drawn(name, size))  # noqa: S308 - a file of ours, no user's text


@cache
def _drawn(name: str, size: int) -> str:
    """The SVG of an icon without its comment; raises FileNotFoundError for a name not ours."""
    drawing = (_FOLDER / f"{name}.svg").read_text("utf-8").partition("-->")[2].strip()
    drawing = drawing.replace('width="24" height="24"', f'width="{size}" height="{size}"')
    return drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
