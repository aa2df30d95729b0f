"""What goes to the bank and what comes back: whole files, known layouts, nothing lost."""

from __future__ import annotations

import stat
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from doudi.kernel.refusals import Refusal
from doudi.payments import queries
from doudi.payments.actions import export_run
from doudi.payments.models import Answer, Export, ReturnFile, Stage, Suspense
from doudi.payments.return_file import read
from tests.payments.build import (
    a_sealed_run,
    an_account,
    an_answer,
    an_award,
    draft,
    owe,
    payday,
    refused,
    take_in,
    the_bank_says,
    the_staff,
)
from tests.registry.build import a_person, moment

if TYPE_CHECKING:
    from doudi.payments.actions import Exported
    from doudi.payments.models import Run

JUNE = "2022-06"
pytestmark = pytest.mark.django_db


def of_three(*names: str) -> Run:
    """A sealed run of three payments: 100, 200 and 300 yuan."""
    for serial, name in enumerate(names or ("甲", "乙", "丙"), start=1):
        owe(an_award(name=name), JUNE, serial * 10_000)
    return a_sealed_run(JUNE)


def export(run: Run) -> Exported:
    return export_run(run.number, actor=the_staff().cashier, at=payday(JUNE))


def edited(content: bytes, old: str, new: str) -> bytes:
    text = content.decode("gb18030")
    assert old in text
    return text.replace(old, new).encode("gb18030")


def test_the_bank_file_has_heading_payments_and_trailer() -> None:
    run = of_three("张三", "䶮某", "李四")
    lines = export(run).bank_file.read_bytes().decode("gb18030").split("\r\n")
    accounts = [item.account for item in queries.contents_of(run).items]
    awards = [item.award for item in queries.contents_of(run).items]
    assert lines == [
        f"H|DOUDI1|2022-06-1|2022-06|CNY|3|600.00|20220620|{run.content_hash[:16]}",
        f"D|000001|{accounts[0]}|张三|测试银行六甲支行|100.00|{awards[0]}",
        f"D|000002|{accounts[1]}|䶮某|测试银行六甲支行|200.00|{awards[1]}",
        f"D|000003|{accounts[2]}|李四|测试银行六甲支行|300.00|{awards[2]}",
        "T|3|600.00",
        "",
    ]


def test_files_come_out_the_same_byte_for_byte_and_each_time_is_written_down() -> None:
    run = of_three()
    first = export(run)
    before = first.bank_file.read_bytes(), first.workbook.read_bytes()
    again = export(run)
    assert (again.bank_file.read_bytes(), again.workbook.read_bytes()) == before
    assert Export.objects.filter(run=run, digest=first.digest).count() == 2


def test_files_are_for_their_owner_alone_and_leave_no_drafts() -> None:
    exported = export(of_three())
    for path in (exported.bank_file, exported.workbook):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(exported.bank_file.parent.stat().st_mode) == 0o700
    assert not list(exported.bank_file.parent.glob(".*"))


def test_the_sheet_masks_numbers_and_takes_no_name_for_a_formula() -> None:
    head = a_person(name="=1+1")
    number = an_account(head, holder="=1+1")
    owe(an_award(payee=head), JUNE, 12_345)
    sheet = load_workbook(export(a_sealed_run(JUNE)).workbook).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    texts = [str(cell.value) for cell in cells]
    assert "=1+1" in texts
    assert not any(number in text for text in texts)
    assert 123.45 in [cell.value for cell in cells]


def test_a_separator_in_a_name_does_not_shift_the_fields() -> None:
    head = a_person(name="张|三")
    an_account(head)
    owe(an_award(payee=head), JUNE, 100)
    content = export(a_sealed_run(JUNE)).bank_file.read_bytes().decode("gb18030")
    assert "|张｜三|" in content


def test_only_a_sealed_run_goes_out() -> None:
    owe(an_award(), JUNE, 100)
    run = draft(JUNE).run
    assert run is not None
    with refused("RUN-STEP"):
        export(run)


def test_a_returned_payment_is_paid_again_by_the_next_run() -> None:
    run = of_three()
    settled = the_bank_says(run, {1: "00", 2: "03", 3: "00"})
    assert (settled.paid, settled.returned, settled.repeated) == (2, 1, 0)
    again = a_sealed_run(JUNE)
    assert again.number == "2022-06-2"
    assert queries.sums_of(again) == queries.Sums(1, 20_000)
    assert draft(JUNE).run is None


def test_a_run_is_settled_when_the_bank_has_answered_for_every_payment() -> None:
    run = of_three()
    assert queries.stage_of(run) is Stage.SEALED
    export(run)
    assert queries.stage_of(run) is Stage.EXPORTED
    the_bank_says(run, {1: "00", 2: "99"})
    assert queries.stage_of(run) is Stage.EXPORTED
    assert queries.sums_unsettled(run) == queries.Sums(1, 30_000)
    the_bank_says(run, {3: "00"})
    assert queries.stage_of(run) is Stage.SETTLED


def test_a_payment_not_mentioned_counts_as_paid() -> None:
    run = of_three()
    the_bank_says(run, {1: "00"})
    assert draft(JUNE).run is None


def test_the_same_file_twice_changes_nothing() -> None:
    run = of_three()
    content = an_answer(run, {1: "00", 2: "03"})
    assert not take_in(content).was_known
    assert take_in(content).was_known
    assert (ReturnFile.objects.count(), Answer.objects.count()) == (1, 2)


def test_repeated_lines_are_recognised_within_a_file_and_across_files() -> None:
    run = of_three()
    the_bank_says(run, {1: "00", 2: "03"})
    again = the_bank_says(run, {2: "03", 3: "00"})
    assert again.repeated == 1
    assert queries.sums_returned(run) == queries.Sums(1, 20_000)


def test_paid_first_and_returned_later_is_returned() -> None:
    run = of_three()
    the_bank_says(run, {1: "00"}, on=date(2022, 6, 21))
    the_bank_says(run, {1: "03"}, on=date(2022, 6, 25))
    assert queries.sums_returned(run) == queries.Sums(1, 10_000)


def test_a_success_that_contradicts_a_return_is_shown_and_the_money_counts_as_paid() -> None:
    run = of_three()
    the_bank_says(run, {1: "03"}, on=date(2022, 6, 21))
    the_bank_says(run, {1: "00"}, on=date(2022, 6, 22))
    assert queries.sums_returned(run) == queries.Sums(0, 0)
    assert [record.outcome for record in queries.records_of(run)] == [
        "contradicted",
        "open",
        "open",
    ]
    assert draft(JUNE).run is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("D|000001|", "D|000009|", "RET-LINE"),
        ("D|000001|", "D|00000x|", "RET-LINE"),
        ("|00|", "|77|", "RET-CODE"),
    ],
)
def test_a_line_that_fits_no_payment_is_kept_in_suspense(old: str, new: str, code: str) -> None:
    run = of_three()
    settled = take_in(edited(an_answer(run, {1: "00"}), old, new))
    assert settled.suspense == {code: 1}
    assert (settled.paid, settled.returned) == (0, 0)
    (kept,) = Suspense.objects.all()
    assert (kept.row, kept.reason) == (2, code)


def test_another_amount_or_account_is_kept_in_suspense() -> None:
    run = of_three()
    content = an_answer(run, {1: "00", 2: "00"})
    tail = queries.contents_of(run).items[1].account[-4:]
    other = edited(content, f"000002|{tail}|", f"000002|{(int(tail) + 1) % 10_000:04d}|")
    assert take_in(other).suspense == {"RET-ACCOUNT": 1}
    swapped = edited(edited(content, "|100.00|00|", "|x|00|"), "|200.00|00|", "|100.00|00|")
    assert take_in(edited(swapped, "|x|00|", "|200.00|00|")).suspense == {"RET-AMOUNT": 2}


def test_a_line_in_suspense_is_kept_without_the_account() -> None:
    run = of_three()
    item = queries.contents_of(run).items[0]
    content = edited(an_answer(run, {1: "00"}), "D|000001|", f"D|{item.account}|")
    take_in(content)
    (kept,) = Suspense.objects.all()
    assert item.account not in kept.masked
    assert kept.masked.startswith("D|********")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("R|DOUDI1", "R|DOUDI2", "RET-FMT"),
        ("|CNY|", "|USD|", "RET-CURRENCY"),
        ("|CNY|20220621|3|", "|CNY|20220621|4|", "RET-COUNT"),
        ("T|3|", "T|2|", "RET-COUNT"),
        ("T|3|600.00", "T|3|600.01", "RET-SUM"),
        ("|20220621|", "|20220631|", "RET-DATE"),
        ("|20220621|", "|20220619|", "RET-DATE"),
        ("|20220621|", "|20230101|", "RET-DATE"),
        ("2022-06-1", "2022-06-7", "RET-RUN"),
        ("T|3|600.00\r\n", "", "RET-FMT"),
    ],
)
def test_a_file_of_which_something_is_missing_or_foreign_is_refused_whole(
    old: str, new: str, code: str
) -> None:
    content = an_answer(of_three(), {1: "00", 2: "00", 3: "00"})
    with refused(code):
        take_in(edited(content, old, new))
    assert ReturnFile.objects.count() == 0


def test_a_file_of_another_seal_is_refused() -> None:
    run = of_three()
    head = run.content_hash[:16]
    with refused("RET-SEAL"):
        take_in(edited(an_answer(run, {1: "00"}), head, head[::-1]))


def test_a_file_in_utf8_with_its_mark_and_bare_line_ends_is_read() -> None:
    run = of_three()
    text = an_answer(run, {1: "00", 2: "03"}).decode("gb18030").replace("\r\n", "\n")
    assert take_in(b"\xef\xbb\xbf" + text.encode()).paid == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "RET-FMT"),
        (b"\r\n\r\n", "RET-FMT"),
        (b"PK\x03\x04\x00\x00", "RET-ENC"),
        (b"\xff\xff\xff\xff|", "RET-ENC"),
        (b"R|DOUDI1\r\nT|0|0.00\r\n", "RET-FMT"),
    ],
)
def test_what_is_no_return_file_is_refused_in_one_sentence(content: bytes, code: str) -> None:
    with refused(code):
        take_in(content)


@given(st.binary(max_size=200) | st.text("RDT|0123.\r\nOUI CNY", max_size=200).map(str.encode))
def test_no_bytes_make_the_reader_stumble(content: bytes) -> None:
    with pytest.raises(Refusal):
        read(content)


def test_a_day_later_than_today_is_not_believed() -> None:
    content = an_answer(of_three(), {1: "00"}, on=date(2022, 6, 30))
    with refused("RET-DATE"):
        take_in(content, at=moment("2022-06-29"))


def test_a_file_of_more_than_ten_million_yuan_in_all_is_taken_in() -> None:
    """What bounds one amount bounds no sum: a district's month is more than ten million."""
    for place in range(3):
        owe(an_award(name=f"测试{'甲乙丙'[place]}"), JUNE, 900_000_000)
    run = a_sealed_run(JUNE)
    settled = the_bank_says(run, {1: "00", 2: "00", 3: "00"})
    assert settled.paid == 3
