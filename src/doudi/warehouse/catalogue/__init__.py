"""The catalogue of figures (指标目录): each defined once; pages and reports read it here."""

from doudi.warehouse.catalogue.figures import CATALOGUE, indicator
from doudi.warehouse.catalogue.indicator import (
    Indicator,
    Measured,
    Record,
    Unit,
    measure,
    records,
)
from doudi.warehouse.catalogue.scope import Period, Scope

__all__ = [
    "CATALOGUE",
    "Indicator",
    "Measured",
    "Period",
    "Record",
    "Scope",
    "Unit",
    "indicator",
    "measure",
    "records",
]
