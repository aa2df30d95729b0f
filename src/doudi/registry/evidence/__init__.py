"""Papers (材料) as they come in and as they are kept: looked through, made anew, sealed."""

from doudi.registry.evidence.intake import MOST_BYTES, Paper, taken_in
from doudi.registry.evidence.store import keep_paper, kept_paper, throw_away

__all__ = ["MOST_BYTES", "Paper", "keep_paper", "kept_paper", "taken_in", "throw_away"]
