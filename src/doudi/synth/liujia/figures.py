"""What the demo's Liujia must come to (目标数字): the figures that a report of mid-2022 prints.

They are where the search ends, not what anybody is paid: amounts come from the rules alone.
"""

from __future__ import annotations

from doudi.kernel.money import FEN_PER_YUAN

DIBAO_HOUSEHOLDS, DIBAO_PERSONS = 27, 31
TEKUN_PERSONS = 9
ORPHANS = 5
LIVING_PERSONS = 21
CARE_PERSONS = 218
ASSISTED_HOUSEHOLDS = 2
FUNERALS = 40

DIBAO_PAID = 134_991 * FEN_PER_YUAN
TEKUN_PAID = 57_826 * FEN_PER_YUAN
ORPHANS_PAID = 38_994 * FEN_PER_YUAN
DISABILITY_PAID = 118_640 * FEN_PER_YUAN
ASSISTANCE_PAID = 4_000 * FEN_PER_YUAN
"""Paid in the six months, in fen."""
