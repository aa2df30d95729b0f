"""The answers of mutation testing: kept in docs/mutation.json, and told in docs/mutation.md."""

from __future__ import annotations

import json
from typing import Any

from scripts.copies import ROOT

KEPT = ROOT / "docs" / "mutation.json"


def keep(room: str, found: dict[str, Any]) -> None:
    """Put the answers for a room beside those of the others."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    kept[room] = found
    text = json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=1)
    KEPT.write_text(text + "\n", encoding="utf-8")
