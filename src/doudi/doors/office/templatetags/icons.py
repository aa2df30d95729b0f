"""Icons of the sprite: always beside words, never instead of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from re import findall
from typing import TYPE_CHECKING

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()
_SPRITE = Path(__file__).parent.parent / "static" / "office" / "icons" / "lucide.svg"


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """The icon of this name, `size` pixels wide, hidden from screen readers.

    Raises LookupError for a name that the sprite doesn't have.
    """
    if name not in _names():
        raise LookupError(name)
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" aria-hidden="true" focusable="false">'
        '<use href="{1}#{2}"></use></svg>',
        size,
        static("office/icons/lucide.svg"),
        name,
    )


@cache
def _names() -> frozenset[str]:
    """The names of the icons that there are."""
    return frozenset(findall(r'<symbol id="([^"]+)"', _SPRITE.read_text("utf-8")))
