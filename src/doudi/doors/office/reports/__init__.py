"""Reports (报表): figures with their definitions, and the records behind each."""
