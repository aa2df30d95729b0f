"""What a reader makes of a text: a value, or the code of its refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def answer(read: Callable[[], T]) -> tuple[T | None, str]:
    """The value and no code, or no value and the code."""
    try:
        return read(), ""
    except Refusal as refusal:
        return None, refusal.code
