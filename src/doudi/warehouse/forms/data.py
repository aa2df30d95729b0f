"""A report, or the records behind a figure, as JSON: for other systems and for tests."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doudi.warehouse.drilldown import Page
    from doudi.warehouse.report import Report


def report_as_json(report: Report) -> str:
    """The period, the code of the area, and each figure by its key; money in whole fen."""
    figures = {
        figure.indicator.key: {
            "value": figure.value,
            "unit": str(figure.indicator.unit),
            "records": figure.records,
        }
        for figure in report.figures
    }
    scope = report.scope
    return _json({"period": scope.period.name, "area": scope.area.code, "figures": figures})


def records_as_json(page: Page) -> str:
    """One page of records, with the figure that all pages add up to."""
    indicator = page.figure.indicator
    return _json(
        {
            "key": indicator.key,
            "value": page.figure.value,
            "unit": str(indicator.unit),
            "records": page.figure.records,
            "page": page.number,
            "pages": page.pages,
            "rows": [asdict(record) for record in page.records],
        }
    )


def _json(answer: dict[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)
