"""A trial: an act is harmed, then given again until it is done, and the office is compared."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from tests.torture.forks import begin, run, typed
from tests.torture.harms import DeathAfter, DeathAtCall, DeathAtStatement
from tests.torture.office import faults_of, torn_files

if TYPE_CHECKING:
    from tests.torture.forks import Told, Wrong
    from tests.torture.harms import Harm
    from tests.torture.office import Stage
    from tests.torture.places import Place

AGAIN = 0.2
"""The share of trials in which who takes up the work is killed as well."""
REFUSED = 2
_TRIES = 3


@dataclass
class Trial:
    """What was done to an act, and what was found afterwards: nothing, if all is well.

    `deaths` counts the processes that really died; `status` and `said` are the harmed command's.
    """

    act: str
    seed: int
    harms: list[str]
    deaths: int = 0
    status: int = 0
    said: str = ""
    faults: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """As a test reads it."""
        return asdict(self)


def kill(stage: Stage, seed: int, wrong: Wrong = None) -> Trial:
    """Kill an act where the seed says, perhaps twice; the same seed kills at the same place."""
    chance = random.Random(f"{stage.act.name} {seed}")  # noqa: S311 - no secret
    deaths = [_death(stage, chance)]
    if chance.random() < AGAIN:
        deaths.append(_death(stage, chance))
    return suffer(stage, deaths, seed=seed, wrong=wrong)


def suffer(stage: Stage, harms: list[Harm], *, seed: int = 0, wrong: Wrong = None) -> Trial:
    """Give an act under each of these harms in turn, then unharmed until it is done."""
    trial = Trial(stage.act.name, seed, [repr(harm) for harm in harms])
    place = stage.before.copy()
    for harm in harms:
        told = run(place, stage.act.line(place.home), harm=harm, wrong=wrong)
        trial.deaths += told.was_killed
        trial.status, trial.said = told.status, told.stderr
        trial.faults += torn_files(place, stage)
    _finish(place, stage, trial, wrong)
    place.drop()
    return trial


def at_once(stage: Stage, times: int) -> list[Trial]:
    """Give an act several times at the same moment, then once more; a trial for each."""
    trials = [Trial(stage.act.name, 0, [f"{times} at once"]) for _ in range(times)]
    place = stage.before.copy()
    forks = [begin(place, stage.act.line(place.home)) for _ in range(times)]
    for trial, fork in zip(trials, forks, strict=True):
        told = fork.wait()
        trial.status, trial.said = told.status, told.stderr
    _finish(place, stage, trials[0], None)
    place.drop()
    return trials


def kill_typed(stage: Stage, seed: int) -> Trial:
    """Kill an act as it is typed: a process from its very start, at a moment chance chooses."""
    place = stage.before.copy()
    seconds = typed(place, stage.act.line(place.home)).seconds
    place.drop()
    dies_after = random.Random(f"typed {seed}").random() * seconds  # noqa: S311 - no secret
    trial = Trial(stage.act.name, seed, [f"typed, dies after {dies_after:.2f} s"])
    place = stage.before.copy()
    told = typed(place, stage.act.line(place.home), dies_after=dies_after)
    trial.deaths, trial.status = int(told.was_killed), told.status
    _finish(place, stage, trial, None)
    place.drop()
    return trial


def _death(stage: Stage, chance: random.Random) -> Harm:
    """A death at a moment, a statement or a call that chance chooses."""
    share, after = chance.random(), chance.random() < 0.5
    kinds = ["time", "statement", "call"] if stage.statements else ["time", "call"]
    match chance.choice(kinds):
        case "time":
            return DeathAfter(share * stage.seconds)
        case "statement":
            return DeathAtStatement(1 + int(share * stage.statements), after)
        case _:
            return DeathAtCall(1 + int(share * stage.calls))


def _finish(place: Place, stage: Stage, trial: Trial, wrong: Wrong) -> None:
    """Give the act again until it is done, then compare with the twin."""
    for _ in range(_TRIES):
        told = run(place, stage.act.line(place.home), wrong=wrong)
        if told.status == 0 or is_done(stage, told):
            break
    else:
        trial.faults.append(f"never finishes: {told.stderr}")
    trial.faults += faults_of(place, stage)


def is_done(stage: Stage, told: Told) -> bool:
    """Whether a command was refused for the one reason that it had been done before."""
    return told.status == REFUSED and bool(stage.act.done) and stage.act.done in told.stderr
