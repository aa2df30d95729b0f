"""`doudi serve`: the office's pages, on loopback."""

from __future__ import annotations

import logging
import os
import secrets
from typing import Any

import click

from doudi.doors.cli.context import say
from doudi.kernel.refusals import N_, Refusal

_HOST = "127.0.0.1"
_PORT = 8000
_ANY_PORT = 0


@click.command(help=N_("在本机提供网页：半年报表"))
@click.option(
    "--port", type=click.IntRange(1024, 65535), help=N_("端口；不指定就用 8000，被占用时另选一个")
)
@click.option("--period", required=True, help=N_("首页的统计期，如 2022H1"))
@click.option("--area", "place", required=True, help=N_("首页的区域：代码或名称"))
def serve(port: int | None, period: str, place: str) -> None:
    """Serve till Ctrl-C, which is how it is meant to end; refuses a port that is taken.

    Refuses PORT-TAKEN, and whatever is wrong with the period or the area.
    """
    from django.conf import settings  # noqa: PLC0415 - set up by the door

    from doudi.access.queries import find_area  # noqa: PLC0415
    from doudi.warehouse.catalogue import Period  # noqa: PLC0415

    asked, area = Period.named(period), find_area(place)
    server = _listening(port)
    settings.FRONT_PERIOD, settings.FRONT_AREA = asked.name, area.code
    # Nothing that it signs outlives this run, so a key made up for the run will do.
    settings.SECRET_KEY = os.environ.get("DOUDI_SECRET_KEY") or secrets.token_urlsafe(50)
    _tell_of_faults()
    say(N_("网页在 http://{host}:{port}/ ，按 Ctrl-C 停止"), host=_HOST, port=server.effective_port)
    server.run()


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
        return waitress.create_server(get_wsgi_application(), host=_HOST, port=port, ident=None)
    except OSError as error:
        raise Refusal(
            "PORT-TAKEN", N_("端口 {port} 已被占用，请用 --port 另选一个"), port=port
        ) from error
