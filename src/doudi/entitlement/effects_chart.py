"""A simulation as a picture (试算图): costs by month, and households by change, as SVG. Pure.

Everything that a colour says is said in words as well, and the picture's tables stand beside it
wherever it is shown (`effects_tables`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from doudi.entitlement.effects_tables import band_table
from doudi.kernel.money import FEN_PER_YUAN, yuan_grouped
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.entitlement.effects import Simulated, Sums
    from doudi.kernel.refusals import Translate

_BEFORE, _AFTER, _INK, _QUIET, _LINE = "#17559c", "#1f8a80", "#1b2430", "#4a5564", "#dfe4eb"
_FONTS = (
    "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, WenQuanYi Micro Hei, "
    "sans-serif"
)
_MARGIN, _LEFT, _TOP = 24, 130, 104
_BAR, _MONTH, _PLOT = 26, 92, 220
_NARROW_BAR, _NARROW_MONTH = 7, 24
_LABELLED = 12
"""Up to so many months each pair of bars bears its difference; of more, every third its name."""
_NARROWEST = 760
_ROW, _BANDS_LEFT = 26, 220
_ABOUT = N_(
    "{first} 至 {last}：现行 {before} 元，改革后 {after} 元；受益 {gaining} 户，受损 {losing} 户"
)
_STEPS = (1, 2, 5, 10)
_LINES = 5


def chart_as_svg(simulated: Simulated, translate: Translate) -> str:
    """The picture: above the costs of decided awards by month, below households by change."""
    months = {str(month): sums for month, sums in simulated.by_month().items()}
    band_rows = band_table(simulated, translate).rows
    step = _MONTH if len(months) <= _LABELLED else _NARROW_MONTH
    width = max(_NARROWEST, _LEFT + step * len(months) + _MARGIN)
    bands_top = _TOP + _PLOT + 100
    height = bands_top + _ROW * len(band_rows) + _MARGIN
    title = translate(N_("试算：{name}")).format(name=simulated.reform.name)
    total = simulated.total
    about = translate(_ABOUT).format(
        first=simulated.first,
        last=simulated.last,
        before=yuan_grouped(total.before_fen),
        after=yuan_grouped(total.after_fen),
        gaining=f"{simulated.spread.gains.households:,}",
        losing=f"{simulated.spread.losses.households:,}",
    )
    lines = [
        _opening(width, height),
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(about)}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(_MARGIN, 34, title, size=18, bold=True),
        _text(_MARGIN, 58, about, fill=_QUIET),
        *_legend(translate),
        *_months(months, width, step),
        _text(_MARGIN, bands_top - 20, translate(N_("每户每月增减（元）")), size=14, bold=True),
        *_bands([(str(name), int(count)) for name, count in band_rows], bands_top, width),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _opening(width: int, height: int) -> str:
    """The picture's own element; an image to those who can't see it, told by title and desc."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" font-family="{_FONTS}" font-size="13">'
    )


def _legend(translate: Translate) -> Iterator[str]:
    """Which bar is which: the left one before, the right one after."""
    yield _text(_MARGIN, _TOP - 18, translate(N_("每月支出（元）")), size=14, bold=True)
    for place, (colour, words) in enumerate(
        [(_BEFORE, N_("左：现行")), (_AFTER, N_("右：改革后"))]
    ):
        x = _MARGIN + 200 + 150 * place
        yield f'<rect x="{x}" y="{_TOP - 30}" width="14" height="14" fill="{colour}"/>'
        yield _text(x + 20, _TOP - 18, translate(words))


def _months(months: dict[str, Sums], width: int, step: int) -> Iterator[str]:
    """Pairs of bars over a scale from nothing."""
    bottom = _TOP + _PLOT
    most = max((max(each.before_fen, each.after_fen) for each in months.values()), default=0)
    unit = _nice_step(most)
    top = unit * max(-(-most // unit), 1)
    for fen in range(0, top + 1, unit):
        y = bottom - _PLOT * fen // top
        yield f'<line x1="{_LEFT}" y1="{y}" x2="{width - _MARGIN}" y2="{y}" stroke="{_LINE}"/>'
        yield _text(_LEFT - 8, y + 4, f"{fen // FEN_PER_YUAN:,}", anchor="end", fill=_QUIET)
    bar = _BAR if len(months) <= _LABELLED else _NARROW_BAR
    for place, (month, sums) in enumerate(months.items()):
        middle = _LEFT + step * place + step // 2
        for x, fen, colour in (
            (middle - bar - 1, sums.before_fen, _BEFORE),
            (middle + 1, sums.after_fen, _AFTER),
        ):
            tall = _PLOT * fen // top
            yield (
                f'<rect x="{x}" y="{bottom - tall}" width="{bar}" height="{tall}" '
                f'fill="{colour}"><title>{month} {yuan_grouped(fen)}</title></rect>'
            )
        yield from _named(month, sums, middle, bottom, every=len(months), place=place, top=top)


def _named(
    month: str, sums: Sums, middle: int, bottom: int, *, every: int, place: int, top: int
) -> Iterator[str]:
    """The month below its bars, and the difference above them where there is room."""
    if every <= _LABELLED:
        yield _text(middle, bottom + 20, month, anchor="middle")
        above = bottom - _PLOT * max(sums.before_fen, sums.after_fen) // top - 6
        sign = "+" if sums.difference_fen > 0 else ""
        words = f"{sign}{yuan_grouped(sums.difference_fen)}"
        yield _text(middle, above, words, anchor="middle", size=12)
    elif place % 3 == 0:
        yield _text(middle, bottom + 20, month, anchor="middle", size=12)


def _bands(rows: list[tuple[str, int]], top: int, width: int) -> Iterator[str]:
    """A bar for each band, its number beside it."""
    most = max((count for _, count in rows), default=0) or 1
    longest = width - _BANDS_LEFT - _MARGIN - 70
    for place, (name, count) in enumerate(rows):
        y = top + _ROW * place
        long = longest * count // most
        yield _text(_BANDS_LEFT - 10, y + 13, name, anchor="end")
        yield f'<rect x="{_BANDS_LEFT}" y="{y}" width="{long}" height="18" fill="{_BEFORE}"/>'
        yield _text(_BANDS_LEFT + long + 8, y + 13, f"{count:,}")


def _nice_step(most: int) -> int:
    """A round distance between lines, in fen, so that there are about five of them."""
    scale = FEN_PER_YUAN
    while True:
        for step in _STEPS:
            if step * scale * _LINES >= most:
                return step * scale
        scale *= _STEPS[-1]


def _text(
    x: int,
    y: int,
    words: str,
    *,
    anchor: str = "start",
    size: int = 13,
    fill: str = _INK,
    bold: bool = False,
) -> str:
    """Words at a place."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="{fill}"{weight}>'
        f"{escape(words)}</text>"
    )
