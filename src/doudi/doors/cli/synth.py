"""`doudi synth`: made-up people of any number, as a ledger to import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.doors.cli.context import progress, say
from doudi.kernel.refusals import N_
from doudi.synth.places import communities_of
from doudi.synth.population import population
from doudi.synth.rates import rates_in_force
from doudi.synth.rows import rows_of
from doudi.synth.writing import writer_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from doudi.synth.people import Household

MOST_PERSONS = 100_000_000
"""Beyond these the numbers of households and accounts would have too many digits."""
EVERY = 20_000
"""Persons between two lines about how far it has come."""


@click.command(help=N_("生成虚构人口：OUT 以 .xlsx 结尾写成工作簿，否则写成一个 CSV 文件夹"))
@click.option(
    "--persons",
    type=click.IntRange(1, MOST_PERSONS),
    required=True,
    help=N_("至少多少人；最后一户整户计入"),
)
@click.option("--seed", type=int, default=1, show_default=True, help=N_("种子：相同则结果相同"))
@click.option("--area", default="六甲街道", show_default=True, help=N_("住在哪个街道"))
@click.option(
    "--jurisdiction",
    default="demo_assumptions",
    show_default=True,
    help=N_("按哪个辖区的参数推定已有的待遇"),
)
@click.option(
    "--on",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    default="2022-01-01",
    show_default=True,
    help=N_("台账所反映的日期"),
)
@click.argument("out", type=click.Path(path_type=Path))
def synth(
    *, persons: int, seed: int, area: str, jurisdiction: str, on: datetime, out: Path
) -> None:
    """Write the households as they are made, so that memory does not grow with their number."""
    day = on.date()
    rates = rates_in_force(jurisdiction, day)
    people = population(persons, seed, communities_of(area), rates, day)
    writer = writer_for(out, day)
    for household in _counted(people):
        writer.write(rows_of(household))
    for path in writer.close():
        say(N_("已写成 {path}"), path=path)


def _counted(households: Iterator[Household]) -> Iterator[Household]:
    """The same households, with word of how far they have come."""
    made = 0
    for household in households:
        before, made = made, made + len(household.members)
        if before // EVERY != made // EVERY:
            progress(N_("已生成 {count} 人"), count=made)
        yield household
