"""`doudi serve`: the office's pages, on loopback."""

from __future__ import annotations

import secrets

import click

from doudi.doors.cli.context import say
from doudi.kernel.refusals import N_, Refusal

_HOST = "127.0.0.1"
_PORT = 8000


@click.command(help=N_("在本机提供网页：半年报表"))
@click.option("--port", type=click.IntRange(1, 65535), default=_PORT, show_default=True)
@click.option("--period", required=True, help=N_("首页的统计期，如 2022H1"))
@click.option("--area", "place", required=True, help=N_("首页的区域：代码或名称"))
def serve(port: int, period: str, place: str) -> None:
    """Serve till it is interrupted; refuses a port that is taken (PORT-TAKEN)."""
    import waitress  # noqa: PLC0415 - only this command needs a server
    from django.conf import settings  # noqa: PLC0415 - set up by the door
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    from doudi.access.queries import find_area  # noqa: PLC0415
    from doudi.kernel.months import half_year  # noqa: PLC0415

    half_year(period)
    settings.FRONT_PERIOD, settings.FRONT_AREA = period, find_area(place).code
    # Good for this run alone: it guards a choice of language, there being no log-in yet.
    settings.SECRET_KEY = settings.SECRET_KEY or secrets.token_urlsafe(50)
    try:
        server = waitress.create_server(get_wsgi_application(), host=_HOST, port=port)
    except OSError as error:
        raise Refusal(
            "PORT-TAKEN", N_("端口 {port} 已被占用，请用 --port 另选一个"), port=port
        ) from error
    say(N_("网页在 http://{host}:{port}/ ，按 Ctrl-C 停止"), host=_HOST, port=port)
    server.run()
