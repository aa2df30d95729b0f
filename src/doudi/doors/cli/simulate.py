"""`doudi simulate`: a reform tried on the real register; no record is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils.timezone import localtime

from doudi.access.queries import areas_of, find_area
from doudi.doors.cli.context import moment, officer_if_any, progress, say
from doudi.doors.cli.handing_over import write_file
from doudi.doors.cli.language import spoken, translate
from doudi.entitlement.effects_chart import chart_as_svg
from doudi.entitlement.effects_data import simulated_as_data
from doudi.entitlement.effects_tables import tables
from doudi.entitlement.effects_workbook import workbook
from doudi.entitlement.rules import rules_of
from doudi.entitlement.simulating import simulate as tried
from doudi.kernel.money import yuan_grouped
from doudi.kernel.months import Month
from doudi.kernel.refusals import N_, Refusal
from doudi.policy.reform_files import read_reform
from doudi.warehouse.forms.columns import aligned

if TYPE_CHECKING:
    from doudi.access.models import Area
    from doudi.entitlement.effects import Simulated
    from doudi.entitlement.effects_tables import Cell, Kind, Table

_PROGRESS_LINES = 20
"""How many times at most the command tells how far it has come."""


@click.command(
    help=N_(
        "试算一个改革方案：按改变后的参数重算登记在册的待遇，与现行规定比较，不写入任何记录，"
        "如 doudi simulate reform.yaml --from 2022-01 --to 2022-06 --area 六甲街道"
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "first", required=True, help=N_("从哪个月起，如 2022-01"))
@click.option("--to", "last", required=True, help=N_("到哪个月止，如 2022-06"))
@click.option(
    "--area", "places", multiple=True, help=N_("区域的名称或代码，可写多次；不写就是自己任职的区域")
)
@click.option("--chart", type=click.Path(path_type=Path), help=N_("把图写入这个 SVG 文件"))
@click.option(
    "--workbook", "book", type=click.Path(path_type=Path), help=N_("把各表写入这个 Excel 文件")
)
@click.option("--json", "as_json", is_flag=True, help=N_("以 JSON 输出，金额以分为单位"))
def simulate(
    *,
    file: Path,
    first: str,
    last: str,
    places: tuple[str, ...],
    chart: Path | None,
    book: Path | None,
    as_json: bool,
) -> None:
    """Try the reform of a file from one month to another, and tell what it would do."""
    span = Month(first), Month(last)
    areas = _areas(places)
    reform = read_reform(file, rules_of(areas[0]))
    simulated = tried(
        reform, span, areas, actor=officer_if_any(), at=moment(), progress=_tell_progress
    )
    if as_json:
        click.echo(json.dumps(simulated_as_data(simulated), ensure_ascii=False, indent=2))
    else:
        _tell(simulated)
    if chart is not None:
        write_file(chart_as_svg(simulated, translate).encode(), chart)
    if book is not None:
        write_file(workbook(simulated, translate, spoken()), book)


def _areas(places: tuple[str, ...]) -> list[Area]:
    """The areas named, or those that the officer works in; refuses AREA-WHICH without either."""
    officer = officer_if_any()
    if places:
        return [find_area(place) for place in places]
    own = [] if officer is None else list(areas_of(officer, moment().date()))
    if not own:
        raise Refusal("AREA-WHICH", N_("请用 --area 写明为哪个区域办理，如 --area 六甲街道"))
    return own


def _tell_progress(done: int, all_of_them: int) -> None:
    """A line now and then, however many areas and months there are."""
    if done * _PROGRESS_LINES // all_of_them > (done - 1) * _PROGRESS_LINES // all_of_them:
        progress(N_("已试算 {done}/{all}"), done=done, all=all_of_them)


def _tell(simulated: Simulated) -> None:
    """The reform, then every table."""
    say(
        N_("改革方案“{name}”：{areas}，{first} 至 {last}，按 {at} 所知"),
        name=simulated.reform.name,
        areas=simulated.areas,
        first=simulated.first,
        last=simulated.last,
        at=f"{localtime(simulated.known_at):%Y-%m-%d %H:%M}",
    )
    say(N_("理由：{reason}"), reason=simulated.reform.reason)
    for table in tables(simulated, translate, spoken()):
        if table.rows or table.note:
            _show(table)
    say(N_("只是试算：没有写入任何记录，应发和发放都不变"))


def _show(table: Table) -> None:
    """A table under its title, its note below."""
    click.echo("")
    click.echo(table.title)
    if table.rows:
        rows = [
            [_shown(cell, kind) for cell, kind in zip(row, table.kinds, strict=True)]
            for row in table.rows
        ]
        sides = ["left" if kind == "text" else "right" for kind in table.kinds]
        for line in aligned([list(table.heads), *rows], sides):  # type: ignore[arg-type]  # two words
            click.echo(f"  {line}")
    if table.note:
        click.echo(f"  {table.note}")


def _shown(cell: Cell, kind: Kind) -> str:
    """A cell as text."""
    if kind == "fen":
        return yuan_grouped(int(cell))
    return f"{cell:,}" if isinstance(cell, int) else cell
