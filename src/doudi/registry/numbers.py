"""Sealed numbers (加密号码): ID numbers, bank accounts and phones, as the registry keeps them.

Each is ciphertext bound to its own row's `uid`, with a keyed index for exact look-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.keys import office_keys
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.sealing import Unopened, blind_index, blind_indexes, seal, unseal
from doudi.registry.models import SealedField

if TYPE_CHECKING:
    from uuid import UUID

_PURPOSES = {
    SealedField.ID_NUMBER: "person.id_number",
    SealedField.ACCOUNT: "account.number",
    SealedField.PHONE: "phone.number",
}


def sealed_number(field: SealedField, number: str, uid: UUID) -> str:
    """A number sealed for one row."""
    return seal(number, purpose=_PURPOSES[field], place=str(uid), keys=office_keys())


def number_index(field: SealedField, number: str) -> str:
    """The keyed index of a number: equal numbers have equal ones."""
    return blind_index(number, purpose=_PURPOSES[field], keys=office_keys())


def number_indexes(field: SealedField, number: str) -> list[str]:
    """The index under every key that the office has, to look a number up."""
    return blind_indexes(number, purpose=_PURPOSES[field], keys=office_keys())


def opened_number(field: SealedField, sealed: str, uid: UUID) -> str:
    """The number in the clear; refuses SEAL-BROKEN when it was changed or moved since."""
    try:
        return unseal(sealed, purpose=_PURPOSES[field], place=str(uid), keys=office_keys())
    except Unopened as error:
        raise Refusal(
            "SEAL-BROKEN",
            N_("一处加密的{field}打不开：记录被改动过，或密钥不对，请用 doudi journal verify 核查"),
            field=field.label,
        ) from error
