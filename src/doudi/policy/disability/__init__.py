"""The two disability subsidies (残疾人两项补贴): living in hardship, care of the severe."""

from doudi.policy.disability import care, living

__all__ = ["care", "living"]
