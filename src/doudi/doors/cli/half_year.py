"""The demo's half-year (演示半年), step by step: each step is a command that anybody could type.

The officers are made up, as everybody is; four of them share a run, as the law of the house wants.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doudi.doors.cli.context import BEIJING, say
from doudi.doors.cli.language import translate
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.vocabulary import Programme
from doudi.kernel.workdays import add_working_days
from doudi.synth.liujia.bank import answer
from doudi.synth.liujia.calendar import HANDED_IN, MONTHS, OPENING
from doudi.synth.liujia.settling import AREA, ELSEWHERE, Liujia, settle_liujia
from doudi.synth.rates import rates_in_force

if TYPE_CHECKING:
    from doudi.kernel.months import Month

JURISDICTION = "demo_assumptions"
PERIOD = "2022H1"
BEFORE = "2021-12-31"
"""The day on which the demo's office is set up."""
ADMINISTRATOR, CLERK, INVESTIGATOR, APPROVER, CASHIER = "guan", "shou", "cha", "pi", "zijin"
OFFICERS = (
    f"{ADMINISTRATOR}:管文静:管理员:六甲街道",
    f"{CLERK}:寿春兰:受理:六甲街道",
    f"{INVESTIGATOR}:查建国:核查:六甲街道",
    f"{APPROVER}:皮晓明:审核确认:六甲街道",
    f"{CASHIER}:资云峰:资金:六甲街道",
    "gong:龚晓梅:社工:六甲街道",
    "she:佘志强:社区:福保社区",
    "du:杜明远:区级督查:官渡区",
)
WHY = "演示所作的假定"
AFTER = date(2022, 7, 1)
"""The day on which the half-year is looked back on."""
FOLLOWED_MONTH = "2022-04"
"""The month in which an overpayment begins to be taken back."""
LOOK_FURTHER = (
    (
        f"report {PERIOD} --area 六甲街道 --records dibao_urban_paid",
        N_("每一笔低保发放和它的应发编号；{house} 的二月、三月多发了，从四月起追缴"),
    ),
    ("explain {due}", N_("{house} 四月的应发是怎么来的：情况、参数、条文、算式")),
    (f"payroll show {FOLLOWED_MONTH}-1 --records", N_("四月的批次，逐笔列出")),
    ("screen --area 六甲街道", N_("谁应保未保，谁的待遇不再成立")),
    ("payroll balance", N_("还有没有待发和待追缴的")),
    ("journal verify", N_("操作日志是不是完整")),
)
"""Commands that show more, each with what it shows."""


@dataclass(slots=True)
class HalfYear:
    """The demo's office in a folder, and the made-up subdistrict that it serves."""

    home: Path
    liujia: Liujia = field(
        default_factory=lambda: settle_liujia(rates_in_force(JURISDICTION, OPENING))
    )

    def open_office(self) -> None:
        """The database, key, areas, an officer for each role; what the demo assumes of Liujia."""
        officers = [word for officer in OFFICERS for word in ("--officer", officer)]
        _do("start", *officers, at=BEFORE)
        _do("area", "adopt", AREA, JURISDICTION, "--why", WHY, at=BEFORE, officer=ADMINISTRATOR)
        for code in ELSEWHERE:
            _do(
                "area", "administer", code, "--by", "elsewhere", "--from", str(OPENING),
                "--assumed", "--why", WHY, at=BEFORE, officer=ADMINISTRATOR,
            )  # fmt: skip

    def open_ledger(self) -> None:
        """The opening workbook: the state at the beginning of the year."""
        self._import(0, "opening")

    def live_through(self) -> None:
        """Six months: what has changed, the run, the bank's answer."""
        for learnt, month in enumerate(MONTHS, start=1):
            click.echo()
            self._import(learnt, month)
            self._pay(month, HANDED_IN[learnt])

        _do("journal", "seal", at=str(AFTER), officer=ADMINISTRATOR)

    def report(self) -> None:
        """The half-year report, and where to look further."""
        click.echo()
        _do("report", PERIOD, "--area", AREA, at=str(AFTER))
        click.echo()
        say(N_("接着看（先设环境变量 DOUDI_HOME={home}）："), home=_short(self.home))
        for command, what in LOOK_FURTHER:
            click.echo(f"  doudi {command.format(due=self._due_of_the_followed())}")
            click.echo(f"      {translate(what).format(house=self.liujia.followed)}")

    def _due_of_the_followed(self) -> int:
        """The number of the due row of the household worth following, for its month."""
        from doudi.entitlement.queries import due_table  # noqa: PLC0415 - Django is set up by now

        rows = due_table().filter(
            award__household__number=self.liujia.followed,
            award__programme=Programme.DIBAO,
            month=FOLLOWED_MONTH,
        )
        return int(rows.values_list("pk", flat=True)[0])

    def serve(self) -> None:
        """The pages of the demo's office, until they are interrupted."""
        _do("serve", at=str(AFTER))

    def let_in(self) -> None:
        """Make up a password for each officer and print it; it is kept nowhere but hashed."""
        # Django has only now been set up.
        from doudi.access.actions import change_password  # noqa: PLC0415
        from doudi.access.passwords import made_up_password  # noqa: PLC0415
        from doudi.access.queries import officer_named  # noqa: PLC0415

        click.echo()
        say(N_("演示的账户（用户名、密码、姓名、岗位、区域），密码只在这里显示："))
        at = datetime.combine(AFTER, time(9), BEIJING)
        for officer in OFFICERS:
            username, name, role, area = officer.split(":")
            holder, made_up = officer_named(username), made_up_password()
            change_password(holder, password=made_up, actor=holder, at=at)
            click.echo(f"  {username:<6} {made_up}  {name}  {translate(role)}  {area}")

    def _import(self, learnt: int, name: str) -> None:
        """Write a workbook and take it in on its day."""
        path = self.home / "ledger" / f"{name}.xlsx"
        path.parent.mkdir(exist_ok=True)
        self.liujia.write(learnt, path)
        _do("ledger", "import", str(path), at=str(HANDED_IN[learnt]), officer=CLERK)

    def _pay(self, month: Month, handed_in: date) -> None:
        """Draft, check, approve, seal and export a run, and settle it by the bank's answer."""
        drafted, checked, approved, sealed, answered = (
            add_working_days(handed_in, days) for days in (1, 2, 3, 4, 6)
        )
        run = f"{month}-1"
        _do("run", month, "--area", AREA, at=str(drafted), officer=CLERK)
        _do("payroll", "check", run, at=str(checked), officer=INVESTIGATOR)
        _do("payroll", "approve", run, at=str(approved), officer=APPROVER)
        _do("payroll", "seal", run, at=str(sealed), officer=CASHIER)
        _do("payroll", "export", run, at=str(sealed), officer=CASHIER)
        path = self._ask_bank(run, MONTHS.index(month) + 1, answered)
        _do("payroll", "settle", str(path), at=str(answered), officer=CASHIER)

    def _ask_bank(self, run: str, number: int, on: date) -> Path:
        """The return file of the made-up bank, which does not know some accounts any more."""
        folder = self.home / "bank"
        (bank_file,) = folder.glob(f"{run}-*.txt")
        closed = {
            account for account, since in self.liujia.closed_accounts.items() if since <= number
        }
        path = folder / f"{run}-return.txt"
        path.write_bytes(answer(bank_file.read_bytes(), closed, on))
        return path


def _short(home: Path) -> str:
    """A folder as one would type it here: relative where it lies below."""
    here = Path.cwd()
    return str(home.relative_to(here) if home.is_relative_to(here) else home)


def _do(*words: str, at: str = "", officer: str = "") -> None:
    """Run a command of ours as if it had been typed, and show it; refuses DEMO-STEP if it fails."""
    # The command line is what is running this very command.
    from doudi.doors.cli.main import cli  # noqa: PLC0415

    before = [*(["--at", at] if at else []), *(["--as", officer] if officer else [])]
    line = " ".join(["doudi", *before, *words])
    click.secho(f"$ {line}", dim=True)
    status = click.Group.main(cli, [*before, *words], prog_name="doudi", standalone_mode=False)
    if status:
        raise Refusal("DEMO-STEP", N_("演示停在这一步：{line}"), line=line)
