"""Awards already held (已享受的待遇): what a rule may take as granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from doudi.policy.known import held_bit
from doudi.policy.logic import Truth, truth_of

if TYPE_CHECKING:
    from doudi.kernel.vocabulary import Programme
    from doudi.policy.views import Persons


def holds_are_stated(persons: Persons) -> Truth:
    """Whether a person's awards were stated; if so, exactly those are held."""
    return truth_of(persons.codes("holds") >= 0)


def holds(persons: Persons, programme: Programme) -> Truth:
    """Whether a person is stated to hold an award of the programme."""
    bits = persons.codes("holds")
    return truth_of((bits >= 0) & (np.bitwise_and(bits, held_bit(programme)) != 0))
