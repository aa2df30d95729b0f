"""The command `doudi`: reads what stands before a command's name, and tells every mishap once."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import NoArgsIsHelpError

from doudi.doors.cli.commands import COMMANDS, in_language, known_names, load
from doudi.doors.cli.context import Invocation, parse_moment
from doudi.doors.cli.language import DEFAULT, LANGUAGES, speak, translate
from doudi.doors.cli.mishaps import as_refusal, fault_lines
from doudi.kernel.refusals import N_, FileRefused, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

REFUSED = 2
"""Exit status when what was asked can't be done."""
INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 and the signal's number, as shells have it."""


class Door(click.Group):
    """The group of all commands: imports one when it is asked for, and translates its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the help page."""
        del ctx
        return known_names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        del ctx
        return load(cmd_name, translate)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their summaries, which spares importing them."""
        rows = [(name, translate(COMMANDS[name].summary)) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section(translate(N_("命令"))):
                formatter.write_dl(rows)

    def get_help(self, ctx: click.Context) -> str:
        """The help page, in the language spoken."""
        return click.Group.get_help(in_language(self, translate), ctx)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "doudi",
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - the library's signature
        **extra: Any,  # noqa: ANN401 - the library's signature
    ) -> Any:  # noqa: ANN401 - the library's signature
        """Run a command and leave with its exit status; a mishap is one sentence on stderr."""
        del standalone_mode
        speak(_language_of_environment())
        try:
            status = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            click.echo(_one_sentence(error), err=True)
            sys.exit(REFUSED)
        except (click.Abort, KeyboardInterrupt):
            click.echo(translate(N_("已中断；重新运行即可，不会重复")), err=True)
            sys.exit(INTERRUPTED)
        except Exception as mishap:
            refusal = as_refusal(mishap)
            if refusal is None:
                raise
            _tell(refusal)
            sys.exit(REFUSED)
        sys.exit(status if isinstance(status, int) else 0)


def _tell(refusal: Refusal) -> None:
    """Say on stderr why not; for a refused file, with every fault in it."""
    click.echo(refusal.sentence(translate), err=True)
    if isinstance(refusal, FileRefused):
        for line in fault_lines(refusal, translate):
            click.echo(line, err=True)


def _one_sentence(error: click.ClickException) -> str:
    """What the library has against the command line, with the help page to look at."""
    message = error.format_message()
    if not isinstance(error, click.UsageError) or isinstance(error, NoArgsIsHelpError):
        return message
    page = error.ctx.command_path if error.ctx else "doudi"
    return translate(N_("{message} 用法见 {page} --help")).format(message=message, page=page)


def _language_of_environment() -> str:
    """The language that DOUDI_LANGUAGE names; Chinese when it names none of ours."""
    language = os.environ.get("DOUDI_LANGUAGE", DEFAULT)
    return language if language in LANGUAGES else DEFAULT


def _speak(ctx: click.Context, parameter: click.Parameter, language: str | None) -> None:
    """Speak the language of the option as soon as it is read, before anything else is said."""
    del ctx, parameter
    if language:
        speak(language)


@click.group(cls=Door, help=N_("兜底：街道民政办，从台账到报告。"))
@click.option(
    "--language",
    type=click.Choice(list(LANGUAGES)),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help=N_("语言：中文或英文；也可设环境变量 DOUDI_LANGUAGE"),
)
@click.option(
    "--at",
    envvar="DOUDI_AT",
    metavar="ISO",
    help=N_("假定的时刻，如 2022-06-30T09:00，供演示；也可设环境变量 DOUDI_AT"),
)
@click.option(
    "--as",
    "username",
    envvar="DOUDI_OFFICER",
    metavar="USERNAME",
    help=N_("由谁操作；也可设环境变量 DOUDI_OFFICER"),
)
@click.version_option(package_name="doudi", message="%(version)s", help=N_("显示版本后退出"))
@click.help_option("--help", help=N_("显示本说明后退出"))
@click.pass_context
def cli(ctx: click.Context, at: str | None, username: str | None) -> None:
    """Keep what was said before the command's name for the command."""
    told = {"moment": parse_moment(at)} if at else {}
    ctx.obj = Invocation(username=username or "", **told)


def main() -> None:
    """Run the command line; the entry point of `doudi` and of `python -m doudi`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that can't show Chinese shows question marks, not a traceback.
            stream.reconfigure(errors="replace")
    cli.main()
