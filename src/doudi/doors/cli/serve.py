"""`doudi serve`: the office's pages, behind log-in; on loopback, with a proxy in front or none."""

from __future__ import annotations

import logging
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from doudi.doors.cli.context import moment, say
from doudi.kernel.refusals import N_, Refusal

_HOST = "127.0.0.1"
_PORT = 8000
_ANY_PORT = 0
_MINE_ALONE, _OTHERS = 0o600, 0o077
_SHORTEST_KEY = 50


@click.command(help=N_("在本机提供网页，登录后使用"))
@click.option(
    "--port", type=click.IntRange(1024, 65535), help=N_("端口；不指定就用 8000，被占用时另选一个")
)
@click.pass_context
def serve(ctx: click.Context, port: int | None) -> None:
    """Serve till Ctrl-C, which is how it is meant to end; refuses a port that is taken.

    With `--at` before it, time goes on from that moment: for a demonstration. Refuses
    PORT-TAKEN, START when the office has not been started, and KEY-OPEN, KEY-FMT or KEY-IO for
    the file of the key that signs cookies.
    """
    from django.conf import settings  # noqa: PLC0415 - set up by the door

    _refuse_unstarted()
    if ctx.find_root().params.get("at"):
        settings.ASSUMED_MOMENT = moment()
    _keep_to_the_office(Path(settings.HOME))
    settings.SECRET_KEY = os.environ.get("DOUDI_SECRET_KEY") or _site_key()
    server = _listening(port)
    _tell_of_faults()
    worker = _working()
    say(N_("网页在 http://{host}:{port}/ ，按 Ctrl-C 停止"), host=_HOST, port=server.effective_port)
    try:
        server.run()
    finally:
        worker.stop()


def _keep_to_the_office(home: Path) -> None:
    """Let what the server lays aside of a long upload lie in the office's folder, not in /tmp."""
    place = home / ".tmp"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    tempfile.tempdir = str(place)


def _refuse_unstarted() -> None:
    """Refuse START while tables are missing: nobody could sign in."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    wanted = {"access_officer", "django_session", settings.CACHES["default"]["LOCATION"]}
    if not wanted <= set(connection.introspection.table_names()):
        raise Refusal("START", N_("这个办公室还没有建立或升级，请先运行 doudi start"))


def _site_key() -> str:
    """The key that signs cookies, from a file beside the office's key; made at the first start.

    Who has it can make up a session: it is for its owner alone, as the office's key is.
    """
    from django.conf import settings  # noqa: PLC0415

    path = Path(settings.KEY_FILE).with_name("site.key")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            _make(path)
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise Refusal(
                "KEY-OPEN",
                N_("密钥文件 {path} 其他用户也能访问，请先执行 chmod 600 {path}"),
                path=path,
            )
        key = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise Refusal(
            "KEY-IO",
            N_("无法读写密钥文件 {path}（{reason}），请检查目录和权限"),
            path=path,
            reason=error.strerror,
        ) from error
    if len(key) < _SHORTEST_KEY:
        raise Refusal(
            "KEY-FMT", N_("密钥文件 {path} 不完整；删除它再启动，大家重新登录即可"), path=path
        )
    return key


def _make(path: Path) -> None:
    """Write a new key whole; raises FileExistsError where there is one already."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MINE_ALONE)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_urlsafe(_SHORTEST_KEY)}\n")
        os.link(draft, path)
    finally:
        draft.unlink()


def _working() -> Any:  # noqa: ANN401 - the library has no types
    """The thread that carries out background jobs, beside the pages."""
    from doudi.doors.office.jobs.queue import start_worker  # noqa: PLC0415

    return start_worker()


def _tell_of_faults() -> None:
    """Show on stderr why a page could not be made: Django by itself would mail it to nobody.

    Only after the application is made, which sets up logging anew.
    """
    shown = logging.StreamHandler()
    shown.setLevel(logging.ERROR)
    logging.getLogger("django.request").addHandler(shown)


def _listening(port: int | None) -> Any:  # noqa: ANN401 - the library has no types
    """A server on the port; without one, on the usual port or else on any that is free."""
    if port is None:
        try:
            return _listening(_PORT)
        except Refusal:
            return _listening(_ANY_PORT)

    import waitress  # noqa: PLC0415 - only this command needs a server
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    try:
        return waitress.create_server(
            get_wsgi_application(), host=_HOST, port=port, ident=None, **_proxy()
        )
    except OSError as error:
        raise Refusal(
            "PORT-TAKEN", N_("端口 {port} 已被占用，请用 --port 另选一个"), port=port
        ) from error


def _proxy() -> dict[str, Any]:
    """What the server believes of a proxy: only of the one that DOUDI_PROXY names."""
    from django.conf import settings  # noqa: PLC0415

    if not settings.PROXY:
        return {}
    return {
        "trusted_proxy": settings.PROXY,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto x-forwarded-host",
    }
