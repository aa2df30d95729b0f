"""Values on a page: words of our lists in the reader's language, money, days, masked numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext

from doudi.access import models as access
from doudi.kernel import vocabulary
from doudi.kernel.money import yuan_grouped

if TYPE_CHECKING:
    from django.http import QueryDict

register = template.Library()


@register.filter
def word(value: str, kind: str) -> str:
    """The label of a code of the list `kind`, such as `Programme` or `Role`.

    Raises AttributeError for a list that there is not; a code that is not in it stands as it is.
    """
    words = getattr(vocabulary, kind, None) or getattr(access, kind)
    found = words.labelled(str(value))
    return gettext(found.label) if found else str(value)


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as yuan with two decimals and separators by threes; empty for none."""
    return "" if fen is None else yuan_grouped(fen)


@register.filter
def said(refusal_or_message: Any) -> str:  # noqa: ANN401 - whatever has a sentence
    """The sentence of a refusal or a remark, or a message of ours, in the reader's language."""
    if hasattr(refusal_or_message, "sentence"):
        return str(refusal_or_message.sentence(gettext))
    return gettext(str(refusal_or_message))


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: object) -> str:
    """The page's own query with some of it changed; a change to nothing takes it away."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
