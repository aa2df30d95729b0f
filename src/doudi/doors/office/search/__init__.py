"""Search (检索): one box on every page, answered in place; what was typed stands in no address."""
