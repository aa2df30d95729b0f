"""Writes docs/promises.md: what the house promises, and which tests hold it to that.

`python -m scripts.promises`. A test of a promise is marked `promise("R6")`; a negative control,
which shows that the test would see the harm, `control("R6")`; older tests are named here.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

from scripts.copies import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = ROOT / "docs" / "promises.md"

PROMISES = {
    "R1": "What is killed anywhere is begun again: nobody paid twice, nobody missing, files whole",
    "R2": "Two at once come to the same as one",
    "R4": "Of two who edit the same, the second is told who was first, and loses nothing typed",
    "R5": "Return files in any order, repeated or split, lead to the same state",
    "R6": "A month is Beijing's month",
    "R7": "A full or read-only disk is named, and leaves nothing half written",
    "R8": "What is committed is kept, and a torn log never gives half a transaction",
    "R9": "A backup is restored to an office that works, and a changed one touches nothing",
    "R11": "Of a faulty file every fault is told and nothing is saved",
    "R12": "No bytes make a parser stumble",
    "R14": "No page opens but to whom it declares, and shows nobody from elsewhere",
    "R15": "Money is exact, and nobody is dropped in silence",
    "R18": "A job begun twice is done once, and none is lost in silence",
    "R19": "Every change is in the journal, and tampering is found",
    "R20": "Keys are changed while the office works: all is found, nobody gets in twice",
}
NOT_HERE = {
    "R3": "speed is measured by `make bench`, not tested",
    "R10": "an office of the version before is upgraded in tests/upgrade; a control is wanting",
    "R13": "there is no API yet",
    "R16": "pages under load are not measured yet",
    "R17": "forms bear no key of their own yet: a step taken twice is refused by its state",
}
NAMED = {
    ("promise", "R9"): (
        "tests/care/test_drill.py::test_the_office_restored_has_nothing_more_to_pay_and_replays",
    ),
    ("control", "R9"): ("tests/care/test_drill.py::test_a_changed_backup_touches_nothing",),
    ("promise", "R20"): (
        (
            "tests/care/test_rotation.py::"
            "test_whoever_is_looked_up_is_found_at_any_moment_of_a_rotation"
        ),
    ),
    ("control", "R20"): (
        "tests/care/test_rotation.py::test_without_the_second_index_a_number_would_get_in_twice",
    ),
    ("promise", "R1"): (
        (
            "tests/torture/test_killed.py::"
            "test_who_is_killed_begins_again_and_all_is_as_if_nothing_had_happened"
        ),
        "tests/payments/test_mishaps.py::test_a_run_killed_anywhere_is_finished_by_the_next_process",
    ),
    ("control", "R1"): (
        "tests/torture/test_killed.py::test_a_product_that_is_wrong_on_purpose_is_found_out",
    ),
    ("promise", "R2"): (
        (
            "tests/payments/test_mishaps.py::"
            "test_four_drafts_at_once_make_one_run_and_two_seals_seal_once"
        ),
        "tests/torture/test_harmed.py::test_two_at_once_come_to_the_same_as_one",
    ),
    ("promise", "R5"): (
        "tests/payments/test_laws.py::test_the_order_of_return_files_never_matters",
    ),
    ("promise", "R7"): (
        "tests/torture/test_harmed.py::test_a_disk_that_is_full_is_named",
        "tests/torture/test_harmed.py::test_a_database_that_can_only_be_read_is_named",
    ),
    ("promise", "R12"): (
        "tests/payments/test_bank.py::test_no_bytes_make_the_reader_stumble",
        "tests/ledger/test_files.py::test_any_bytes_are_read_or_refused",
    ),
    ("promise", "R15"): (
        "tests/payments/test_reckon.py::test_columns_reckon_as_a_clerk_with_a_pencil_does",
    ),
    ("promise", "R19"): ("tests/access/test_triggers.py::test_the_journal_replayed_is_the_tables",),
}


def tests() -> dict[tuple[str, str], list[str]]:
    """The tests by kind (`promise` or `control`) and id: marked ones, and those named above."""
    found = defaultdict(list, {key: list(names) for key, names in NAMED.items()})
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "pytest.mark.promise" in text or "pytest.mark.control" in text:
            for kind, of, name in _marked(ast.parse(text)):
                found[kind, of].append(f"{path.relative_to(ROOT).as_posix()}::{name}")
    return found


def _marked(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """Kind, id and name of every test of a module that bears a mark."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    for node in functions:
        for mark in node.decorator_list:
            kind = ast.unparse(mark).partition("(")[0].removeprefix("pytest.mark.")
            if isinstance(mark, ast.Call) and kind in {"promise", "control"}:
                yield kind, str(ast.literal_eval(mark.args[0])), node.name


def page() -> str:
    """The page as it should stand."""
    found = tests()
    parts = ["# Promises\n\nWritten by `scripts/promises.py`; a control shows that a test bites.\n"]
    for of, words in PROMISES.items():
        parts.append(f"\n## {of}: {words}\n\n")
        for kind in ("promise", "control"):
            parts += [f"* {kind}: `{name}`\n" for name in found[kind, of]]
    parts.append("\n## Not held by a test here\n\n")
    parts += [f"* {of}: {why}\n" for of, why in NOT_HERE.items()]
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
