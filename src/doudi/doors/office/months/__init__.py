"""The monthly run (月度发放): worked out, drafted, checked, approved, sealed, paid, answered."""
