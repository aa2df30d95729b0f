"""What every command may ask: the moment, the officer who acts, and how to speak to the user."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from doudi.doors.cli.language import translate
from doudi.kernel.refusals import N_, Refusal, filled

if TYPE_CHECKING:
    from datetime import date

    from doudi.access.models import Officer

BEIJING = ZoneInfo("Asia/Shanghai")
"""The month that is paid is Beijing's month, wherever the machine believes itself to be."""


def _now() -> datetime:
    """The moment by the clock."""
    return datetime.now(tz=BEIJING)


@dataclass(frozen=True, slots=True)
class Invocation:
    """What was said before the command's name; the clock is looked at once for a whole command."""

    username: str = ""
    moment: datetime = field(default_factory=_now)


def parse_moment(text: str) -> datetime:
    """Read an ISO moment, in Beijing's time unless it names its zone; a day alone means its noon.

    Refuses anything else with the code AT-FMT.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=BEIJING)
        if len(text.strip()) <= len("2022-06-30"):
            moment = moment.replace(hour=12)
        return moment.astimezone(BEIJING)
    except (ValueError, OverflowError):  # one at the end of all time has no place in Beijing
        message = N_("“{text}”不是日期或时刻，请写成 2022-06-30 或 2022-06-30T09:00 的样子")
        raise Refusal("AT-FMT", message, text=text) from None


def moment() -> datetime:
    """The moment at which the command acts: `--at`, or when it was started; in Beijing's time."""
    return _invocation().moment


def today() -> date:
    """The day of `moment()` in Beijing."""
    return moment().date()


def officer() -> Officer:
    """The officer (工作人员) named by `--as` or DOUDI_OFFICER; refuses when nobody is named."""
    # The rooms are imported here: commands without a database import this module too.
    from doudi.access.queries import officer_named  # noqa: PLC0415

    username = _invocation().username
    if not username:
        raise Refusal(
            "OFFICER-NONE",
            N_("请说明由谁操作：在命令前加 --as 用户名，或设置环境变量 DOUDI_OFFICER"),
        )
    return officer_named(username)


def officer_if_any() -> Officer | None:
    """Who asks; nobody need be named to read: whoever runs commands here has the database."""
    return officer() if _invocation().username else None


def say(message: str, **values: object) -> None:
    """Print a message in the user's language, its {places} filled in."""
    click.echo(_filled(message, values))


def progress(message: str, **values: object) -> None:
    """Tell on stderr how far a long piece of work has come, so that stdout stays the result."""
    click.echo(_filled(message, values), err=True)


def _filled(message: str, values: dict[str, object]) -> str:
    """The translated message; one without values is printed as it is, braces and all."""
    return filled(message, values, translate) if values else translate(message)


def _invocation() -> Invocation:
    """What the outermost command was told; a command run on its own was told nothing."""
    context = click.get_current_context(silent=True)
    if context is None:
        return Invocation()
    root = context.find_root()
    if not isinstance(root.obj, Invocation):
        root.obj = Invocation()
    return root.obj
