"""Charts drawn as SVG on our side: they need no script, print, and stand beside their table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from doudi.kernel.money import yuan_grouped

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from doudi.doors.office.desk.figures import MonthsPaid

register = template.Library()
_WIDTH, _HEIGHT, _LEFT, _FOOT, _HEAD = 560, 260, 64, 28, 12
_COLOURS = 8
_FEN_PER_WAN = 1_000_000
_LINES = 4


@register.simple_tag
def stacked_months(paid: MonthsPaid) -> SafeString:
    """Columns of months, each stacked by programme, with their legend."""
    top = _ceiling(paid.most_fen)
    inner = _HEIGHT - _FOOT - _HEAD
    step = (_WIDTH - _LEFT) // max(1, len(paid.months))
    bars = []
    for place, month in enumerate(paid.months):
        base = _HEIGHT - _FOOT
        for number, fen in enumerate(month.fen):
            height = fen * inner // top
            base -= height
            bars.append((_LEFT + place * step + step // 4, base, step // 2, height, number))
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>'
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg></figure>',
        _legend(paid),
        _WIDTH,
        _HEIGHT,
        gettext("按月份和项目的发放金额，数字见下表"),
        _grid(top, inner),
        format_html_join(
            "",
            '<rect x="{}" y="{}" width="{}" height="{}" class="tone-{}"></rect>',
            ((x, y, w, h, number % _COLOURS + 1) for x, y, w, h, number in bars if h),
        ),
        format_html_join(
            "",
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            (
                (_LEFT + place * step + step // 2, _HEIGHT - 8, month.month)
                for place, month in enumerate(paid.months)
            ),
        ),
    )


def _legend(paid: MonthsPaid) -> SafeString:
    """What each colour stands for, with its sum over the months."""
    return format_html_join(
        " ",
        '<span class="key"><i class="tone-{}"></i>{} <small class="digits">{}</small></span>',
        (
            (
                number % _COLOURS + 1,
                gettext(programme.label),
                yuan_grouped(sum(month.fen[number] for month in paid.months)),
            )
            for number, programme in enumerate(paid.programmes)
        ),
    )


def _grid(top: int, inner: int) -> SafeString:
    """Lines at quarters of the height, with their amounts in ten thousands of yuan."""
    lines = []
    for quarter in range(_LINES + 1):
        y = _HEAD + inner - inner * quarter // _LINES
        amount = top * quarter // _LINES
        lines.append((_LEFT, y, _WIDTH, y, _LEFT - 8, y + 4, _wan(amount)))
    return format_html_join(
        "",
        '<line x1="{}" y1="{}" x2="{}" y2="{}"></line>'
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        lines,
    )


def _wan(fen: int) -> str:
    """Fen in ten thousands of yuan, to two places where needed."""
    hundredths = fen * 100 // _FEN_PER_WAN
    whole, rest = divmod(hundredths, 100)
    shown = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return gettext("{amount} 万").format(amount=shown)


def _ceiling(fen: int) -> int:
    """The next amount of one, two or five and zeros: the top of a chart."""
    top = 1
    while True:
        for times in (1, 2, 5):
            if top * times >= fen:
                return max(top * times, 1)
        top *= 10
