"""The Word template of the half-year report, and the script that builds it."""
