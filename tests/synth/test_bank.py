"""The stand-in for the bank answers every payment of a bank file, and sends some back."""

from __future__ import annotations

from datetime import date

from doudi.synth.liujia.bank import answer

DAY = date(2022, 1, 25)
BANK_FILE = (
    "H|DOUDI1|202201-1|2022-01|CNY|2|850.50|20220124|0123456789abcdef\r\n"
    "D|000001|6299990000000000017|张三|六甲示范银行|770.00|DB2021000001\r\n"
    "D|000002|6299990000000000025|李四|六甲示范银行|80.50|HL2021000002\r\n"
    "T|2|850.50\r\n"
).encode("gb18030")


def test_every_payment_is_answered_and_the_sums_are_those_of_the_file() -> None:
    lines = answer(BANK_FILE, set(), DAY).decode("gb18030").split("\r\n")
    assert lines[0] == "R|DOUDI1|202201-1|0123456789abcdef|CNY|20220125|2|850.50"
    assert lines[1:3] == ["D|000001|0017|770.00|00|", "D|000002|0025|80.50|00|"]
    assert lines[3:] == ["T|2|850.50", ""]


def test_a_payment_into_an_account_that_is_not_known_comes_back() -> None:
    lines = answer(BANK_FILE, {"6299990000000000025"}, DAY).decode("gb18030").split("\r\n")
    assert lines[1] == "D|000002|0025|80.50|02|账号不存在"
