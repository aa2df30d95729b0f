"""What the guard found of a workbook while it made sure that it is harmless."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class SheetFindings:
    """What is odd about one sheet; rows and columns are counted from 1."""

    is_hidden: bool = False
    merges: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    unvalued_formulas: list[str] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    last_row: int = 0
    columns: set[int] = field(default_factory=set)


@dataclass(slots=True)
class WorkbookFindings:
    """What is odd about a workbook: by sheet, and which calendar its dates count from."""

    sheets: dict[str, SheetFindings] = field(default_factory=dict)
    counts_from_1904: bool = False
