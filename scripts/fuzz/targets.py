"""What is fuzzed (靶): each parser with its seeds. It may refuse in a sentence; nothing else."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from unicodedata import category
from zipfile import ZipFile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doudi.settings")

from doudi.doors.cli.context import parse_moment
from doudi.doors.cli.language import speak, translate
from doudi.kernel.bank_accounts import read_bank_account
from doudi.kernel.id_numbers import read_id_number
from doudi.kernel.money import parse_yuan
from doudi.kernel.months import Month, half_year
from doudi.kernel.names import read_name
from doudi.kernel.phones import read_phone
from doudi.kernel.refusals import Refusal
from doudi.kernel.text import clean_text
from doudi.payments import return_file
from doudi.policy.cases import answer, read_cases
from doudi.policy.loading import read_folder
from doudi.policy.reform_files import reform_from
from doudi.policy.rules import Rules, load_rules
from doudi.registry.ledger.check import check_ledger
from doudi.registry.ledger.marking import write_marked
from doudi.registry.ledger.reading import Cell, CellKind, Reading, Row, Sheet, read_ledger
from doudi.registry.ledger.reading.csv_file import read_csv
from doudi.registry.ledger.reading.guard import inspect
from doudi.registry.ledger.sheets import SHEETS
from scripts.fuzz import seeds

TODAY = date(2022, 6, 30)
LONGEST_SENTENCE = 1_500
"""Beyond this a refusal is no sentence, but somebody's file told back to them."""
READ = "READ"
_UNSAYABLE = {"Cc", "Cs", "Zl", "Zp"}
"""Controls, half characters, ends of lines: what no sentence has."""


class NoSentenceError(Exception):
    """A refusal or fault with nothing to say, or too much."""


@dataclass(frozen=True, slots=True)
class Target:
    """A parser of bytes, and good files to begin from."""

    run: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]


def outcome(target: Target, data: bytes) -> str:
    """The code of the refusal, or READ; raises what should never be raised."""
    try:
        target.run(data)
    except Refusal as refusal:
        _check_sentences(refusal)
        return refusal.code
    return READ


def _check_sentences(refusal: Refusal) -> None:
    """A refusal says one sentence of a bearable length, in both languages."""
    for language in ("en", "zh"):
        speak(language)
        sentence = refusal.sentence(translate)
        unsayable = [each for each in sentence if category(each) in _UNSAYABLE]
        if unsayable or not refusal.code or not 0 < len(sentence.strip()) <= LONGEST_SENTENCE:
            raise NoSentenceError(refusal.code)


def guard(data: bytes) -> None:
    """The walk through a workbook, before a child reads it."""
    inspect(BytesIO(data))


def parts(data: bytes) -> None:
    """The same walk through a good workbook in which one part, by the first byte, is the data."""
    names = _PARTS
    chosen = names[data[0] % len(names)] if data else names[0]
    written = BytesIO()
    with ZipFile(BytesIO(_good_workbook())) as good, ZipFile(written, "w") as changed:
        for name in good.namelist():
            changed.writestr(name, data[1:] if name == chosen else good.read(name))
    inspect(written)


_PARTS = (
    "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels", "xl/styles.xml",
)  # fmt: skip


@lru_cache(maxsize=1)
def _good_workbook() -> bytes:
    return seeds.small_workbook()


def _good_parts() -> list[bytes]:
    """The parts of a good workbook, each behind the byte that chooses it."""
    with ZipFile(BytesIO(_good_workbook())) as good:
        return [bytes([place]) + good.read(name)[:20_000] for place, name in enumerate(_PARTS)]


def workbook(data: bytes) -> None:
    """A workbook by its path, child and all, checked; with faults, the marked copy too."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        path.write_bytes(data)
        _check(read_ledger(path))


def table(data: bytes) -> None:
    """CSV of any encoding and separator, checked as the sheet that its first byte chooses."""
    sheet = SHEETS[len(data) % len(SHEETS)]
    one, faults = read_csv(data, sheet.title)
    _check(Reading([one], faults, "", is_workbook=False))


def cells(data: bytes) -> None:
    """Cells of every kind, as a workbook could hold them, under the headings of a sheet."""
    sheet = SHEETS[data[0] % len(SHEETS)] if data else SHEETS[0]
    texts = data[1:].decode("utf-8", "replace").split("\n")
    kinds = [CellKind.TEXT, CellKind.ERROR]
    row = [Cell(kinds[(len(data) + place) % 7 == 0], text) for place, text in enumerate(texts[:60])]
    heading = [Cell(CellKind.TEXT, column.heading) for column in sheet.columns]
    _check(Reading([Sheet(sheet.title, [Row(1, heading), Row(2, row)])], [], "", is_workbook=True))


def _check(reading: Reading) -> None:
    """Check a file, say every fault, and write the marked copy where there is one to write."""
    faults = check_ledger(reading, TODAY).faults
    for fault in faults:
        if not fault.code or not fault.sentence().strip():
            raise NoSentenceError(fault.code)
    if faults:
        with tempfile.TemporaryDirectory() as folder:
            write_marked(Path(folder) / "copy.xlsx", reading, faults, at=seeds.AT)


def case(data: bytes) -> None:
    """A file of cases, and the answers to those that can be read."""
    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        file.write(data)
        file.flush()
        for one in read_cases(Path(file.name)):
            answer(one)


def reform(data: bytes) -> None:
    """A reform."""
    reform_from(data, "reform.yaml", _rules())


@lru_cache(maxsize=1)
def _rules() -> Rules:
    return load_rules("530111")


def parameters(data: bytes) -> None:
    """A folder of parameters: its three kinds of files, parted by a line of dashes."""
    names = ("more.yaml", "documents.yaml", "jurisdiction.yaml")
    given = [seeds.PARAMETERS, seeds.DOCUMENTS, seeds.JURISDICTION]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "530111009"
        folder.mkdir()
        chosen = data[0] % len(names) if data else 0
        for number, (name, text) in enumerate(zip(names, given, strict=True)):
            content = data[1:] if number == chosen else text.encode()
            (folder / name).write_bytes(content)
        read_folder(folder)
        load_rules("530111009", None, (Path(place),))


def words(data: bytes) -> None:
    """One word, as every reader of a single word reads it."""
    text = data.decode("utf-8", "surrogateescape")
    readers: list[Callable[[str], object]] = [
        lambda word: read_id_number(word, TODAY), Month, half_year, parse_yuan,
        lambda word: parse_yuan(word, signed=True), read_phone, read_bank_account, read_name,
        clean_text, parse_moment,
    ]  # fmt: skip
    refused = None
    for read in readers:
        try:
            read(text)
        except Refusal as refusal:
            _check_sentences(refusal)
            refused = refusal
    if refused is not None:
        raise refused


def _row(number: int) -> bytes:
    """A row of cells for the sheet of this number."""
    return bytes([number]) + "\n".join(seeds.WORDS).encode()


TARGETS: dict[str, Target] = {
    "guard": Target(guard, lambda: [seeds.small_workbook()]),
    "parts": Target(parts, _good_parts),
    "workbook": Target(workbook, lambda: [seeds.small_workbook()]),
    "table": Target(table, seeds.tables),
    "cells": Target(cells, lambda: [_row(number) for number in range(9)]),
    "return_file": Target(
        return_file.read,
        lambda: [seeds.RETURN_FILE.encode("gb18030"), seeds.RETURN_FILE.encode()],
    ),
    "case": Target(case, seeds.cases),
    "reform": Target(reform, lambda: [seeds.REFORM.encode()]),
    "parameters": Target(
        parameters,
        lambda: [
            b"\x00" + seeds.PARAMETERS.encode(),
            b"\x01" + seeds.DOCUMENTS.encode(),
            b"\x02" + seeds.JURISDICTION.encode(),
        ],
    ),
    "words": Target(words, lambda: [word.encode() for word in seeds.WORDS]),
}
"""Every parser by the name that `make fuzz TARGET=` takes."""
