"""The faults (植入的错误): for each, where it is planted, and the tests that should notice.

They are the faults by which offices lose money, people or secrets. An edit says what stood there
and what stands there instead; where the code has moved, planting fails and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Edit:
    """One place of a file, below `src/doudi/`: what stood there once, and what stands there now."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its kind, what it is in words, its edits, and the tests that should notice it."""

    kind: str
    words: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]

    def plant(self, place: Path) -> None:
        """Plant it in a copy; raises LookupError where the code is no longer as it was."""
        for edit in self.edits:
            path = place / "src" / "doudi" / edit.file
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            if text.count(edit.old) != 1:
                raise LookupError(f"{edit.file} has {text.count(edit.old)} times: {edit.old!r}")
            path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


_MATRIX = ("tests/office/test_access_matrix.py",)
_MONEY = ("tests/payments/test_reckon.py", "tests/promises/test_controls.py")
_MONTHS = ("tests/house/test_clock.py", "tests/promises/test_beijing_months.py")
_SECRETS = ("tests/house/test_secrets.py", "tests/promises/test_no_number_leaves.py")
_GUARDS = ("tests/house/test_guards.py", "tests/promises/test_templates_run_nothing.py")
_CHECKS = ("tests/house/test_migrations.py", "tests/promises/test_nobody_is_dropped.py")

FAULTS = (
    Fault(
        "an undeclared view",
        "the desk no longer says to whom it is open",
        (
            Edit(
                "doors/office/desk/views.py",
                "@open_to_officers\n@require_safe\ndef desk",
                "@require_safe\ndef desk",
            ),
        ),
        _MATRIX,
    ),
    Fault(
        "an IDOR",
        "a household's file opens by its number, wherever the household lives",
        (
            Edit(
                "doors/office/sight.py",
                "_found(self.households().filter(number=_plain(number)))",
                "_found(self.households().model.objects.filter(number=_plain(number)))",
            ),
        ),
        _MATRIX,
    ),
    Fault(
        "a leaked count",
        "a list counts everybody's rows, though it shows only one's own",
        (
            Edit(
                "doors/office/paging.py",
                "rows.order_by()[: COUNTED_TO + 1].count()",
                "rows.model._default_manager.count()",
            ),
        ),
        _MATRIX,
    ),
    Fault(
        "a cursor committed early",
        "the run is committed before its payments are written",
        (
            Edit(
                "payments/actions/draft.py",
                "        _write(run, planned)\n    return",
                '    with deed(actor=actor, act="draft_run", why="明细", at=at):\n'
                "        _write(run, planned)\n    return",
            ),
        ),
        ("tests/payments/test_mishaps.py", "tests/torture/test_killed.py"),
    ),
    Fault(
        "a cursor committed early",
        "a return file is noted as taken in before its answers are written",
        (
            Edit(
                "payments/actions/settle.py",
                "        reasons = [_does_not_fit",
                '    with deed(actor=actor, act="settle_run", why="回盘明细", at=at):\n'
                "        reasons = [_does_not_fit",
            ),
        ),
        ("tests/torture/test_killed.py", "tests/promises/test_all_or_nothing.py"),
    ),
    Fault(
        "ignore_conflicts",
        "remarks that the database refuses are dropped without a word",
        (
            Edit(
                "payments/actions/draft.py",
                "    insert_columns(\n        Remark,\n"
                '        {"payment": [payment for payment, _ in remarks], '
                '"code": [code for _, code in remarks]},\n    )',
                "    Remark.objects.bulk_create(\n"
                "        [Remark(payment_id=payment, code=code) for payment, code in remarks],\n"
                "        ignore_conflicts=True,\n    )",
            ),
        ),
        ("tests/house/test_money.py",),
    ),
    Fault(
        "ignore_conflicts",
        "whole columns are written, less the rows that the database refuses",
        (Edit("access/bulk.py", "f'INSERT INTO \"", "f'INSERT OR IGNORE INTO \""),),
        ("tests/house/test_money.py", "tests/promises/test_nobody_is_dropped.py"),
    ),
    Fault(
        "a float",
        "the share that a recovery may take is reckoned as a fraction",
        (
            Edit(
                "payments/reckon.py",
                "payable * share // _WHOLE",
                "(payable * (share / _WHOLE)).astype(np.int64)",
            ),
        ),
        _MONEY,
    ),
    Fault(
        "a float",
        "the sum that a household pays in keeps fractions in its column",
        (
            Edit(
                "payments/models/bank.py",
                "    lines = models.IntegerField()",
                "    lines = models.FloatField()",
            ),
        ),
        ("tests/house/test_money.py",),
    ),
    Fault(
        "now().date()",
        "a command's day is that of London",
        (
            Edit(
                "doors/cli/context.py",
                "    return moment().date()",
                "    from django.utils import timezone\n\n    return timezone.now().date()",
            ),
        ),
        _MONTHS,
    ),
    Fault(
        "now().date()",
        "whether a month has begun is asked by the day of whatever zone the moment is in",
        (
            Edit(
                "payments/actions/draft.py",
                "Month.of(localdate(at))",
                "Month.of(at.date())",
            ),
        ),
        _MONTHS,
    ),
    Fault(
        "a missing actor",
        "an officer is deactivated, and nobody is asked by whom",
        (
            Edit(
                "access/actions/officers.py",
                "def deactivate_officer(officer: Officer, *, why: str, actor: Officer, "
                "at: datetime) -> None:",
                "def deactivate_officer(officer: Officer, *, why: str, at: datetime, "
                "**actor: Officer) -> None:\n    actor = officer",
            ),
        ),
        ("tests/house/test_actions.py",),
    ),
    Fault(
        "a missing actor",
        "the journal writes down the system in place of whoever acts",
        (
            Edit(
                "access/journal.py",
                "Deed.objects.create(id=under_way.number, actor=actor,",
                "Deed.objects.create(id=under_way.number, "
                'actor=Officer.objects.order_by("pk").first(),',
            ),
        ),
        ("tests/access/test_deeds.py",),
    ),
    Fault(
        "an unsandboxed docx",
        "the report's template may run what it likes",
        (
            Edit(
                "warehouse/forms/word.py",
                "document.render(_filling(report), jinja_env=sandbox)",
                "document.render(_filling(report), autoescape=True)",
            ),
        ),
        _GUARDS,
    ),
    Fault(
        "a log line with an ID",
        "every ID number that is read from a ledger is noted in the log",
        (
            Edit(
                "registry/ledger/parsing/identity.py",
                "        found = read_id_number(text, desk.on)\n",
                "        found = read_id_number(text, desk.on)\n"
                '        logging.getLogger("doudi").info("read %s", found.number)\n',
            ),
            Edit(
                "registry/ledger/parsing/identity.py",
                "import re\nimport unicodedata",
                "import logging\nimport re\nimport unicodedata",
            ),
        ),
        _SECRETS,
    ),
    Fault(
        'an export with "="',
        "a name that begins with = becomes a formula of every workbook that goes out",
        (
            Edit("kernel/spreadsheets.py", '"strings_to_formulas": False, ', ""),
            Edit(
                "payments/workbook.py",
                "sheet.write_string(row, column, text)",
                "sheet.write(row, column, text)",
            ),
        ),
        ("tests/payments/test_bank.py",),
    ),
    Fault(
        "a disabled CHECK",
        "the database no longer bounds what is paid",
        (
            Edit(
                "payments/migrations/0001_payrolls.py",
                ", models.CheckConstraint(condition=models.Q(('amount_fen__gte', 1), "
                "('amount_fen__lte', 1000000000), ('number__gte', 1)), "
                "name='payment_amount_bounded')",
                "",
            ),
        ),
        _CHECKS,
    ),
    Fault(
        "a disabled CHECK",
        "SQLite is told to look at no check at all",
        (
            Edit(
                "settings.py",
                "PRAGMA synchronous=FULL;",
                "PRAGMA synchronous=FULL; PRAGMA ignore_check_constraints=ON;",
            ),
        ),
        _CHECKS,
    ),
)
