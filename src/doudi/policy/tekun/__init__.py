"""Tekun (特困人员救助供养): no capacity for work, no livelihood, nobody able to support."""

from doudi.policy.tekun import amounts, capacity, livelihood, supporters, whole

__all__ = ["amounts", "capacity", "livelihood", "supporters", "whole"]
