"""Commands killed at any moment, then run again: the office must equal one that was never harmed.

Everything happens in forks of one process (`office`), which has all modules and no connection.
"""
