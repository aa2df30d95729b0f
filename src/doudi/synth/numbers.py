"""Made-up numbers of persons: they pass the checks of form and can belong to nobody.

ID numbers (公民身份号码) carry the region that no place has (`kernel.id_numbers`); accounts
(银行账号) an issuer that no bank has; phones (电话) a prefix that no operator was given.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from stdnum import luhn

from doudi.kernel.id_numbers import fictional_id_number
from doudi.kernel.vocabulary import Sex

BANK = "六甲示范银行"
ISSUER = "629999"
PHONE_PREFIX = "154"

_ORDERS = 1000
_CUT = "000"
"""An ID number that ends so looks as if a spreadsheet had cut it: none is given out."""


class IdNumbers:
    """Hands out ID numbers, no number twice; keeps one count for each day and sex."""

    def __init__(self) -> None:
        """Nobody has a number yet."""
        self._next_order: dict[tuple[date, Sex], int] = defaultdict(int)

    def next(self, born: date, sex: Sex) -> tuple[str, date]:
        """A number and the day of birth it says: earlier where that day's numbers are all given."""
        while True:
            order = 2 * self._next_order[born, sex] + (1 if sex is Sex.MALE else 0)
            if order >= _ORDERS:
                born -= timedelta(days=1)
                continue
            self._next_order[born, sex] += 1
            number = fictional_id_number(born, order)
            if not number.endswith(_CUT):
                return number, born


def account_number(index: int) -> str:
    """The bank card with this index: nineteen digits that pass Luhn's check."""
    body = f"{ISSUER}{index:012d}"
    return body + str(luhn.calc_check_digit(body))


def phone_number(index: int) -> str:
    """The mobile phone with this index; eleven digits."""
    return f"{PHONE_PREFIX}{index % 10**8:08d}"
