"""The acts that are tortured: commands that write, in the order in which an office gives them."""

from __future__ import annotations

from dataclasses import dataclass

AREA = "六甲街道"
CODE, JURISDICTION = "530111008", "demo_assumptions"
RUN = "2022-06-1"
LEDGER, RETURN = "ledger.xlsx", "return.txt"
SECRET = "passphrase"  # noqa: S105 - the name of a file
"""Lies beside the offices, which share it: a backup's passphrase may not lie in an office."""

OFFICERS = (
    f"guan:管文静:管理员:{AREA}",
    f"shou:寿春兰:受理:{AREA}",
    f"cha:查建国:核查:{AREA}",
    f"pi:皮晓明:审核确认:{AREA}",
    f"zijin:资云峰:资金:{AREA}",
)


@dataclass(frozen=True)
class Act:
    """A command as it is typed; `{home}` is the office's folder.

    `done` is what it says, being refused, where it had been done already; empty where it then
    simply succeeds once more.
    """

    name: str
    at: str
    officer: str
    words: tuple[str, ...]
    done: str = ""

    def line(self, home: object) -> list[str]:
        """The command line for one office."""
        officer = ["--as", self.officer] if self.officer else []
        return ["--at", self.at, *officer, *(word.format(home=home) for word in self.words)]


BACKUP = "{home}.doudi"
"""Where an office's backup lies: beside its folder."""
_OPENING = ("--passphrase-file", f"{{home}}/../{SECRET}")

ACTS = (
    Act(
        "import", "2022-06-02T09:00", "shou",
        ("ledger", "import", f"{{home}}/{LEDGER}", "--accept-warnings", "虚构"),
    ),
    Act("run", "2022-06-10T09:00", "shou", ("run", "2022-06", "--area", AREA)),
    Act("seal", "2022-06-13T09:00", "zijin", ("payroll", "seal", RUN), done="已封存"),
    Act("export", "2022-06-13T10:00", "zijin", ("payroll", "export", RUN)),
    Act("settle", "2022-06-15T09:00", "zijin", ("payroll", "settle", f"{{home}}/{RETURN}")),
    Act("rotate", "2022-06-16T09:00", "guan", ("keys", "rotate"), done="已全部换好"),
    Act("backup", "2022-06-17T09:00", "", ("backup", BACKUP, *_OPENING), done="已经存在"),
)  # fmt: skip

_FIRST = tuple(word for officer in OFFICERS for word in ("--officer", officer))
_WHY = ("--why", "虚构")

BEFORE = {
    "import": (
        Act("start", "2022-06-01T09:00", "", ("start", *_FIRST)),
        Act("adopt", "2022-06-01T10:00", "guan", ("area", "adopt", CODE, JURISDICTION, *_WHY)),
        Act("seal the journal", "2022-06-01T11:00", "guan", ("journal", "seal")),
    ),
    "seal": (
        Act("check", "2022-06-11T09:00", "cha", ("payroll", "check", RUN)),
        Act("approve", "2022-06-12T09:00", "pi", ("payroll", "approve", RUN)),
    ),
}  # fmt: skip
"""What others do between the acts, unharmed: by the name of the act that comes next."""

_LATER = "2022-06-30T09:00"
AFTER = Act("seal the journal", _LATER, "guan", ("journal", "seal"))
CHECKS = (
    Act("verify", _LATER, "guan", ("journal", "verify")),
    Act("verify", _LATER, "guan", ("payroll", "verify")),
)
CHECK_BACKUP = Act("check the backup", _LATER, "", ("backup", "--check", BACKUP, *_OPENING))
TABLES = Act("verify the tables", _LATER, "guan", ("journal", "verify", "--tables"))
"""Slow, so only the unharmed twin is asked: what equals it row for row needs no asking."""
