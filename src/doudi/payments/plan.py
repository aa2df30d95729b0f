"""The plan of a run (拟发计划): what would be paid now, to whose account, and what would not.

It reads what is due, what was paid and who receives; it writes nothing. The same plan twice
means that nothing has changed in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.utils.timezone import localdate

from doudi.entitlement import queries as entitlement
from doudi.entitlement.queries.awards import payees_of
from doudi.kernel.names import outside_gbk
from doudi.payments import queries, reckon
from doudi.registry.queries.accounts import accounts_on
from doudi.registry.queries.homes import living_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from doudi.access.models import Area
    from doudi.kernel.months import Month

NO_ACCOUNT, OTHER_HOLDER = "ACC-NONE", "ACC-NAME"
"""Why a payment is held: the payee has no account; it is another's who has no mandate (代领)."""
COOLING, SHARED, OUTSIDE_GBK = "ACC-COOL", "ACC-DUP", "NAME-GBK"
"""What the checker should see: an account changed in the run's month, so that the earlier one is
paid once more; one shared by several households; a holder's name that GBK can't write."""

SHARED_BY = 3
"""From so many households on, one account is remarked: a passbook in other hands (代管存折)."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An award's number, its household, and who is paid."""

    award: int
    number: str
    household: int
    payee: int
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Destination:
    """An account to be paid into: its row, its sealed number and index, bank and holder."""

    account: int
    number_sealed: str = field(repr=False)
    number_index: str = field(repr=False)
    bank: str
    holder: str = field(repr=False)
    has_mandate: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """A payment to be: to whom, into which account, how much, and what the checker should see."""

    recipient: Recipient
    into: Destination
    amount_fen: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """What can't be paid to an award now, and why."""

    recipient: Recipient
    amount_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Payments by the awards' numbers, their lines as columns, and what is held."""

    payments: Sequence[Planned]
    lines: reckon.Lines
    held: Sequence[Withheld]


def plan(*, month: Month, area: Area, at: datetime) -> Plan:
    """What a run of the area would pay for everything up to `month`, as known at `at`.

    A fixed number of statements, whatever the number of awards. An award belongs to the area
    where its household lives in the month, or lived last.
    """
    differences = queries.differences(month)
    recipients = _recipients(differences.award, area, month, at)
    lines = reckon.draft(
        _of(differences, recipients.keys()),
        month=month,
        permille=entitlement.recovery_permille(area, month),
    )
    totals = reckon.totals(lines)
    amounts = dict(zip(totals.award.tolist(), totals.amount.tolist(), strict=True))
    paid = sorted((recipients[award] for award in amounts), key=lambda each: each.number)
    return _with_accounts(lines, paid, amounts, month, at)


def _with_accounts(
    lines: reckon.Lines,
    recipients: Sequence[Recipient],
    amounts: Mapping[int, int],
    month: Month,
    at: datetime,
) -> Plan:
    """Find every recipient's account; hold what has none that may be paid into."""
    accounts, cooling = _accounts([each.payee for each in recipients], month, at)
    payments, held = [], []
    shared = _shared(recipients, accounts)
    for recipient in recipients:
        account, amount = accounts.get(recipient.payee), amounts[recipient.award]
        if account is None:
            held.append(Withheld(recipient, amount, NO_ACCOUNT))
        elif not account.has_mandate and account.holder != recipient.name:
            held.append(Withheld(recipient, amount, OTHER_HOLDER))
        else:
            remarks = {
                COOLING: recipient.payee in cooling,
                SHARED: account.number_index in shared,
                OUTSIDE_GBK: bool(outside_gbk(account.holder)),
            }
            codes = tuple(code for code, applies in remarks.items() if applies)
            payments.append(Planned(recipient, account, amount, codes))
    paid = np.array([each.recipient.award for each in payments], dtype=np.int64)
    return Plan(payments, lines.of(paid), held)


def _recipients(awards: reckon.Ids, area: Area, month: Month, at: datetime) -> dict[int, Recipient]:
    """Who receives each of these awards that belong to the area, by award."""
    found = [Recipient(*row) for row in payees_of(np.unique(awards).tolist())]
    households = {each.household for each in found}
    here = living_in(area, households, on=month.last, known_at=at)
    return {each.award: each for each in found if each.household in here}


def _of(differences: reckon.Differences, awards: Collection[int]) -> reckon.Differences:
    """The differences of these awards alone."""
    kept = np.isin(differences.award, np.array(list(awards), dtype=np.int64))
    return reckon.Differences(
        differences.award[kept], differences.month[kept], differences.amount[kept]
    )


def _accounts(
    payees: Sequence[int], month: Month, at: datetime
) -> tuple[dict[int, Destination], set[int]]:
    """The account of each payee, and the payees whose change of account does not count yet.

    A change counts from the next month (变更自下月生效): who takes over somebody's account
    changes it just before the money comes. It counts at once where there was no account before,
    or where money has come back from the earlier one.
    """
    days = (max(month.last, localdate(at)), month.first - timedelta(days=1))
    now, before = (
        {payee: Destination(*each) for payee, each in accounts.items()}
        for accounts in accounts_on(payees, days, at)
    )
    changed = {
        payee
        for payee, account in now.items()
        if payee in before and before[payee].number_index != account.number_index
    }
    failed = queries.accounts_returned_from()
    cooling = {payee for payee in changed if before[payee].number_index not in failed}
    return now | {payee: before[payee] for payee in cooling}, cooling


def _shared(recipients: Collection[Recipient], accounts: dict[int, Destination]) -> set[str]:
    """The indexes of the accounts that serve several households in this run."""
    households: dict[str, set[int]] = defaultdict(set)
    for recipient in recipients:
        if recipient.payee in accounts:
            households[accounts[recipient.payee].number_index].add(recipient.household)
    return {index for index, served in households.items() if len(served) >= SHARED_BY}
