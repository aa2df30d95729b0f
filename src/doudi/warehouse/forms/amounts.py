"""A figure as a reader expects it: money in yuan, everything with separators by threes."""

from __future__ import annotations

from doudi.kernel.money import yuan_grouped
from doudi.warehouse.catalogue import Unit


def shown(value: int, unit: Unit) -> str:
    """A value in its unit: 13499100 fen as `134,991.00`, 1234 persons as `1,234`."""
    return yuan_grouped(value) if unit is Unit.FEN else f"{value:,}"
