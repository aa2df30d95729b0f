"""What other rooms may ask this one: areas, officers and their rights, the journal."""

from doudi.access.queries.areas import (
    areas,
    communities,
    find_area,
    jurisdiction_of,
    within,
)
from doudi.access.queries.officers import (
    areas_of,
    may,
    officer_named,
    officers,
    require,
    visible_areas,
)

__all__ = [
    "areas",
    "areas_of",
    "communities",
    "find_area",
    "jurisdiction_of",
    "may",
    "officer_named",
    "officers",
    "require",
    "visible_areas",
    "within",
]
