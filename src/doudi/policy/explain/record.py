"""An explanation as a frozen record, and its two forms: text, and plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.citations import Citation
from doudi.kernel.money import yuan
from doudi.kernel.months import Month
from doudi.policy.logic import NO, YES
from doudi.policy.missing import Missing
from doudi.policy.values import STATUS_WORDS, Status
from doudi.policy.words import Member, Said, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = Words("{title}（{month}）：{verdict}", "{title} ({month}): {verdict}")
_ENTITLED = Words("应得 {amount} 元", "{amount} yuan are due")
_FITS = Words("符合条件", "the conditions are met")
_NOT = Words("不符合条件，没有应得的钱", "the conditions are not met; nothing is due")
_OPEN = Words(
    "还不能确定，因为缺少下面列出的情况或标准", "undetermined, for want of what is named below"
)
_STEPS = Words("怎样得出：", "How it comes about:")
_FACTS = Words("用到的情况：", "Facts used:")
_PARAMETERS = Words("用到的标准：", "Parameters used:")
_ARTICLES = Words("依据：", "Legal basis:")
_MISSING = Words("还缺少：", "Missing:")
_SUPPLIED = Words("{name}（请向{supplier}核实）", "{name} (ask {supplier})")
_SINCE = Words(
    "{title}：{value}{per}，自 {first} 起；{document}；可信度 {confidence}；{status}",
    "{title}: {value}{per}, from {first} on; {document}; confidence {confidence}; {status}",
)
_GIVEN = Words("{title}：{value}{per}；{status}", "{title}: {value}{per}; {status}")
_PER = Words("（{per}）", " ({per})")
_OF = Words("{who}：{title}：{value}", "{who}: {title}: {value}")
_HOUSEHOLD = Words("全户", "household")
_YUAN_UNIT = Words("{value} 元", "{value} yuan")


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact: its key, whose it is (None: the household's), its name, its value in words."""

    key: str
    person: int | None
    title: Words
    value: Words


@dataclass(frozen=True, slots=True)
class ParameterUsed:
    """A parameter: the value in force, since when, from which document, how sure it is."""

    path: str
    title: Words
    value: Words
    unit: str
    per: Words
    first: date
    citation: Citation
    confidence: str
    status: Status
    jurisdiction: str
    note: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one answer came about. `amount_fen` is None where it is undetermined."""

    programme: str
    title: Words
    month: Month
    jurisdiction: str
    fingerprint: str
    state: int
    amount_fen: int | None
    pays: bool
    facts: tuple[FactUsed, ...]
    parameters: tuple[ParameterUsed, ...]
    articles: tuple[str, ...]
    steps: tuple[Said, ...]
    missing: tuple[Missing, ...]

    def text(self, language: str = "zh", names: Sequence[str] | None = None) -> str:
        """The explanation in plain `zh` or `en`; `names` are what the members are called."""
        head = _HEAD.said(
            language,
            title=self.title.said(language),
            month=self.month,
            verdict=self._verdict(language),
        )
        blocks = [
            (_STEPS, [step.text(language, names) for step in self.steps]),
            (_MISSING, [self._supplied(one, language) for one in self.missing]),
            (_FACTS, [self._fact(fact, language, names) for fact in self.facts]),
            (_PARAMETERS, [parameter_line(one, language) for one in self.parameters]),
            (_ARTICLES, list(self.articles)),
        ]
        lines = [head]
        for title, entries in blocks:
            if entries:
                lines.append(title.said(language))
                lines += [f"  {place}. {entry}" for place, entry in enumerate(entries, start=1)]
        return "\n".join(lines)

    def as_dict(
        self, language: str = "zh", names: Sequence[str] | None = None
    ) -> dict[str, object]:
        """Plain data for JSON; amounts in yuan."""
        return {
            "amount": None if self.amount_fen is None else yuan(self.amount_fen),
            "verdict": self._verdict(language),
            "jurisdiction": self.jurisdiction,
            "fingerprint": self.fingerprint,
            "steps": [step.text(language, names) for step in self.steps],
            "facts": [
                {
                    "fact": fact.key,
                    "of": self._who(fact, language, names),
                    "name": fact.title.said(language),
                    "value": fact.value.said(language),
                }
                for fact in self.facts
            ],
            "parameters": [
                {
                    "parameter": one.path,
                    "name": one.title.said(language),
                    "value": one.value.said(language),
                    "unit": one.unit,
                    "from": one.first.isoformat(),
                    "document": str(one.citation),
                    "confidence": one.confidence,
                    "status": str(one.status),
                    "jurisdiction": one.jurisdiction,
                    "note": one.note,
                }
                for one in self.parameters
            ],
            "articles": list(self.articles),
            "missing": [
                {
                    "missing": one.key,
                    "name": one.title.said(language),
                    "supplier": one.supplier.said(language),
                }
                for one in self.missing
            ],
        }

    def _verdict(self, language: str) -> str:
        """The answer in one clause."""
        if self.state == NO:
            return _NOT.said(language)
        if self.state == YES and self.amount_fen is not None and self.pays:
            return _ENTITLED.said(language, amount=yuan(self.amount_fen))
        return (_FITS if self.state == YES else _OPEN).said(language)

    @staticmethod
    def _supplied(one: Missing, language: str) -> str:
        """What is missing, and who can supply it."""
        return _SUPPLIED.said(
            language, name=one.title.said(language), supplier=one.supplier.said(language)
        )

    @staticmethod
    def _who(fact: FactUsed, language: str, names: Sequence[str] | None) -> str:
        """Whose fact it is."""
        if fact.person is None:
            return _HOUSEHOLD.said(language)
        return Member(fact.person).said(language, names)

    def _fact(self, fact: FactUsed, language: str, names: Sequence[str] | None) -> str:
        """A fact in one line."""
        return _OF.said(
            language,
            who=self._who(fact, language, names),
            title=fact.title.said(language),
            value=fact.value.said(language),
        )


def parameter_line(one: ParameterUsed, language: str) -> str:
    """A parameter in one line, with its paper and how sure it is."""
    value = one.value.said(language)
    if one.unit == "yuan" and one.status != Status.UNKNOWN:
        value = _YUAN_UNIT.said(language, value=value)
    per = one.per.said(language)
    return (_GIVEN if one.status == Status.CASE else _SINCE).said(
        language,
        title=one.title.said(language),
        value=value,
        per=_PER.said(language, per=per) if per else "",
        first=one.first.isoformat(),
        document=one.citation,
        confidence=one.confidence,
        status=STATUS_WORDS[one.status].said(language),
    )
