"""The tables in which a simulation is told (试算结果表), the same for every door and form. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from doudi.entitlement.effects import added
from doudi.kernel.money import yuan_grouped
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from doudi.entitlement.effects import Simulated, Sums
    from doudi.entitlement.effects_spread import Band, Side
    from doudi.kernel.refusals import Translate

Kind = Literal["text", "count", "fen"]
"""What a column holds: text, a whole number, an amount in fen."""
Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title, heads, kinds of columns, and rows; the last may be the sum."""

    title: str
    heads: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


COSTS: tuple[tuple[str, Kind, str], ...] = (
    ("awards", "count", N_("待遇")),
    ("before_fen", "fen", N_("现行（元）")),
    ("after_fen", "fen", N_("改革后（元）")),
    ("difference_fen", "fen", N_("增减（元）")),
    ("gaining", "count", N_("增加（项）")),
    ("losing", "count", N_("减少（项）")),
    ("begins", "count", N_("开始有应发")),
    ("ends", "count", N_("不再有应发")),
    ("open_before", "count", N_("待定（现行）")),
    ("open_after", "count", N_("待定（改革后）")),
)
"""The columns of costs: the name in `Sums`, what it holds, its head."""
SCREENED: tuple[tuple[str, Kind, str], ...] = (
    ("qualify", "count", N_("新符合")),
    ("qualify_fen", "fen", N_("若批准（元）")),
    ("no_longer", "count", N_("不再符合")),
    ("held_fails", "count", N_("待遇不再成立")),
    ("held_again", "count", N_("待遇重新成立")),
    ("unclear_before", "count", N_("无法判断（现行）")),
    ("unclear_after", "count", N_("无法判断（改革后）")),
)
"""The columns of screening."""
ADVICE = N_("规则只是提示：没有待遇的，要申请并经批准才发；已有待遇的，由经办人核实后才停。")
MONTHLY = N_("逐月累计：一项待遇一个月计一次。")


def tables(simulated: Simulated, translate: Translate, language: str) -> list[Table]:
    """Every table of a simulation; names of parameters in a language, "zh" or "en"."""
    return [
        altered_table(simulated, translate, language),
        *cost_tables(simulated, translate),
        household_table(simulated, translate),
        band_table(simulated, translate),
        screening_table(simulated, translate),
        *lacking_tables(simulated, translate, language),
    ]


def altered_table(simulated: Simulated, translate: Translate, language: str) -> Table:
    """The parameters that differ within the span."""
    rows = [
        (
            each.parameter.path,
            each.parameter.title.said(language),
            f"{each.first}–{each.last}",
            each.parameter.shown(each.before).said(language),
            each.parameter.shown(each.after).said(language),
        )
        for each in simulated.altered
    ]
    heads = (N_("参数"), N_("名称"), N_("月份"), N_("现行"), N_("改革后"))
    note = "" if rows else translate(N_("在这段时间里，改革方案没有改变任何参数。"))
    return Table(
        translate(N_("改变的参数")),
        _said(heads, translate),
        ("text", "text", "text", "text", "text"),
        tuple(rows),
        note,
    )


def cost_tables(simulated: Simulated, translate: Translate) -> list[Table]:
    """What decided awards cost, by month, by programme, by community."""
    names = dict(simulated.communities)
    by_programme = {
        translate(programme.label): sums for programme, sums in simulated.by_programme().items()
    }
    by_community = {
        names[code]: sums for code, sums in simulated.by_community().items() if sums.awards
    }
    by_month = {str(month): sums for month, sums in simulated.by_month().items()}
    monthly = translate(MONTHLY)
    return [
        _costs(N_("已决定的待遇，按月份"), N_("月份"), by_month, "", translate),
        _costs(N_("已决定的待遇，按项目"), N_("项目"), by_programme, monthly, translate),
        _costs(N_("已决定的待遇，按社区"), N_("社区"), by_community, monthly, translate),
    ]


def household_table(simulated: Simulated, translate: Translate) -> Table:
    """How many households gain, lose, stay the same; how much."""
    spread = simulated.spread
    rows = (
        _side(N_("受益"), spread.gains, translate),
        _side(N_("受损"), spread.losses, translate),
        (translate(N_("不变")), spread.same, 0, 0, 0, 0),
    )
    heads = (
        N_("家庭"), N_("户数"), N_("合计（元）"),
        N_("每月最少（元）"), N_("每月居中（元）"), N_("每月最多（元）"),
    )  # fmt: skip
    note = translate(
        N_(
            "共 {count} 户可以比较；{into} 户从无到有，{out} 户从有到无。"
            "每月数是一户在参数有改变的月份里的平均。"
        )
    ).format(count=f"{spread.households:,}", into=f"{spread.into:,}", out=f"{spread.out:,}")
    return Table(
        translate(N_("受益和受损的家庭")), _said(heads, translate),
        ("text", "count", "fen", "fen", "fen", "fen"), rows, note,
    )  # fmt: skip


def band_table(simulated: Simulated, translate: Translate) -> Table:
    """How many households' month changes by how much; the outermost empty bands are left out."""
    rows = tuple((band_words(band, translate), band.households) for band in _told(simulated))
    return Table(
        translate(N_("每户每月增减的分布")), _said((N_("每月增减（元）"), N_("户数")), translate),
        ("text", "count"), rows,
    )  # fmt: skip


def screening_table(simulated: Simulated, translate: Translate) -> Table:
    """Who would newly qualify, and who would no longer, by programme."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (translate(programme.label), *_picked(sums, SCREENED))
        for programme, sums in simulated.by_programme().items()
        if any(_picked(sums, SCREENED))
    )
    return Table(
        translate(N_("筛查：没有待遇的人户，和待遇是否还成立")),
        _said((N_("项目"), *(head for _, _, head in SCREENED)), translate),
        ("text", *(kind for _, kind, _ in SCREENED)),
        rows,
        f"{translate(ADVICE)}{translate(N_('逐月累计：一人或一户一个月计一次。'))}",
    )


def lacking_tables(simulated: Simulated, translate: Translate, language: str) -> list[Table]:
    """What awards lack to be determined, and who can supply it; none where nothing is open."""
    if not simulated.lacking:
        return []
    heads = (N_("缺少"), N_("请向谁核实"), N_("待定（现行）"), N_("待定（改革后）"))
    rows = tuple(
        (
            each.missing.title.said(language),
            each.missing.supplier.said(language),
            each.before,
            each.after,
        )
        for each in simulated.lacking
    )
    return [
        Table(
            translate(N_("待定的待遇缺少什么")), _said(heads, translate),
            ("text", "text", "count", "count"), rows, translate(MONTHLY),
        )
    ]  # fmt: skip


def detail_table(simulated: Simulated, translate: Translate) -> Table:
    """Every month, programme and community of decided awards."""
    names = dict(simulated.communities)
    heads = (N_("月份"), N_("社区代码"), N_("社区"), N_("项目"), *(head for _, _, head in COSTS))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            str(each.month),
            each.community,
            names[each.community],
            translate(each.programme.label),
            *_picked(each.sums, COSTS),
        )
        for each in simulated.cells
        if each.sums.awards
    )
    return Table(
        translate(N_("明细：月份、社区、项目")),
        _said(heads, translate),
        ("text", "text", "text", "text", *(kind for _, kind, _ in COSTS)),
        rows,
    )


def band_words(band: Band, translate: Translate) -> str:
    """A band of changes, in yuan a month."""
    if band.above == band.most:
        return translate(N_("不变"))
    if band.above is None or band.most is None:
        end = band.most if band.above is None else band.above
        message = N_("减少 {low} 以上") if band.above is None else N_("增加 {low} 以上")
        return translate(message).format(low=yuan_grouped(abs(end or 0)))
    low, high = sorted((abs(band.above), abs(band.most)))
    if low == 0:
        message = N_("减少不超过 {high}") if band.above < 0 else N_("增加不超过 {high}")
        return translate(message).format(high=yuan_grouped(high))
    message = N_("减少 {low} 至 {high}") if band.above < 0 else N_("增加 {low} 至 {high}")
    return translate(message).format(low=yuan_grouped(low), high=yuan_grouped(high))


def _told(simulated: Simulated) -> list[Band]:
    """The bands between the outermost that anybody is in, and always that of no change."""
    bands = simulated.spread.bands
    filled = [
        place for place, band in enumerate(bands) if band.households or band.above == band.most
    ]
    return list(bands[filled[0] : filled[-1] + 1])


def _costs(
    title: str, head: str, rows: Mapping[str, Sums], note: str, translate: Translate
) -> Table:
    """A table of costs, with the sum below where there is more than one row."""
    listed: list[tuple[Cell, ...]] = [(name, *_picked(sums, COSTS)) for name, sums in rows.items()]
    if len(listed) > 1:
        listed.append((translate(N_("合计")), *_picked(added(rows.values()), COSTS)))
    return Table(
        translate(title),
        _said((head, *(each for _, _, each in COSTS)), translate),
        ("text", *(kind for _, kind, _ in COSTS)),
        tuple(listed),
        note,
    )


def _picked(sums: Sums, columns: Iterable[tuple[str, Kind, str]]) -> tuple[int, ...]:
    return tuple(int(getattr(sums, name)) for name, _, _ in columns)


def _side(name: str, side: Side, translate: Translate) -> tuple[Cell, ...]:
    return (
        translate(name),
        side.households,
        side.together_fen,
        side.least_fen,
        side.median_fen,
        side.most_fen,
    )


def _said(words: Iterable[str], translate: Translate) -> tuple[str, ...]:
    return tuple(translate(word) for word in words)
