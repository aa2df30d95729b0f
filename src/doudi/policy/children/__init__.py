"""Children without parents' care: orphans (孤儿), and those in fact unattended (事实无人抚养)."""

from doudi.policy.children import orphan, parents, unattended

__all__ = ["orphan", "parents", "unattended"]
