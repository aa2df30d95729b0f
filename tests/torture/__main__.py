"""Torture without end, as `make torture` has it: trials by seed, each of which can be repeated.

python -m tests.torture [--kills N] [--seed FIRST] [--act NAME] [--wrong]
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doudi.settings")

import click
import django

django.setup()

from tests.torture.acts import ACTS  # noqa: E402
from tests.torture.office import Office  # noqa: E402
from tests.torture.trials import kill  # noqa: E402
from tests.torture.warming import warm_up  # noqa: E402
from tests.torture.wrongs import WRONGS  # noqa: E402

_NAMES = [act.name for act in ACTS]


@click.command(help=__doc__)
@click.option("--kills", type=click.IntRange(1), default=100, show_default=True)
@click.option("--seed", type=int, default=lambda: secrets.randbelow(10**6))
@click.option("--act", "only", type=click.Choice(_NAMES))
@click.option("--wrong", is_flag=True, help="kill products that are wrong on purpose")
def main(*, kills: int, seed: int, only: str | None, wrong: bool) -> None:
    """Kill, finish, compare; exit status 1 when anything was found."""
    warm_up()
    office = Office(Path(tempfile.mkdtemp(prefix="doudi-torture-")))
    found = 0
    try:
        office.prepare()
        stages = dict(office.stages)
        if wrong:
            stages = {name: office.wrong_stage(name, WRONGS[name]) for name in WRONGS}
        for stage in stages.values():
            click.echo(
                f"{stage.act.name}: {stage.seconds:.2f} s, {stage.statements} statements,"
                f" {stage.calls} calls"
            )
        for each in range(seed, seed + kills):
            act = only or list(stages)[each % len(stages)]
            trial = kill(stages[act], each, WRONGS[act] if wrong else None)
            found += bool(trial.faults)
            click.echo(f"seed {each}: {act}, {trial.deaths} dead, {', '.join(trial.harms)}")
            for fault in trial.faults:
                click.echo(f"    FAULT {fault}")
    finally:
        office.drop()
    click.echo(f"{kills} trials from seed {seed}: {found} with faults")
    sys.exit(bool(found))


main()
