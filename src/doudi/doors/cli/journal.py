"""`doudi journal`: what was done and by whom, sealed and verified."""

from __future__ import annotations

import json
import sys
from itertools import islice
from typing import TYPE_CHECKING

import click

from doudi.access.actions import seal_journal
from doudi.access.models import Operation
from doudi.access.queries import entries, entries_of_row, verify_journal
from doudi.doors.cli import context
from doudi.doors.cli.language import translate
from doudi.kernel.names import masked_name
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from doudi.access.models import Entry

_NAMES = {"name", "holder_name"}
_WORDS = {"address", "note", "birth_date"}

FOUND = 1
"""Exit status when the journal is not as it was left."""


@click.group(help=N_("操作日志：查看、封存、核验"))
def journal() -> None:
    """Group the commands about the journal."""


@journal.command(help=N_("封存：把未封存的记录接入哈希链，给出摘要；请打印并另处留存"))
def seal() -> None:
    """Seal what isn't yet, and print the head of the chain."""
    newest = seal_journal(actor=context.officer(), at=context.moment())
    if newest is None:
        context.say(N_("日志还是空的，没有可封存的内容"))
        return
    context.say(
        N_("已封存到第 {last} 条，摘要 {digest}"), last=newest.last_entry, digest=newest.digest
    )


@journal.command(help=N_("核验：日志有没有被改动、删去、插入或截断"))
@click.option("--head", default="", metavar="HASH", help=N_("以前留存的摘要"))
@click.option("--tables", is_flag=True, help=N_("再逐行对照各表与日志，较慢"))
def verify(*, head: str, tables: bool) -> None:
    """Verify the chain; exit status 1 when anything is found."""
    result = verify_journal(published_head=head.strip().lower(), with_tables=tables)
    for finding in result.findings:
        click.echo(finding.sentence(translate))
    if result.findings:
        sys.exit(FOUND)
    context.say(
        N_("日志完整：共 {entries} 条，封存 {seals} 次，未封存 {unsealed} 条，摘要 {head}"),
        entries=result.entries,
        seals=result.seals,
        unsealed=result.unsealed,
        head=result.head or "—",
    )


@journal.command(help=N_("查看：最近的操作，或一行记录的来历"))
@click.option("--row", "place", metavar="TABLE:ROW", help=N_("一行，如 registry_person:12"))
@click.option("--limit", type=click.IntRange(min=1), default=20, help=N_("最多几条"))
def show(place: str | None, limit: int) -> None:
    """Print entries, newest first; personal numbers stand in them sealed."""
    rows = entries_of_row(place) if place else entries()
    for entry in islice(rows.iterator(chunk_size=1000), limit):
        for line in _lines(entry):
            click.echo(line)


def _lines(entry: Entry) -> list[str]:
    """An entry as it is printed: the deed, then the row before and after."""
    deed = entry.deed
    at = deed.at.astimezone(context.BEIJING)
    operation = translate(Operation(entry.operation).label)
    heading = (
        f"{entry.pk}  {at:%Y-%m-%d %H:%M:%S}  {deed.actor.username}  {deed.act}（{deed.why}）"
        f"  {operation} {entry.table}:{entry.row}"
    )
    images = [("-", entry.before), ("+", entry.after)]
    return [
        heading,
        *(f"    {sign} {_masked(entry.table, image)}" for sign, image in images if image),
    ]


def _masked(table: str, image: str) -> str:
    """A row's JSON with what is personal and not sealed cut short; officers are named in full."""
    if table.startswith("access_"):
        return image
    row = json.loads(image)
    for column in row.keys() & _NAMES:
        row[column] = masked_name(row[column] or "")
    for column in row.keys() & _WORDS:
        row[column] = row[column] and "…"
    return json.dumps(row, ensure_ascii=False)
