"""Writes those pages of `docs/` that are lists of what the code has: codes, programmes, tables.

`python -m scripts.docs` writes them; with `--check` it only says which are out of date.
"""

from __future__ import annotations

import ast
import os
import sys
from collections import defaultdict
from pathlib import Path

import django

from doudi.kernel.vocabulary import Programme
from scripts.codes import Answer, answers

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "doudi"


def main() -> None:
    """Write the pages, or check them; exit status 1 when one was out of date."""
    stale = [path for path, text in pages().items() if path.read_text(encoding="utf-8") != text]
    for path in stale:
        sys.stdout.write(f"{path.relative_to(ROOT)} is out of date\n")
        if "--check" not in sys.argv:
            path.write_text(pages()[path], encoding="utf-8")
    sys.exit(bool(stale) and "--check" in sys.argv)


def pages() -> dict[Path, str]:
    """Every page with a generated part, and what it should say."""
    bad_input, glossary = ROOT / "docs" / "bad-input.md", ROOT / "docs" / "glossary.md"
    return {
        bad_input: with_part(bad_input, "codes", code_table()),
        glossary: with_part(
            glossary, "tables", table_of_tables(), with_part(glossary, "programmes", programmes())
        ),
    }


def with_part(path: Path, name: str, part: str, text: str = "") -> str:
    """A page with the part between its marks `name` put in; raises ValueError without the marks."""
    text = text or path.read_text(encoding="utf-8")
    begin, end = f"<!-- {name}: written by scripts/docs.py -->\n", f"<!-- end of {name} -->\n"
    head, _, rest = text.partition(begin)
    _, mark, tail = rest.partition(end)
    if not mark:
        raise ValueError(f"{path.name} has no marks for {name}")
    return head + begin + "\n" + part + "\n" + end + tail


def code_table() -> str:
    """A line for every code and sentence that a user may be answered with."""
    paths = sorted(SOURCE.rglob("*.py"))
    said_by: dict[Answer, set[str]] = defaultdict(set)
    for number, answer in answers(ast.parse(path.read_text(encoding="utf-8")) for path in paths):
        said_by[answer].add(paths[number].relative_to(SOURCE).parts[0].removesuffix(".py"))
    rows = [
        f"| {each.code} | {each.severity} | {cell(each.sentence)} | {', '.join(sorted(rooms))} |"
        for each, rooms in sorted(said_by.items())
    ]
    return "\n".join(["| code | | sentence | said by |", "|---|---|---|---|", *rows]) + "\n"


def programmes() -> str:
    """A line for every programme: its code and its Chinese name."""
    rows = [f"| {each.label} | `{each.value}` | {ENGLISH[each.value]} |" for each in Programme]
    return "\n".join(["| 项目 | code | programme |", "|---|---|---|", *rows]) + "\n"


ENGLISH = {
    "dibao": "Minimum Living Standard Guarantee (Dibao)",
    "dibao_single": "Dibao for a single person of a household on the margin",
    "tekun": "Support for the extremely poor (Tekun)",
    "orphan": "living allowance for orphans",
    "unattended": "living allowance for children whom in fact nobody brings up",
    "disability_living": "living subsidy for disabled persons in hardship",
    "disability_care": "nursing subsidy for severely disabled persons",
    "temporary_assistance": "temporary assistance",
    "funeral": "subsidy for basic funeral services",
}


def table_of_tables() -> str:
    """A line for every table: its room, its name, and the sentence of its model."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "doudi.settings"
    django.setup()
    from django.apps import apps  # noqa: PLC0415 - after the set-up

    rows = [
        f"| {model._meta.app_label} | `{model.__name__}` | {cell(opening(model))} |"  # noqa: SLF001
        for model in sorted(apps.get_models(), key=lambda each: each._meta.label)  # noqa: SLF001
        if model.__module__.startswith("doudi.")
    ]
    return "\n".join(["| room | table | what a row is |", "|---|---|---|", *rows]) + "\n"


def opening(model: type) -> str:
    """The first paragraph of a model's docstring, in one line."""
    return " ".join((model.__doc__ or "").split("\n\n")[0].split())


def cell(text: str) -> str:
    """A text that stays within its cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
