"""`doudi policy`: work out a case, test case files, list parameters. Needs no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.doors.cli.context import say
from doudi.doors.cli.language import spoken
from doudi.kernel.refusals import N_, Refusal
from doudi.policy.cases import answer, case_files, differences, explained, read_cases
from doudi.policy.rules import load_rules
from doudi.policy.values import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from doudi.policy.cases import Case, Difference

FAILED = 1
"""Exit status when a case differs from what it expects."""

_folders = click.option(
    "--parameters",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    help=N_("本单位自己的参数文件夹，可写多次；先于程序自带的参数"),
)


@click.group(help=N_("政策：试算案例、检验案例、列出参数。"))
def policy() -> None:
    """The group."""


@policy.command(help=N_("试算一个案例文件，逐项说明怎样得出。"))
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@_folders
def calculate(case: Path, as_json: bool, folders: tuple[Path, ...]) -> None:  # noqa: FBT001
    """Work out the cases of a file, and tell how each answer came about."""
    cases = read_cases(case, folders)
    if as_json:
        found = [_as_data(one) for one in cases]
        plain = found[0] if len(found) == 1 else found
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for one in cases:
        click.echo(one.title)
        for _, _, explanation in explained(one):
            click.echo("")
            click.echo(explanation.text(spoken(), one.members))


def _as_data(case: Case) -> Mapping[str, object]:
    """A case's answers in the shape of `expect`, and the explanation of each."""
    language = spoken()
    explanations: dict[str, object] = {}
    for programme, member, explanation in explained(case):
        data = explanation.as_dict(language, case.members)
        if member is None:
            explanations[programme] = data
        else:
            of_members = explanations.setdefault(programme, {})
            if isinstance(of_members, dict):
                of_members[member] = data
    return {
        "title": case.title,
        "jurisdiction": case.rules.jurisdiction,
        "month": case.month,
        **answer(case, language),
        "explanation": explanations,
    }


@policy.command(help=N_("检验文件夹里的全部案例（*.yaml），逐条列出与期望不符之处。"))
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path))
@_folders
def test(places: tuple[Path, ...], folders: tuple[Path, ...]) -> None:
    """Run every case below the folders; exit status 0 only if none failed."""
    cases = [
        case for place in places for file in case_files(place) for case in read_cases(file, folders)
    ]
    for case in cases:
        if case.expect is None:
            raise Refusal(
                "CASE-EXPECT", N_("{file}：缺少 expect，没有可检验的内容"), file=case.file
            )
    failed = 0
    for case in cases:
        found = differences(case)
        failed += bool(found)
        for difference in found:
            _tell_difference(case, difference)
    say(N_("{passed} passed, {failed} failed"), passed=len(cases) - failed, failed=failed)
    sys.exit(FAILED if failed else 0)


def _tell_difference(case: Case, difference: Difference) -> None:
    """One line: file, title, programme, what was expected, what the rules give."""
    what = difference.programme + (f".{difference.member}" if difference.member else "")
    say(
        N_("{file}: {title}: {what}: 期望 {expected}，得到 {got}"),
        file=case.file,
        title=case.title,
        what=what,
        expected=_short(difference.expected),
        got=_short(difference.got),
    )


def _short(found: Mapping[str, object]) -> str:
    """An answer in one line."""
    return json.dumps(found, ensure_ascii=False)


@policy.command(help=N_("列出辖区的政策参数：值、起始日期、文件、可信度。"))
@click.option("--jurisdiction", default="530111", show_default=True, help=N_("辖区代码或名称"))
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help=N_("哪一天有效；不写就列出全部")
)
@_folders
def parameters(jurisdiction: str, day: datetime | None, folders: tuple[Path, ...]) -> None:
    """List every parameter with its values, or with the one in force on a day."""
    rules = load_rules(jurisdiction, None, folders)
    on = day.date() if day is not None else None
    for path, parameter in sorted(rules.parameters.items()):
        value = parameter.on(on) if on is not None else None
        for one in parameter.values if on is None else ([] if value is None else [value]):
            click.echo(
                "\t".join(
                    (
                        path,
                        parameter.shown(one.value).said(spoken()),
                        parameter.unit,
                        one.first.isoformat(),
                        str(one.citation),
                        one.confidence,
                        STATUS_WORDS[one.status].said(spoken()),
                        one.jurisdiction,
                    )
                )
            )
