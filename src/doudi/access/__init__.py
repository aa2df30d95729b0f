"""Officers, the tree of areas, who may see whom, and the journal of deeds."""
