"""Help that is given once (一次性): temporary assistance, the funeral subsidy."""

from doudi.policy.one_off import funeral, temporary_assistance

__all__ = ["funeral", "temporary_assistance"]
