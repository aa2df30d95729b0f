"""Rounding (取整) as a dated parameter names it: once, at the end, on exact numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from doudi.kernel.money import FEN_PER_YUAN
from doudi.policy.amounts import Amount, Numbers, between, exactly


@dataclass(frozen=True, slots=True)
class Rounding:
    """To whole fen or whole yuan (`unit`, in fen), `up`, `down` or `half_up`."""

    unit: int
    direction: str


ROUNDINGS: Final = {
    "cent_half_up": Rounding(1, "half_up"),
    "cent_up": Rounding(1, "up"),
    "cent_down": Rounding(1, "down"),
    "yuan_half_up": Rounding(FEN_PER_YUAN, "half_up"),
    "yuan_ceil": Rounding(FEN_PER_YUAN, "up"),
    "yuan_floor": Rounding(FEN_PER_YUAN, "down"),
}
"""The modes a parameter may name."""


def rounded(exact: Amount, parts: int, mode: str | None, flag: int) -> Amount:
    """An amount in `parts` of a fen, in fen, rounded by the mode.

    Where the mode is unknown the amount lies between the yuan below and the yuan above; one that
    is whole yuan anyway stays known. `flag` names the parameter that is missing.
    """
    if mode is None:
        low = _divided(exact.low, parts, ROUNDINGS["yuan_floor"])
        high = _divided(exact.high, parts, ROUNDINGS["yuan_ceil"])
        return between(low, high, exact.missing, low * 0 + flag)
    rounding = ROUNDINGS[mode]
    if exact.exact:
        return exactly(_divided(exact.low, parts, rounding))
    return between(
        _divided(exact.low, parts, rounding), _divided(exact.high, parts, rounding), exact.missing
    )


def _divided(numerator: Numbers, parts: int, rounding: Rounding) -> Numbers:
    """Divide and round; numbers of these rules are not negative when they are rounded."""
    divisor = parts * rounding.unit
    if rounding.direction == "down":
        quotient = numerator // divisor
    elif rounding.direction == "up":
        quotient = -(-numerator // divisor)
    else:
        quotient = (numerator + numerator + divisor) // (divisor + divisor)
    return quotient * rounding.unit
