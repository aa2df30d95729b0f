"""The variables by which the recording plugin is told what to do."""

from __future__ import annotations

PLACE = "DOUDI_MUTATION_PLACE"
"""Where the copy is."""
ROOM = "DOUDI_MUTATION_ROOM"
"""Which room is measured."""
RECORD = "DOUDI_MUTATION_RECORD"
"""The file to be written."""
