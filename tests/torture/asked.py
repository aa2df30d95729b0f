"""The torturer as a process of its own, asked line by line in JSON; a test must not fork itself.

    {"kill": "settle", "seed": 7, "wrong": false}     an act killed where the seed says
    {"typed": "run", "seed": 7}                       an act killed as a process from its start
    {"harm": "full_disk", "act": "export", "number": 0}
    {"at_once": "run", "times": 2}

Each answer is a list of trials.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doudi.settings")

import django

django.setup()

from tests.torture import harms  # noqa: E402
from tests.torture.office import Office  # noqa: E402
from tests.torture.trials import Trial, at_once, kill, kill_typed, suffer  # noqa: E402
from tests.torture.warming import warm_up  # noqa: E402
from tests.torture.wrongs import WRONGS  # noqa: E402

if TYPE_CHECKING:
    from tests.torture.office import Stage

_HARMS = {
    "full_database": harms.FullDatabase,
    "full_disk": lambda _number: harms.FullDisk(),
    "read_only": lambda _number: harms.ReadOnlyDatabase(),
    "lost_connection": harms.LostConnection,
}


class Torturer:
    """Does what it is asked to one office; wrong products are measured when first asked for."""

    def __init__(self, office: Office) -> None:
        """Whose office."""
        self._office = office
        self._wrong: dict[str, Stage] = {}

    def answer(self, asked: dict[str, Any]) -> list[Trial]:
        """The trials asked for."""
        stages = self._office.stages
        match asked:
            case {"kill": act, "seed": seed, "wrong": True}:
                if act not in self._wrong:
                    self._wrong[act] = self._office.wrong_stage(act, WRONGS[act])
                return [kill(self._wrong[act], seed, WRONGS[act])]
            case {"kill": act, "seed": seed}:
                return [kill(stages[act], seed)]
            case {"typed": act, "seed": seed}:
                return [kill_typed(stages[act], seed)]
            case {"harm": harm, "act": act, "number": number}:
                return [suffer(stages[act], [_HARMS[harm](number)])]
            case {"at_once": act, "times": times}:
                return at_once(stages[act], times)
        raise ValueError(asked)


def main() -> None:
    """Answer until nobody asks any more."""
    warm_up()
    office = Office(Path(tempfile.mkdtemp(prefix="doudi-torture-")))
    try:
        office.prepare()
        torturer = Torturer(office)
        for line in sys.stdin:
            answers = [trial.as_json() for trial in torturer.answer(json.loads(line))]
            sys.stdout.write(json.dumps(answers) + "\n")
            sys.stdout.flush()
    finally:
        office.drop()


if __name__ == "__main__":
    main()
