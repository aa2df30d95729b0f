"""What awaits somebody (待办): the form in which each room answers what is to be done.

There is no table of tasks. A room finds what awaits an officer by a query over its own records;
done is done, and the entry is gone by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from doudi.kernel.citations import Citation
from doudi.kernel.refusals import Translate, filled, untranslated


@dataclass(frozen=True, slots=True)
class Awaiting:
    """One thing that awaits an officer: what it is about, what to do, by when, under which law.

    `about` is the kind of record and its number, such as `("run", "2022-06-1")`; a door knows
    the page that belongs to it. `due` is None where no law sets a day; `since` is the day from
    which it has been waiting. `verb` and `message` are msgids.
    """

    code: str
    about: tuple[str, str]
    verb: str
    message: str
    since: date
    due: date | None = None
    basis: Citation | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, translate: Translate = untranslated) -> str:
        """What awaits, in the language of `translate`."""
        return filled(self.message, self.values, translate)

    @property
    def key(self) -> str:
        """What tells it from every other: its code and what it is about."""
        return f"{self.code}:{self.about[0]}:{self.about[1]}"
