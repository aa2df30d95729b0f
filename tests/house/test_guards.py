"""What strangers send is read behind a guard, and templates run in a sandbox."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, dotted, faults, imported, planted

if TYPE_CHECKING:
    from collections.abc import Iterator

READER = "python_calamine"
GUARDED = "doudi/registry/ledger/reading/"
"""The only folder whose child process, with its limits, may read a stranger's workbook."""


def unguarded_readers(module: Module) -> Iterator[str]:
    """Workbooks read in a process that others depend on: two cells can kill it."""
    if module.path.startswith(GUARDED):
        return
    for node, name in imported(module.tree):
        if name.split(".")[0] == READER or name.split(".")[0] in {"pickle", "lxml"}:
            yield f"{module.at(node)} reads what strangers send without the guard: {name}"


def unsandboxed_templates(module: Module) -> Iterator[str]:
    """Word templates rendered without `jinja_env`: such a template runs any command."""
    if "docxtpl" not in module.text:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and dotted(node.func).endswith(".render"):
            given = {keyword.arg for keyword in node.keywords}
            if "jinja_env" not in given:
                yield f"{module.at(node)} renders a template outside of the sandbox"


def unsafe_text(module: Module) -> Iterator[str]:
    """Text marked as safe for a page by hand."""
    for node, name in imported(module.tree):
        if name.endswith(".mark_safe"):
            yield f"{module.at(node)} marks text as safe"


def test_only_the_guarded_child_reads_a_workbook() -> None:
    assert faults(unguarded_readers) == []


def test_templates_are_rendered_in_a_sandbox() -> None:
    assert faults(unsandboxed_templates) == []


def test_no_text_is_marked_safe_by_hand() -> None:
    assert faults(unsafe_text) == []


def test_these_tests_bite() -> None:
    assert planted(unguarded_readers, "import python_calamine\n")
    assert not planted(unguarded_readers, "import python_calamine\n", f"{GUARDED}child.py")
    rendering = "from docxtpl import DocxTemplate\nDocxTemplate('a').render({})\n"
    assert planted(unsandboxed_templates, rendering)
    assert not planted(unsandboxed_templates, rendering.replace("{}", "{}, jinja_env=sandbox"))
    assert planted(unsafe_text, "from django.utils.safestring import mark_safe\n")
