"""Doudi 兜底: the civil-affairs office of a Chinese subdistrict, from the ledger to the report."""
