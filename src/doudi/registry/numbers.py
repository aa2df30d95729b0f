"""Sealed numbers (加密号码): ID numbers, bank accounts and phones, as the registry keeps them.

Each is ciphertext bound to its own row's `uid`, with a keyed index for exact look-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doudi.access.keys import key_in_use, office_keys
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.sealing import Keys, Unopened, blind_index, blind_indexes, seal, unseal
from doudi.registry.models import SealedField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

_PURPOSES = {
    SealedField.ID_NUMBER: "person.id_number",
    SealedField.ACCOUNT: "account.number",
    SealedField.PHONE: "phone.number",
}
_TAIL, _TAIL_PURPOSE = 4, "person.id_number.tail"


def sealed_numbers(field: SealedField, numbers: Sequence[str], uids: Sequence[UUID]) -> list[str]:
    """Each number sealed for its own row; an empty one stays empty."""
    keys, purpose = office_keys(), _PURPOSES[field]
    return [
        seal(number, purpose=purpose, place=str(uid), keys=keys) if number else ""
        for number, uid in zip(numbers, uids, strict=True)
    ]


def index_numbers(field: SealedField, numbers: Sequence[str]) -> list[str]:
    """The keyed index of each number by the newest key: equal numbers have equal ones."""
    keys, purpose = office_keys(), _PURPOSES[field]
    return [blind_index(number, purpose=purpose, keys=keys) for number in numbers]


def index_numbers_in_use(field: SealedField, numbers: Sequence[str]) -> list[str]:
    """The keyed index of each number by the key in use, which may not be the newest yet."""
    keys, purpose = Keys((key_in_use(),)), _PURPOSES[field]
    return [blind_index(number, purpose=purpose, keys=keys) for number in numbers]


def index_tails(numbers: Sequence[str]) -> list[str]:
    """The keyed index of each ID number's last four characters, by the newest key.

    Under a purpose of its own: it can't be set beside the index of a whole number.
    """
    keys = office_keys()
    return [blind_index(number[-_TAIL:], purpose=_TAIL_PURPOSE, keys=keys) for number in numbers]


def tail_indexes(tail: str) -> list[str]:
    """The index of four last characters under every key that the office has."""
    return blind_indexes(tail, purpose=_TAIL_PURPOSE, keys=office_keys())


def is_index_current(index: str) -> bool:
    """Whether an index was made by the newest key."""
    return index.startswith(f"{office_keys().newest.version}:")


def number_indexes(field: SealedField, numbers: Iterable[str]) -> dict[str, str]:
    """Which number stands behind each index, under every key that the office has."""
    keys, purpose = office_keys(), _PURPOSES[field]
    return {
        index: number
        for number in numbers
        for index in blind_indexes(number, purpose=purpose, keys=keys)
    }


def opened_number(field: SealedField, sealed: str, uid: UUID) -> str:
    """The number in the clear; refuses SEAL-BROKEN when it was changed or moved since."""
    try:
        return unseal(sealed, purpose=_PURPOSES[field], place=str(uid), keys=office_keys())
    except Unopened as error:
        raise Refusal(
            "SEAL-BROKEN",
            N_("一处加密的{field}打不开：记录被改动过，或密钥不对，请用 doudi journal verify 核查"),
            field=field,
        ) from error
