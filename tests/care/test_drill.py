"""The drill (R9): an office that paid a month stands again elsewhere, from its backup alone."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.care.offices import SERVER, Office, offices
from tests.torture.acts import ACTS, BEFORE, LEDGER

pytestmark = [pytest.mark.database, pytest.mark.promise("R9")]

PERSONS = 60
PAID = ("import", "run", "seal", "export")
LATER = "2022-06-20T09:00"


@dataclass(frozen=True)
class Drill:
    """The office, its backup, its published head, and how much was written meanwhile."""

    office: Office
    backup: Path
    head: str
    said: str
    written: int
    elsewhere: Iterator[Office]


def lived_through_a_month(office: Office) -> str:
    """From an empty folder to the bank's file and a sealed journal; the journal's head."""
    lines: list[list[str]] = [["synth", "--persons", str(PERSONS), str(office.home / LEDGER)]]
    for act in ACTS:
        if act.name in PAID:
            lines += [each.line(office.home) for each in (*BEFORE.get(act.name, ()), act)]
    lines.append(["--at", LATER, "--as", "guan", "journal", "seal"])
    said = office.say(*lines)
    return re.findall(r"摘要 ([0-9a-f]{64})", said)[-1]


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    """A month lived through, then a backup while another process writes."""
    root = tmp_path_factory.mktemp("drill")
    elsewhere = offices(root)
    office = next(elsewhere)
    office.home.mkdir(parents=True)
    office.say(["backup", "--new-passphrase", office.passphrase])
    head = lived_through_a_month(office)
    stop, backup = root / "stop", root / "office.doudi"
    scribbling = office.begin("tests.care.scribble", stop, "officers")
    assert scribbling.stdout is not None
    scribbling.stdout.readline()
    said = office.say(["--at", LATER, "backup", backup])
    time.sleep(0.1)
    stop.touch()
    written = int(scribbling.communicate()[0])
    assert scribbling.returncode == 0
    yield Drill(office, backup, head, said, written, elsewhere)
    elsewhere.close()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def restored(drill: Drill) -> Office:
    """The office once more, on a machine with nothing but the backup and the passphrase."""
    office = next(drill.elsewhere)
    said = office.say(["restore", drill.backup])
    assert "已恢复" in said
    return office


def entries(said: str) -> int:
    return int(re.findall(r"操作日志 (\d+) 条", said)[0])


def test_the_backup_is_of_one_moment_while_others_write(drill: Drill, restored: Office) -> None:
    said = restored.say(
        ["--as", "guan", "officer", "list"],
        ["journal", "verify", "--tables", "--head", drill.head],
    )
    there = len(re.findall(r"^more\d+", said, re.MULTILINE))
    assert 1 <= there < drill.written
    assert f"共 {entries(drill.said)} 条" in said


def test_the_office_restored_has_nothing_more_to_pay_and_replays(restored: Office) -> None:
    said = restored.say(
        ["--at", LATER, "--as", "shou", "run", "2022-06", "--area", "六甲街道"],
        ["payroll", "verify"],
        ["replay", "2022-06", "--area", "六甲街道"],
    )
    assert "没有要发放的，没有拟定批次" in said
    assert "没有任何差异" in said


def test_the_banks_files_and_the_key_came_along(drill: Drill, restored: Office) -> None:
    old, new = drill.office.files(), restored.files()
    assert any(name.startswith("bank") for name in new)
    assert {name for name in old if not name.startswith("doudi.sqlite3")} <= new.keys()
    assert new["keys/office.key"] == old["keys/office.key"]
    modes = {path.stat().st_mode & 0o077 for path in restored.home.rglob("*") if path.is_file()}
    assert modes == {0}


def test_a_backup_is_checked_without_an_office(drill: Drill) -> None:
    nowhere = next(drill.elsewhere)
    said = nowhere.say(["backup", "--check", drill.backup])
    assert f"操作日志 {entries(drill.said)} 条" in said
    assert "备份完整" in said
    assert nowhere.files() == {}


def test_a_changed_backup_touches_nothing(drill: Drill, tmp_path: Path) -> None:
    content = bytearray(drill.backup.read_bytes())
    content[-100] ^= 1
    changed = tmp_path / "changed.doudi"
    changed.write_bytes(content)
    nowhere = next(drill.elsewhere)
    assert "不完整或被改动" in nowhere.say(["restore", changed], status=2)
    assert nowhere.files() == {}
    if SERVER:
        assert nowhere.read("SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []


def test_a_living_office_is_overwritten_by_nobody(drill: Drill, restored: Office) -> None:
    before = restored.files()
    assert "没有改动" in restored.say(["restore", drill.backup], status=2)
    assert restored.files() == before


def test_a_replaced_office_is_kept_aside(drill: Drill) -> None:
    office = next(drill.elsewhere)
    office.say(["start"])
    key = office.files()["keys/office.key"]
    said = office.say(
        ["--at", LATER, "restore", "--replace", drill.backup],
        ["journal", "verify", "--head", drill.head],
    )
    assert "日志完整" in said
    aside = "replaced-20220620T090000"
    assert office.files()[f"{aside}/keys/office.key"] == key
    assert office.files()["keys/office.key"] != key
    if SERVER:
        seen = office.read("SELECT COUNT(*) FROM replaced_20220620t090000.access_officer")
        assert seen == [(1,)]
    else:
        old = Office(office.home / aside, "", office.passphrase)
        assert "日志完整" in old.say(["journal", "verify", "--tables"])


def test_a_backup_is_never_written_over(drill: Drill) -> None:
    before = drill.backup.read_bytes()
    assert "已经存在" in drill.office.say(["backup", drill.backup], status=2)
    assert drill.backup.read_bytes() == before


def test_a_backup_lies_there_for_its_owner_alone(drill: Drill) -> None:
    assert drill.backup.stat().st_mode & 0o777 == 0o600
    assert not list(drill.backup.parent.glob(".*.part"))


def test_backups_in_the_office_are_not_backed_up_again(drill: Drill) -> None:
    inside = drill.office.home / "old.doudi"
    inside.write_bytes(drill.backup.read_bytes())
    second = drill.backup.with_name("second.doudi")
    drill.office.say(["backup", second])
    assert second.stat().st_size < 1.5 * drill.backup.stat().st_size


def test_a_restore_killed_at_any_moment_is_finished_by_giving_it_again(drill: Drill) -> None:
    office = next(drill.elsewhere)
    for seconds in (0.9, 1.3):
        process = office.begin("doudi", "restore", drill.backup)
        time.sleep(seconds)
        process.kill()
        process.communicate()
    told = office.say(["restore", drill.backup], status=None)
    assert "已恢复" in told or "已经有办公室" in told
    verified = office.say(["journal", "verify", "--tables"])
    assert f"共 {entries(drill.said)} 条" in verified


@pytest.mark.promise("R20")
def test_persons_are_registered_once_while_the_key_is_changed(drill: Drill, tmp_path: Path) -> None:
    office, stop = drill.office, tmp_path / "stop"
    registering = office.begin("tests.care.scribble", stop, "persons")
    assert registering.stdout is not None
    registering.stdout.readline()
    before = ["--at", LATER, "--as"]
    office.say([*before, "guan", "keys", "rotate"])
    stop.touch()
    registered = int(registering.communicate()[0])
    assert registering.returncode == 0
    assert registered > 1
    again = [*before, "shou", "ledger", "import", str(office.home / LEDGER)]
    said = office.say(
        [*before, "guan", "keys", "list"],
        ["journal", "verify", "--tables"],
        [*again, "--accept-warnings", "虚构"],
    )
    assert re.findall(r"加密着 (\d+) 项", said)[0] == "0"
    assert "日志完整" in said
    assert re.search(r"账户：新增 0，更正 0，截止 0", said)
