"""Dibao (最低生活保障): members, income, gap, supplement, margin, the single-person route."""

from doudi.policy.dibao import gap, holding, income, margin, members, single, supplement

__all__ = ["gap", "holding", "income", "margin", "members", "single", "supplement"]
