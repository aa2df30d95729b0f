"""Every promise has a test and a negative control, or a reason why not; the page says which."""

from __future__ import annotations

from scripts import promises
from tests.house.source import ROOT

EXPECTED = {f"R{number}" for number in range(1, 21)}


def test_every_promise_is_kept_or_has_its_reason() -> None:
    assert promises.PROMISES.keys() | promises.NOT_HERE.keys() == EXPECTED
    found = promises.tests()
    lacking = [
        (kind, of)
        for of in promises.PROMISES
        for kind in ("promise", "control")
        if not found[kind, of]
    ]
    assert lacking == []


def test_every_test_that_is_named_is_there() -> None:
    names = [name.split("::") for kept in promises.NAMED.values() for name in kept]
    gone = [test for file, test in names if f"def {test}(" not in (ROOT / file).read_text("utf-8")]
    assert gone == []


def test_the_page_of_promises_is_up_to_date() -> None:
    assert promises.PAGE.read_text("utf-8") == promises.page(), "run python -m scripts.promises"
