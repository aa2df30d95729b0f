"""Where the rules' answers differ from what a case expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doudi.policy.cases.answers import answer
from doudi.policy.cases.expected import of_the_file

if TYPE_CHECKING:
    from doudi.policy.cases.case import Case


@dataclass(frozen=True, slots=True)
class Difference:
    """One assertion that failed: of which programme and member, what was expected and found."""

    programme: str
    member: str | None
    expected: Mapping[str, object]
    got: Mapping[str, object]


def differences(case: Case) -> list[Difference]:
    """Every assertion of the case that the rules don't bear out; none where all do."""
    expect = case.expect or {}
    answers = answer(case)
    return [
        Difference(programme, member, wanted, got)
        for programme, member, wanted, got in _paired(expect, answers)
        if any(got.get(key) != value for key, value in wanted.items())
    ]


def _paired(
    expect: Mapping[str, Mapping[str, object]], answers: Mapping[str, Mapping[str, object]]
) -> Iterator[tuple[str, str | None, Mapping[str, object], Mapping[str, object]]]:
    """What is expected beside what was found, answer by answer."""
    for programme, wanted in expect.items():
        if of_the_file(programme):
            yield programme, None, wanted, answers[programme]
            continue
        for member, one in wanted.items():
            got = answers[programme][member]
            if isinstance(one, Mapping) and isinstance(got, Mapping):
                yield programme, member, one, got
