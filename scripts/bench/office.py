"""The office that is measured: who works in it, when, and how it comes to be."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from doudi.doors.cli.commands import set_up_django
from doudi.kernel.months import Month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.synth.people import Household

BEIJING = ZoneInfo("Asia/Shanghai")
MONTH = Month("2022-01")
"""The first month that the office pays."""
OPENING = date(2022, 1, 1)
AREA, JURISDICTION = "六甲街道", "demo_assumptions"
ROLES = {"guan": "管理员", "shou": "受理", "cha": "核查", "pi": "审核确认", "zijin": "资金"}
MADE, TAKEN_IN, FIRST, SECOND, SEALED, SETTLED, NEWS, AFTER = (
    datetime(2022, 1, day, 9, tzinfo=BEIJING) for day in (1, 2, 20, 21, 22, 23, 24, 25)
)
"""The moments at which things happen there, whatever the clock says."""

REGISTER, RECIPIENTS = "register", "recipients"
SEED, MANY = 1, 1_000_000_000
LOADED_AS = 1
"""Raise it where the office is set up or loaded otherwise: the kept ones are then made anew."""


def prepare(persons: int, people: str) -> dict[str, int]:
    """Make the office and load so many made-up people; in the database of the environment.

    `people` is `register`, everybody of `doudi synth`, or `recipients`, those households of it
    alone that hold an award.
    """
    set_up_django()
    from django.conf import settings  # noqa: PLC0415 - Django has only now been set up

    from doudi.access.actions import (  # noqa: PLC0415 - Django has only now been set up
        add_officer,
        appoint_officer,
        load_areas,
        open_office,
        set_jurisdiction,
    )
    from doudi.access.models import Role  # noqa: PLC0415
    from doudi.access.queries import find_area, officer_named  # noqa: PLC0415
    from doudi.synth.places import communities_of  # noqa: PLC0415
    from doudi.synth.population import population  # noqa: PLC0415
    from doudi.synth.rates import rates_in_force  # noqa: PLC0415
    from scripts.bench.loading import load  # noqa: PLC0415

    Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate()
    system = open_office(at=MADE)
    load_areas(actor=system, at=MADE)
    area = find_area(AREA)
    for username, word in ROLES.items():
        officer = add_officer(username=username, name=word, actor=system, at=MADE)
        role = Role.labelled(word)
        if role is None:
            raise ValueError(word)
        appoint_officer(officer, role=role, area=area, valid_from=OPENING, actor=system, at=MADE)
    set_jurisdiction(
        area, jurisdiction=JURISDICTION, why="bench", actor=officer_named("guan"), at=MADE
    )
    rates, places = rates_in_force(JURISDICTION, OPENING), communities_of(AREA)
    if people == RECIPIENTS:
        everybody = population(MANY, SEED, places, rates, OPENING)
        households = _so_many((home for home in everybody if home.awards), persons)
    else:
        households = population(persons, SEED, places, rates, OPENING)
    counts: dict[str, int] = {}
    for loaded in load(households, actor=officer_named("shou"), at=TAKEN_IN):
        sys.stderr.write(f"  loaded {loaded.persons:,} of {persons:,} persons\n")
        counts = {"persons": loaded.persons, "rows": loaded.rows, "awards": loaded.awards}
    _settle_down()
    return counts


def _so_many(households: Iterator[Household], persons: int) -> Iterator[Household]:
    """The first of these households that together have so many persons."""
    made = 0
    while made < persons:
        household = next(households)
        made += len(household.members)
        yield household


def migrate() -> None:
    """Bring the database up to date."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


def _settle_down() -> None:
    """Let PostgreSQL learn what it holds, as it does by itself in time; close SQLite's log."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
