"""Verifying the journal (核验): whether anything in it was changed, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from doudi.access.chain import GENESIS, sum_up
from doudi.access.models import Deed, Entry, Seal
from doudi.access.queries.replay import rows_unlike_the_journal
from doudi.access.triggers import faulty_triggers
from doudi.kernel.refusals import N_, Translate, untranslated


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as the journal's own rules left it."""

    code: str
    message: str
    values: dict[str, object] = field(default_factory=dict)

    def sentence(self, translate: Translate = untranslated) -> str:
        """What was found, and in which entries or rows."""
        return translate(self.message).format(**self.values)


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying came to; without findings the journal is whole up to `head`."""

    entries: int
    seals: int
    unsealed: int
    head: str
    findings: tuple[Finding, ...]


def verify_journal(*, published_head: str = "", with_tables: bool = False) -> Verification:
    """Recompute the whole chain, and look that every trigger stands.

    `published_head` is a digest kept elsewhere: without one, entries cut off at the end together
    with their seals can't be missed. `with_tables` also compares every journaled row with the
    last entry about it, which finds what was written while a trigger was away.
    """
    seals = list(Seal.objects.order_by("last_entry"))
    findings = [
        *_broken_links(seals),
        *_unknown_head(seals, published_head),
        *_without_deed(),
        *_faulty_triggers(),
    ]
    if with_tables:
        findings += _rows_unlike_the_journal()
    last = seals[-1].last_entry if seals else 0
    return Verification(
        entries=Entry.objects.count(),
        seals=len(seals),
        unsealed=Entry.objects.filter(pk__gt=last).count(),
        head=seals[-1].digest if seals else "",
        findings=tuple(findings),
    )


def _broken_links(seals: list[Seal]) -> list[Finding]:
    """Every seal whose entries, or whose predecessor, are not those it was made over."""
    findings = []
    after, previous = 0, GENESIS
    for seal in seals:
        total = sum_up(
            after=after,
            last=seal.last_entry,
            previous=seal.previous,
            sealed_by=seal.sealed_by_id,
            at=seal.at,
        )
        if seal.previous != previous:
            findings.append(
                Finding(
                    "JRN-LINK",
                    N_("第 {first} 条之前的封存被删去或改动过，链条在此断开"),
                    {"first": seal.first_entry},
                )
            )
        if total.count != seal.count or total.digest != seal.digest:
            findings.append(_what_happened(seal, after, total.count))
        after, previous = seal.last_entry, seal.digest
    return findings


def _what_happened(seal: Seal, after: int, count: int) -> Finding:
    """Whether entries under a seal were taken out, put in, or only changed or moved."""
    values: dict[str, object] = {
        "first": after + 1,
        "last": seal.last_entry,
        "count": count,
        "sealed": seal.count,
    }
    if count < seal.count:
        message = N_("第 {first} 至 {last} 条中有记录被删去：封存 {sealed} 条，现存 {count} 条")
        return Finding("JRN-REMOVED", message, values)
    if count > seal.count:
        message = N_(
            "第 {first} 至 {last} 条中有记录是后来插入的：封存 {sealed} 条，现存 {count} 条"
        )
        return Finding("JRN-ADDED", message, values)
    return Finding("JRN-CHANGED", N_("第 {first} 至 {last} 条中有记录被改动或调换"), values)


def _unknown_head(seals: list[Seal], published_head: str) -> list[Finding]:
    """Whether the chain no longer holds a digest that was published."""
    if not published_head or any(seal.digest == published_head for seal in seals):
        return []
    message = N_("链条中没有留存的摘要 {head}：末尾被截去，或整个日志被替换")
    return [Finding("JRN-HEAD", message, {"head": published_head})]


def _without_deed() -> list[Finding]:
    """Entries that no deed of any officer stands behind."""
    orphans = Entry.objects.exclude(deed_id__in=Deed.objects.values("pk")).order_by("pk")
    first, last = orphans.first(), orphans.last()
    if first is None or last is None:
        return []
    message = N_("第 {first} 至 {last} 条中有 {count} 条找不到操作人")
    values: dict[str, object] = {"first": first.pk, "last": last.pk, "count": orphans.count()}
    return [Finding("JRN-NOBODY", message, values)]


def _faulty_triggers() -> list[Finding]:
    """Triggers that are missing, switched off or changed."""
    message = N_(
        "触发器 {name} 缺失、停用或被改动，此间的修改可能没有记入日志；运行 doudi start 可恢复"
    )
    return [Finding("JRN-TRIGGER", message, {"name": name}) for name in faulty_triggers()]


def _rows_unlike_the_journal() -> list[Finding]:
    """Rows that were written past the journal."""
    message = N_("表 {table} 的第 {row} 行与日志最后一次记载不符，是绕过日志改动的")
    return [
        Finding("JRN-ROW", message, {"table": table, "row": row})
        for table, row in rows_unlike_the_journal()
    ]
