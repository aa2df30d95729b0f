"""`doudi move`: the office's database from SQLite to PostgreSQL."""

from __future__ import annotations

import click

from doudi.access.moves import move_to
from doudi.doors.cli.context import moment, progress, say
from doudi.kernel.refusals import N_


@click.command(help=N_("迁库：把办公室从 SQLite 迁到空的 PostgreSQL，期间停办，原库不动"))
@click.option(
    "--to",
    "url",
    envvar="DOUDI_MOVE_TO",
    required=True,
    metavar="postgresql://…",
    help=N_("目标数据库的地址；含口令的请改设环境变量 DOUDI_MOVE_TO"),
)
def move(*, url: str) -> None:
    """Move; refuses as `move_to` does, and then leaves both databases as they were."""

    def tell(table: str, rows: int) -> None:
        progress(N_("{table}：{rows} 行"), table=table, rows=rows)

    moved = move_to(url, at=moment(), tell=tell)
    say(
        N_("已迁移 {tables} 张表，{rows} 行，逐表核对无误；操作日志 {entries} 条，链条完整"),
        tables=moved.tables,
        rows=moved.rows,
        entries=moved.manifest.entries,
    )
    say(N_("从现在起把 DOUDI_DATABASE_URL 设为目标地址；DOUDI_HOME 和密钥文件照旧"))
    say(N_("原来的数据库没有改动；确认无误后再自行收起，别再往里写"))
