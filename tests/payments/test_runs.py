"""A payroll's life: drafted from what is due, checked, approved and sealed by four officers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.payments import queries
from doudi.payments.actions import (
    approve_run,
    cancel_run,
    check_run,
    return_run_to_draft,
    seal_run,
)
from doudi.payments.models import Run, Stage
from tests.payments.build import (
    a_draft,
    a_sealed_run,
    an_account,
    an_approved_run,
    an_award,
    draft,
    owe,
    payday,
    refused,
    the_bank_says,
    the_staff,
)
from tests.registry.build import a_household, a_person, moment

pytestmark = pytest.mark.django_db

JUNE = "2022-06"


def lines_of(run: Run) -> list[tuple[str, int, str]]:
    payments = queries.payments_of(run)
    return sorted(
        (line.month, line.amount_fen, line.kind) for p in payments for line in p.lines.all()
    )


def test_a_run_pays_what_is_due_and_not_paid_yet() -> None:
    award = an_award()
    owe(award, JUNE, 90_000)
    run = a_draft(JUNE)
    assert run.number == "2022-06-1"
    assert lines_of(run) == [(JUNE, 90_000, "regular")]
    assert queries.sums_of(run) == queries.Sums(1, 90_000)


def test_a_second_run_after_the_seal_finds_nothing_to_pay() -> None:
    owe(an_award(), JUNE, 90_000)
    a_sealed_run(JUNE)
    assert draft(JUNE).run is None
    assert Run.objects.count() == 1


def test_drafting_again_changes_nothing() -> None:
    owe(an_award(), JUNE, 90_000)
    first = draft(JUNE)
    again = draft(JUNE)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.run == again.run
    assert lines_of(a_draft(JUNE)) == [(JUNE, 90_000, "regular")]


def test_a_month_missed_is_paid_with_the_next_one_as_arrears() -> None:
    award = an_award()
    owe(award, "2022-05", 80_000)
    owe(award, JUNE, 90_000)
    assert lines_of(a_draft(JUNE)) == [
        ("2022-05", 80_000, "arrears"),
        (JUNE, 90_000, "regular"),
    ]


def test_a_month_lowered_after_it_was_paid_is_taken_back_within_the_share() -> None:
    award = an_award()
    owe(award, "2022-05", 90_000)
    a_sealed_run("2022-05")
    owe(award, "2022-05", 50_000)
    owe(award, JUNE, 90_000)
    assert lines_of(a_sealed_run(JUNE)) == [
        ("2022-05", -27_000, "recovery"),
        (JUNE, 90_000, "regular"),
    ]
    assert queries.balance(award.pk).balance_fen == -13_000


def test_without_a_policy_on_recoveries_nothing_is_taken_back() -> None:
    award = an_award()
    owe(award, "2022-05", 90_000)
    a_sealed_run("2022-05")
    owe(award, "2022-05", 50_000)
    owe(award, JUNE, 90_000, permille=None)
    assert lines_of(a_draft(JUNE)) == [(JUNE, 90_000, "regular")]


def test_an_award_never_paid_too_much_and_due_nothing_has_no_payment() -> None:
    owe(an_award(), JUNE, 0)
    assert draft(JUNE).run is None


def test_what_is_due_later_than_the_run_s_month_waits() -> None:
    award = an_award()
    owe(award, "2022-05", 80_000)
    owe(award, JUNE, 90_000)
    assert lines_of(a_draft("2022-05")) == [("2022-05", 80_000, "regular")]


def test_a_payee_without_an_account_is_held_and_stays_due() -> None:
    award = an_award(with_account=False)
    owe(award, JUNE, 90_000)
    owe(an_award(), JUNE, 70_000)
    drafted = draft(JUNE)
    assert list(drafted.held) == [(award.number, "ACC-NONE", 90_000)]
    assert queries.balance(award.pk).balance_fen == 90_000


def test_an_account_of_somebody_without_a_mandate_is_not_paid_into() -> None:
    head = a_person(name="赵一")
    award = an_award(payee=head)
    an_account(head, holder="钱二")
    owe(award, JUNE, 90_000)
    assert draft(JUNE).held == [(award.number, "ACC-NAME", 90_000)]


def test_an_agent_with_a_mandate_receives() -> None:
    head = a_person(name="赵一")
    award = an_award(payee=head)
    an_account(head, holder="钱二", agent=True)
    owe(award, JUNE, 90_000)
    assert not draft(JUNE).held


def test_an_account_changed_in_the_month_counts_from_the_next_one() -> None:
    head = a_person()
    old = an_account(head)
    award = an_award(payee=head)
    new = an_account(head, since="2022-06-10", at=moment("2022-06-10"))
    owe(award, JUNE, 90_000)
    run = a_sealed_run(JUNE)
    assert [item.account for item in queries.contents_of(run).items] == [old]
    assert queries.remarks_on(run) == [("ACC-COOL", 1)]
    owe(award, "2022-07", 90_000)
    july = a_sealed_run("2022-07")
    assert [item.account for item in queries.contents_of(july).items] == [new]


def test_one_account_of_three_households_is_remarked() -> None:
    for name in ("甲", "乙", "丙"):
        head = a_person(name=name)
        an_account(head, serial=777_777, holder="王五", agent=True)
        owe(an_award(payee=head), JUNE, 10_000)
    assert queries.remarks_on(a_draft(JUNE)) == [("ACC-DUP", 3)]


def test_a_rare_name_that_the_bank_s_characters_lack_is_remarked() -> None:
    owe(an_award(name="䶮某"), JUNE, 10_000)
    assert queries.remarks_on(a_draft(JUNE)) == [("NAME-GBK", 1)]


def test_a_household_elsewhere_is_another_office_s_to_pay() -> None:
    head = a_person()
    an_account(head)
    owe(an_award(payee=head, household=a_household(head, area="官渡街道")), JUNE, 10_000)
    assert draft(JUNE).run is None


def test_a_month_not_begun_is_refused() -> None:
    owe(an_award(), JUNE, 90_000)
    with refused("RUN-FUTURE"):
        draft(JUNE, at=moment("2022-05-31T23:59:59"))
    assert draft(JUNE, at=moment("2022-06-01T00:00:00")).run is not None


def test_a_second_month_is_refused_while_a_run_lies_open() -> None:
    award = an_award()
    owe(award, "2022-05", 80_000)
    owe(award, JUNE, 90_000)
    a_draft("2022-05")
    with refused("RUN-OPEN"):
        draft(JUNE)


def test_a_draft_overtaken_by_events_is_to_be_cancelled_first() -> None:
    award = an_award()
    owe(award, JUNE, 90_000)
    run = a_draft(JUNE)
    owe(award, JUNE, 60_000)
    with refused("RUN-OPEN"):
        draft(JUNE)
    cancel_run(run.number, why="应发已变", actor=the_staff().clerk, at=payday(JUNE))
    again = a_draft(JUNE)
    assert again.number == "2022-06-2"
    assert lines_of(again) == [(JUNE, 60_000, "regular")]


def test_a_run_with_a_line_no_longer_due_is_not_sealed() -> None:
    award = an_award()
    owe(award, JUNE, 90_000)
    run = an_approved_run(JUNE)
    owe(award, JUNE, 89_999)
    with refused("RUN-STALE"):
        seal_run(run.number, actor=the_staff().cashier, at=payday(JUNE))


def test_each_step_needs_its_role() -> None:
    owe(an_award(), JUNE, 90_000)
    staff = the_staff()
    run = a_draft(JUNE)
    with refused("NOT-ALLOWED"):
        check_run(run.number, actor=staff.cashier, at=payday(JUNE))
    check_run(run.number, actor=staff.investigator, at=payday(JUNE))
    with refused("NOT-ALLOWED"):
        approve_run(run.number, actor=staff.clerk, at=payday(JUNE))
    approve_run(run.number, actor=staff.approver, at=payday(JUNE))
    with refused("NOT-ALLOWED"):
        seal_run(run.number, actor=staff.approver, at=payday(JUNE))


def test_each_step_comes_in_its_turn() -> None:
    owe(an_award(), JUNE, 90_000)
    staff = the_staff()
    run = a_draft(JUNE)
    with refused("RUN-STEP"):
        approve_run(run.number, actor=staff.approver, at=payday(JUNE))
    with refused("RUN-STEP"):
        seal_run(run.number, actor=staff.cashier, at=payday(JUNE))


def test_a_run_sent_back_is_checked_and_approved_anew() -> None:
    owe(an_award(), JUNE, 90_000)
    staff = the_staff()
    run = an_approved_run(JUNE)
    back = return_run_to_draft(run.number, why="核对账号", actor=staff.approver, at=payday(JUNE))
    assert back.step is Stage.DRAFTED
    check_run(run.number, actor=staff.investigator, at=payday(JUNE))
    assert queries.run_numbered(run.number).step is Stage.CHECKED


def test_a_reason_is_asked_for_before_a_run_is_cancelled() -> None:
    owe(an_award(), JUNE, 90_000)
    run = a_draft(JUNE)
    with refused("RUN-WHY"):
        cancel_run(run.number, why=" ", actor=the_staff().clerk, at=payday(JUNE))


def test_a_sealed_run_can_t_be_cancelled() -> None:
    owe(an_award(), JUNE, 90_000)
    run = a_sealed_run(JUNE)
    with refused("RUN-STEP"):
        cancel_run(run.number, why="弄错了", actor=the_staff().approver, at=payday(JUNE))


def test_an_unknown_run_is_refused_by_name() -> None:
    the_staff()
    with refused("RUN-UNKNOWN"):
        check_run("2022-06-9", actor=the_staff().investigator, at=payday(JUNE))


def test_an_account_from_which_money_came_back_is_changed_at_once() -> None:
    head = a_person()
    an_account(head)
    award = an_award(payee=head)
    owe(award, "2022-05", 80_000)
    the_bank_says(a_sealed_run("2022-05"), {1: "03"})
    new = an_account(head, since="2022-06-10", at=moment("2022-06-10"))
    run = a_sealed_run(JUNE)
    assert [item.account for item in queries.contents_of(run).items] == [new]
    assert queries.remarks_on(run) == []


def test_the_number_of_statements_does_not_depend_on_the_number_of_awards() -> None:
    def statements(size: int, month: str) -> tuple[int, int]:
        for _ in range(size):
            owe(an_award(), month, 10_000)
        with CaptureQueriesContext(connection) as drafting:
            run = a_draft(month)
        check_run(run.number, actor=the_staff().investigator, at=payday(month))
        approve_run(run.number, actor=the_staff().approver, at=payday(month))
        with CaptureQueriesContext(connection) as sealing:
            seal_run(run.number, actor=the_staff().cashier, at=payday(month))
        return len(drafting), len(sealing)

    the_staff()
    assert statements(2, "2022-01") == statements(30, "2022-02")
