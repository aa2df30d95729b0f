"""Guarded reading of files that others made: workbooks and CSV become rows of plain cells."""

from doudi.registry.ledger.reading.cells import Cell, CellKind, Reading, Row, Sheet
from doudi.registry.ledger.reading.files import read_ledger

__all__ = ["Cell", "CellKind", "Reading", "Row", "Sheet", "read_ledger"]
