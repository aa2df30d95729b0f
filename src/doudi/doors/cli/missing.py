"""What an undetermined answer lacks, in the user's words, with who can supply it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.doors.cli.language import spoken, translate
from doudi.entitlement.rules import named
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doudi.policy import Rules


def missing_in_words(keys: Iterable[str], rules: Rules) -> str:
    """The things that these keys stand for, one after the other."""
    message = translate(N_("{name}（请向{supplier}核实）"))
    return translate(N_("、")).join(
        message.format(name=missing.title.said(spoken()), supplier=missing.supplier.said(spoken()))
        for missing in (named(key, rules) for key in keys)
    )
