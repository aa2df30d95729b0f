"""Gathers the messages of the source into the English catalogue, and compiles every catalogue.

A message is Chinese and stands in `N_("…")`, `_("…")` or `gettext("…")`, or in a template's
`translate` and `blocktranslate`. What is translated already stays; what is gone is dropped.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parents[1] / "src" / "doudi"
ENGLISH = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}


UNFILLED = tuple(
    f'"{name}'.encode()
    for name in ("Report-Msgid-Bugs", "PO-Revision", "Last-Translator", "Language-Team", "Project")
)


def main() -> None:
    """Gather and compile; says how many messages still lack their English."""
    english = read(ENGLISH)
    english.update(gathered(), no_fuzzy_matching=True, update_creation_date=False)
    english.obsolete.clear()
    ENGLISH.write_bytes(written(english))
    for catalogue in SOURCE.glob("locale/*/LC_MESSAGES/*.po"):
        with catalogue.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(catalogue))
    lacking = sum(1 for message in english if message.id and not message.string)
    sys.stdout.write(f"{len(english)} messages, {lacking} of them without English\n")


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file, without the lines of its head that Babel leaves unfilled."""
    file = BytesIO()
    write_po(file, catalogue, width=100, include_lineno=False, sort_by_file=True)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(UNFILLED))


def read(path: Path) -> Catalog:
    """A catalogue as it stands, or an empty one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        return Catalog(
            locale="en",
            project="doudi",
            header_comment="# What Doudi says, in English; gathered by `make messages`.",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file)


def gathered() -> Catalog:
    """Every message of the source, each with the files that it stands in."""
    template = Catalog(project="doudi")
    for path in sorted(SOURCE.rglob("*.py")) + sorted(SOURCE.rglob("*.html")):
        for message in messages_of(path):
            template.add(message, locations=[(path.relative_to(SOURCE).as_posix(), 1)])
    return template


def messages_of(path: Path) -> Iterator[str | tuple[str, ...]]:
    """The messages of one module or template."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # Read as Python, in which the indents of a page would mean something.
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.lstrip() for line in lines)
    for _, message, _, _ in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        yield message


if __name__ == "__main__":
    main()
