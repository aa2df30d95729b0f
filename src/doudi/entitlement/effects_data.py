"""A simulation as plain data (试算数据), for JSON: amounts in fen, months as text. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doudi.entitlement.effects import Altered, Simulated


def simulated_as_data(simulated: Simulated) -> dict[str, Any]:
    """Everything that a simulation found."""
    reform = simulated.reform
    return {
        "name": reform.name,
        "reason": reform.reason,
        "areas": list(simulated.areas),
        "from": simulated.first,
        "to": simulated.last,
        "known_at": simulated.known_at.isoformat(),
        "changes": [
            {"path": each.path, "from": each.first, "to": each.last, "value": each.value}
            for each in reform.changes
        ],
        "altered": [_altered(each) for each in simulated.altered],
        "total": asdict(simulated.total),
        "by_month": {month: asdict(sums) for month, sums in simulated.by_month().items()},
        "by_programme": {
            str(programme): asdict(sums) for programme, sums in simulated.by_programme().items()
        },
        "by_community": {code: asdict(sums) for code, sums in simulated.by_community().items()},
        "communities": dict(simulated.communities),
        "households": asdict(simulated.spread),
        "lacking": [
            {"key": each.missing.key, "before": each.before, "after": each.after}
            for each in simulated.lacking
        ],
        "cells": [
            {
                "month": each.month,
                "programme": str(each.programme),
                "community": each.community,
                **asdict(each.sums),
            }
            for each in simulated.cells
        ],
    }


def _altered(each: Altered) -> dict[str, Any]:
    """A parameter that differs."""
    return {
        "jurisdiction": each.jurisdiction,
        "path": each.parameter.path,
        "unit": each.parameter.unit,
        "from": each.first,
        "to": each.last,
        "before": each.before,
        "after": each.after,
    }
