"""Twelve faults planted on purpose, one after the other: each must turn the tests red."""
