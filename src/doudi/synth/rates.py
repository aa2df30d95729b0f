"""Rates (标准): the amounts in force, read from the rules' parameters; none is typed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.kernel.money import half_up
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.vocabulary import CarePlace
from doudi.policy import load_rules
from doudi.policy.values import WHOLE_SHARE

if TYPE_CHECKING:
    from datetime import date

    from doudi.policy import Rules

GROUPS = ("old", "minor", "severe_disability", "serious_illness")
"""The four groups of members with a supplement (分类施保)."""
LOSSES = ("capable", "partial_loss", "full_loss")
"""Grades of self-care (自理能力), from able to quite unable."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Amounts in force on a day, in fen a month."""

    standard: int
    supplement: Mapping[str, int]
    tekun_base: int
    tekun_care: Mapping[tuple[CarePlace, str], int]
    orphan: int
    living: int
    care: Mapping[int, int]


def rates_in_force(jurisdiction: str, on: date) -> Rates:
    """The amounts of a jurisdiction on a day; refuses with RATE-UNKNOWN if one is not known."""
    rules = load_rules(jurisdiction)
    standard = _known(rules, "dibao.standard", on)
    shares = {group: _known(rules, f"dibao.supplement.{group}", on) for group in GROUPS}
    return Rates(
        standard=standard,
        supplement={
            group: half_up(standard * share, WHOLE_SHARE) for group, share in shares.items()
        },
        tekun_base=_known(rules, "tekun.base", on),
        tekun_care={
            (place, loss): _known(rules, f"tekun.care.{place}.{loss}", on)
            for place in CarePlace
            for loss in LOSSES
        },
        orphan=_known(rules, "orphan.home", on),
        living=_known(rules, "disability.living", on),
        care={grade: _known(rules, f"disability.care.{grade}", on) for grade in (1, 2)},
    )


def _known(rules: Rules, path: str, on: date) -> int:
    """A number that the rules know on a day."""
    found = rules.plain(path, on)
    if not isinstance(found, int):
        raise Refusal(
            "RATE-UNKNOWN",
            N_("辖区“{jurisdiction}”在 {on} 的参数 {path} 未知，不能据此生成待遇；请换一个辖区"),
            jurisdiction=rules.jurisdiction,
            on=on,
            path=path,
        )
    return found
