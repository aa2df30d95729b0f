"""What is missing (缺什么): a bit for each fact and parameter, its name, who can supply it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from doudi.policy.known import FACTS, Fact
from doudi.policy.words import Words


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a rule needs and nobody has given: its key, its name, who can supply it."""

    key: str
    title: Words
    supplier: Words
    parameter: bool = False


_TOPICS: Final = {
    "income": Words("收入", "income"),
    "deductions": Words("收入扣减", "deductions from income"),
    "disability": Words("残疾证的类别和等级", "category and grade of the disability"),
    "parents": Words("父母情况", "what became of the parents"),
    "property": Words("家庭财产", "the household's property"),
}
NOT_ON_CERTIFICATE = "multiple_categories"
SUPPORTERS = "supporters"

FACT_KEYS: Final[tuple[str, ...]] = (
    *dict.fromkeys(fact.topic or fact.name for fact in FACTS.values()),
    NOT_ON_CERTIFICATE,
)
PARAMETER_KEYS: Final[tuple[str, ...]] = (
    "dibao", "dibao.standard", "dibao.standard_rural", "dibao.unified", "dibao.margin_multiple",
    "dibao.minimum_share", "dibao.rounding", "dibao.work_cost", "dibao.supplement",
    "dibao.supplement_stacking", "dibao.property", "dibao.exempt",
    "tekun", "tekun.base", "tekun.care", "disposable_income_year",
    "child", "orphan", "unattended", "unattended.standard",
    "disability", "disability.living", "disability.care",
    "temporary_assistance", "funeral",
)  # fmt: skip
"""Parameters that may be unknown; those of one family share a bit."""

KEYS: Final = (*FACT_KEYS, *PARAMETER_KEYS)
_BITS: Final = {key: 1 << place for place, key in enumerate(KEYS)}


def fact_flag(fact: Fact) -> int:
    """The bit of a fact."""
    return _BITS[fact.topic or fact.name]


def flag(key: str) -> int:
    """The bit of a key of the table."""
    return _BITS[key]


def family(path: str) -> str:
    """The key of a parameter: its own, or of the family that it shares a bit with."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        key = ".".join(parts[:length])
        if key in PARAMETER_KEYS:
            return key
    raise KeyError(path)


def parameter_flag(path: str) -> int:
    """The bit of a parameter or of its family; raises KeyError for one that no rule reads."""
    return _BITS[family(path)]


def keys_of(bits: int) -> list[str]:
    """The keys whose bits are set, in the order of the table."""
    return [key for key, bit in _BITS.items() if bits & bit]


def facts_missing(bits: int) -> list[Missing]:
    """The facts whose bits are set; parameters need the rules to be named: `Rules.missing`."""
    by_topic = {fact.topic or fact.name: fact for fact in reversed(FACTS.values())}
    found = []
    for key in keys_of(bits):
        if key == NOT_ON_CERTIFICATE:
            found.append(
                Missing(
                    key,
                    Words(
                        "多重残疾各类别的等级", "grades of each category of a multiple disability"
                    ),
                    by_topic["disability"].supplier,
                )
            )
        elif key in FACT_KEYS:
            fact = by_topic[key]
            found.append(Missing(key, _TOPICS.get(key, fact.title), fact.supplier))
    return found
