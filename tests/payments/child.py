"""A process of its own for tests that let several loose on one database, or kill them.

    python -m tests.payments.child prepare | draft | approve | seal | deaths | state

With START_AT in the environment it waits for that moment of the system's clock.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from doudi.entitlement.queries import due_table  # noqa: E402
from doudi.kernel.months import Month  # noqa: E402
from doudi.kernel.refusals import Refusal  # noqa: E402
from doudi.payments import queries  # noqa: E402
from doudi.payments.actions import approve_run, check_run, export_run, seal_run  # noqa: E402
from doudi.payments.models import Run, Stage  # noqa: E402
from tests.payments.build import (  # noqa: E402
    an_approved_run,
    an_award,
    draft,
    owe,
    payday,
    the_staff,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MONTH = "2022-06"
PAYMENTS = 8


class Killer:
    """Ends this process, as the power might, at a statement of its choice."""

    def __init__(self, *, at: int, after: bool) -> None:
        """Before the statement of this number, or after it."""
        self.left, self.after = at, after

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        """Count a statement, and die at the last one."""
        self.left -= 1
        if self.left == 0 and not self.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, params, many, context)
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def prepare() -> object:
    """An office with eight awards, a month paid and lowered since, and a month due."""
    call_command("migrate", verbosity=0, skip_checks=True)
    the_staff()
    awards = [an_award() for _ in range(PAYMENTS)]
    for award in awards:
        owe(award, "2022-05", 80_000)
    run = an_approved_run("2022-05")
    seal_run(run.number, actor=the_staff().cashier, at=payday("2022-05"))
    for award in awards:
        owe(award, "2022-05", 70_000)
        owe(award, MONTH, 90_000)
    return "prepared"


def draft_once() -> object:
    """Draft the month; whether the run is new."""
    return draft(MONTH).is_new


def seal_once() -> object:
    """Seal the run that lies open."""
    number = Run.objects.get(month=MONTH).number
    return seal_run(number, actor=the_staff().cashier, at=payday(MONTH)).number


def approve() -> object:
    """Bring the month's run to where it may be sealed."""
    return an_approved_run(MONTH).number


def life(month: str) -> None:
    """Bring a month's run from wherever it stands to the bank."""
    staff, at = the_staff(), payday(month)
    run = Run.objects.filter(month=month).first() or draft(month).run
    assert run is not None
    if run.step is Stage.DRAFTED:
        run = check_run(run.number, actor=staff.investigator, at=at)
    if run.step is Stage.CHECKED:
        run = approve_run(run.number, actor=staff.approver, at=at)
    if run.step is Stage.APPROVED:
        run = seal_run(run.number, actor=staff.cashier, at=at)
    export_run(run.number, actor=staff.cashier, at=at)


def deaths() -> object:
    """Live through a month for every point of death; what stands after each is told.

    A month's run is killed at a statement and finished by another process.
    """
    awards = list({due.award for due in due_table().select_related("award")})
    found = []
    for place, month in enumerate(Month("2022-07").until(Month("2024-02"))):
        for award in awards:
            owe(award, month, 90_000)
        killer = Killer(at=2 + place * 4, after=place % 2 == 1)
        connection.close()
        died = in_a_process_of_its_own(month, killer)
        in_a_process_of_its_own(month, None)
        (run,) = Run.objects.filter(month=month)
        (file,) = (Path(settings.HOME) / "bank").glob(f"{run.number}-*.txt")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        found.append(
            {
                "died": died,
                "paid": queries.sums_of(run).amount_fen,
                "left": [balance.balance_fen for balance in queries.balances()],
                "intact": queries.is_intact(run),
                "file_whole": run.exports.filter(digest=digest).exists(),
            }
        )
    return found


def in_a_process_of_its_own(month: str, killer: Killer | None) -> bool:
    """Live through a month in a fork; whether it was killed."""
    child = os.fork()
    if child == 0:
        with ExitStack() as stack:
            if killer is not None:
                stack.enter_context(connection.execute_wrapper(killer))
            life(month)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


def state() -> object:
    """Everything that must be the same whatever happened on the way."""
    runs = Run.objects.filter(month=MONTH)
    return {
        "runs": [[run.number, run.content_hash, queries.is_intact(run)] for run in runs],
        "lines": [
            [payment.number, line.month, line.amount_fen]
            for run in runs
            for payment in queries.payments_of(run)
            for line in payment.lines.all()
        ],
        "left": sum(balance.balance_fen for balance in queries.balances()),
    }


VERBS: dict[str, Callable[[], object]] = {
    "prepare": prepare,
    "draft": draft_once,
    "approve": approve,
    "seal": seal_once,
    "deaths": deaths,
    "state": state,
}


def main() -> None:
    """Do what the first argument says and print the answer as JSON; 2 for a refusal."""
    if start := os.environ.get("START_AT"):
        time.sleep(max(0.0, float(start) - time.time()))
    try:
        sys.stdout.write(json.dumps(VERBS[sys.argv[1]]()))
    except Refusal as refusal:
        sys.stdout.write(json.dumps(refusal.code))
        sys.exit(2)


if __name__ == "__main__":
    main()
