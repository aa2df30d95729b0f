"""What an officer keeps of the list: views under a name, and the columns that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.journal import deed
from doudi.doors.office.households.models import ListColumns, SavedView
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.text import refuse_invisible

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from doudi.access.models import Officer
    from doudi.doors.office.households.wanted import Wanted

COLUMNS = {
    "id": N_("证件号"),
    "place": N_("社区 / 住址"),
    "benefits": N_("在享待遇"),
    "members": N_("人口"),
    "amount": N_("应发（元）"),
}
"""The columns that may be left out; who a household is always stands first."""
MOST_VIEWS = 20
_LONGEST = 30


def views_of(officer: Officer) -> list[SavedView]:
    """The views that an officer saved, by name."""
    return list(SavedView.objects.filter(officer=officer).order_by("name"))


def left_out(officer: Officer) -> set[str]:
    """The columns that an officer wants left out."""
    kept = ListColumns.objects.filter(officer=officer).first()
    return set(kept.left_out) & set(COLUMNS) if kept else set()


def save_view(name: str, wanted: Wanted, *, actor: Officer, at: datetime) -> SavedView:
    """Keep a view under a name; the same again changes nothing.

    Refuses VIEW-NAME an empty or too long name, TXT-CTRL invisible characters, VIEW-KNOWN a name
    that another view of the officer bears, and VIEW-MANY beyond twenty.
    """
    plain = name.strip()
    if not 0 < len(plain) <= _LONGEST:
        raise Refusal("VIEW-NAME", N_("请给视图起一个 1 至 {most} 字的名称"), most=_LONGEST)
    refuse_invisible(plain)
    with deed(actor=actor, act="save_view", why="保存台账视图", at=at):
        mine = SavedView.objects.filter(officer=actor)
        known = mine.filter(name=plain).first()
        if known is not None and known.query != wanted.query:
            raise Refusal(
                "VIEW-KNOWN",
                N_("您已有名为“{name}”的视图，请另起名称，或先删去原来的"),
                name=plain,
            )
        if known is not None:
            return known
        if mine.count() >= MOST_VIEWS:
            raise Refusal(
                "VIEW-MANY", N_("最多保存 {most} 个视图，请先删去不用的"), most=MOST_VIEWS
            )
        return SavedView.objects.create(officer=actor, name=plain, query=wanted.query, saved_at=at)


def forget_view(name: str, *, actor: Officer, at: datetime) -> None:
    """Take one of the officer's own views away; one that is gone already is no fault."""
    with deed(actor=actor, act="forget_view", why="删除台账视图", at=at):
        SavedView.objects.filter(officer=actor, name=name.replace("\0", "")).delete()


def choose_columns(shown: Collection[str], *, actor: Officer, at: datetime) -> None:
    """Show these columns of the list from now on, and leave the others out."""
    with deed(actor=actor, act="choose_columns", why="选择台账列", at=at):
        ListColumns.objects.update_or_create(
            officer=actor, defaults={"left_out": [each for each in COLUMNS if each not in shown]}
        )
