"""Looks at sealed numbers: each leaves who looked, at whose, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate, localtime

from doudi.access.journal import deed
from doudi.access.queries import officers
from doudi.kernel.refusals import N_, Refusal
from doudi.registry.models import Look, SealedField
from doudi.registry.numbers import opened_number
from doudi.registry.queries import persons_visible_to

if TYPE_CHECKING:
    from datetime import datetime

    from doudi.access.models import Officer
    from doudi.registry.models import Account, Person


def reveal_id_number(person: Person, *, actor: Officer, at: datetime, why: str) -> str:
    """The ID number in the clear, for a reason, of somebody whom the officer may see.

    Refuses NOT-ALLOWED, WHY-EMPTY, and ID-NONE for a person without papers.
    """
    if not person.id_number_sealed:
        raise Refusal("ID-NONE", N_("此人没有登记证件号"))
    _look(person, SealedField.ID_NUMBER, actor=actor, at=at, why=why)
    return opened_number(SealedField.ID_NUMBER, person.id_number_sealed, person.uid)


def reveal_account_number(account: Account, *, actor: Officer, at: datetime, why: str) -> str:
    """An account's number in the clear; refuses NOT-ALLOWED and WHY-EMPTY."""
    _look(account.person, SealedField.ACCOUNT, actor=actor, at=at, why=why)
    return opened_number(SealedField.ACCOUNT, account.number_sealed, account.uid)


LOOKS_A_DAY = 30
"""How many numbers one officer may see in the clear on one day."""


def _look(person: Person, field: SealedField, *, actor: Officer, at: datetime, why: str) -> None:
    """Leave the look in the journal; refuse before anything is seen.

    NOT-ALLOWED, WHY-EMPTY, and LOOK-MANY for an officer who has looked very often today.
    """
    if not why.strip():
        raise Refusal("WHY-EMPTY", N_("请写明查看的原因"))
    if not persons_visible_to(actor, localdate(at)).filter(pk=person.pk).exists():
        raise Refusal("NOT-ALLOWED", N_("此人不在您的辖区，不能查看"))
    with deed(actor=actor, act="look", why=why, at=at):
        officers().select_for_update().get(pk=actor.pk)  # two looks at once are counted too
        midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        if Look.objects.filter(officer=actor, at__gte=midnight).count() >= LOOKS_A_DAY:
            raise Refusal(
                "LOOK-MANY",
                N_("您今天已查看完整号码 {most} 次，到了上限；请由另一位人员查看，或明天再看"),
                most=LOOKS_A_DAY,
            )
        Look.objects.create(person=person, field=str(field), officer=actor, why=why[:300], at=at)
