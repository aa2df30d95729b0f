"""The job behind a simulation: what `doudi simulate` does; nothing of the office's is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language, gettext

from doudi.access.queries import find_area
from doudi.doors.office.jobs.carrying import Carried, works
from doudi.entitlement.effects_chart import chart_as_svg
from doudi.entitlement.effects_tables import tables
from doudi.entitlement.effects_workbook import workbook
from doudi.entitlement.rules import rules_of
from doudi.entitlement.simulating import simulate
from doudi.kernel.months import Month
from doudi.policy.reform_files import reform_from

if TYPE_CHECKING:
    from doudi.entitlement.effects_tables import Table

CHART, WORKBOOK = "chart.svg", "workbook.xlsx"


def folder_of(key: str) -> Path:
    """Where the files of a simulation lie."""
    return Path(settings.HOME) / "jobs" / key


@works("simulation")
def try_reform(job: Carried) -> dict[str, Any]:
    """Try a reform on the register; answers its tables, and keeps chart and workbook as files.

    While it reads, the database refuses every write, its own progress too: it can only be
    stopped, and says how far it came at the end.
    """
    asked = job.asked
    area = find_area(asked["area"])
    reform = reform_from(asked["reform"].encode(), gettext("改革方案"), rules_of(area))
    span = Month(asked["first"]), Month(asked["last"])
    job.tell(0, 0, gettext("正在按现行和改革后的规定各算一遍"))
    simulated = simulate(
        reform,
        span,
        [area],
        actor=job.officer,
        at=job.at,
        progress=lambda _done, _all: job.go_on(),
    )
    language = "en" if (get_language() or "").startswith("en") else "zh"
    folder = folder_of(str(job.job.pk))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / CHART).write_text(chart_as_svg(simulated, gettext), encoding="utf-8")
    (folder / WORKBOOK).write_bytes(workbook(simulated, gettext, language))
    return {
        "name": reform.name,
        "reason": reform.reason,
        "tables": [_plain(table) for table in tables(simulated, gettext, language)],
    }


def _plain(table: Table) -> dict[str, Any]:
    """A table as plain data."""
    return {
        "title": table.title,
        "heads": table.heads,
        "kinds": table.kinds,
        "rows": table.rows,
        "note": table.note,
    }
