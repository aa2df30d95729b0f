"""Somebody at work, deed after deed, until the file named is there.

    python -m tests.care.scribble STOP officers      takes colleagues on
    python -m tests.care.scribble STOP persons       registers persons, each a second time too

Prints 1 once it has begun, and at the end how many.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doudi.settings")

import django

django.setup()

from doudi.access.actions import add_officer  # noqa: E402
from doudi.access.queries import officers  # noqa: E402
from doudi.kernel.id_numbers import fictional_id_number  # noqa: E402
from doudi.kernel.vocabulary import Sex  # noqa: E402
from doudi.registry.actions import register_persons  # noqa: E402
from doudi.registry.newcomers import NewPerson  # noqa: E402

AT = datetime(2022, 6, 14, 1, tzinfo=UTC)
LONG_AGO = date(1903, 3, 3)
"""When nobody was born whom `doudi synth` makes up."""
A_DAY = 400
"""ID numbers that are used of a day."""


def take_on(number: int) -> None:
    """A new colleague."""
    guan = officers().get(username="guan")
    add_officer(username=f"more{number}", name="某某", actor=guan, at=AT)


def register(number: int) -> None:
    """A new person, who is known from then on, and one of those before."""
    assert _codes(number) == []
    assert _codes(number) == ["ID-KNOWN"]
    assert _codes(1 + number // 2) == ["ID-KNOWN"]


def _codes(number: int) -> list[str]:
    born = LONG_AGO + timedelta(days=number // A_DAY)
    id_number = fictional_id_number(born, 2 * (number % A_DAY))
    newcomer = NewPerson("某某", Sex.FEMALE, born, id_number, row=2)
    shou = officers().get(username="shou")
    registered = register_persons([newcomer], actor=shou, at=AT, why="登记")
    return [fault.code for fault in registered.faults]


def main(stop: Path, what: str) -> None:
    """Write until told to stop."""
    act = {"officers": take_on, "persons": register}[what]
    count = 0
    while not stop.exists():
        count += 1
        act(count)
        if count == 1:
            sys.stdout.write("1\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
