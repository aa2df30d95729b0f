"""What can be wrong with a backup, a passphrase or a place is said in one sentence (R9)."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from doudi.access.backups import new_passphrase, passphrase_in
from doudi.access.backups.belongings import belongings, move, place_of, put_aside
from doudi.access.backups.checking import refuse_newer
from doudi.access.backups.manifest import Manifest, read_manifest
from doudi.access.backups.turns import scratch
from doudi.kernel.refusals import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tests.conftest import Door

MANIFEST = Manifest(
    made_at="2022-06-30T09:00:00+08:00",
    doudi="0.1.0",
    database="sqlite",
    head="",
    seals=0,
    entries=3,
    tables={"access_entry": 3},
    migrations=(("access", "0001_tables"),),
)


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    new_passphrase(path)
    return path


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path / "home"
    settings.KEY_FILE = settings.HOME / "keys" / "office.key"
    settings.HOME.mkdir()
    return tmp_path / "home"


def refusal_of_passphrase(path: Path) -> str:
    with pytest.raises(Refusal) as refused:
        passphrase_in(path)
    assert str(path) in str(refused.value)
    return refused.value.code


def test_a_new_passphrase_is_long_for_its_owner_and_never_the_same(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    new_passphrase(one)
    new_passphrase(other)
    assert one.stat().st_mode & 0o777 == 0o600
    assert re.fullmatch(rb"([a-z2-9]{4}-){7}[a-z2-9]{4}", passphrase_in(one))
    assert passphrase_in(one) != passphrase_in(other)
    with pytest.raises(FileExistsError):
        new_passphrase(one)


def test_a_passphrase_in_the_offices_own_folder_is_refused(home: Path) -> None:
    new_passphrase(home / "passphrase")
    assert refusal_of_passphrase(home / "passphrase") == "BAK-PASS-HOME"


def test_a_passphrase_that_others_may_read_is_refused(passphrase: Path) -> None:
    passphrase.chmod(0o640)
    assert refusal_of_passphrase(passphrase) == "BAK-PASS-OPEN"


@pytest.mark.parametrize("text", ["", "\n\nafterwards comes a long line", "too short"])
def test_a_passphrase_that_is_soon_guessed_is_refused(passphrase: Path, text: str) -> None:
    passphrase.write_text(text, encoding="utf-8")
    assert refusal_of_passphrase(passphrase) == "BAK-PASS-SHORT"


def test_a_command_without_a_passphrase_says_how_to_make_one(door: Door) -> None:
    assert "--new-passphrase" in door("backup", "x.doudi", status=2).output
    assert "请写明备份文件" in door("backup", status=2).output


def test_a_file_that_is_no_backup_is_named(door: Door, passphrase: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.doudi"
    other.write_bytes(b"PK\x03\x04" * 100)
    told = door("backup", "--check", other, "--passphrase-file", passphrase, status=2).output
    assert "不是兜底的备份文件" in told
    gone = tmp_path / "gone.doudi"
    told = door("backup", "--check", gone, "--passphrase-file", passphrase, status=2).output
    assert "没有这个文件" in told


def test_the_backup_of_a_newer_version_is_refused() -> None:
    refuse_newer(MANIFEST)
    newer = replace(MANIFEST, migrations=(*MANIFEST.migrations, ("access", "9999_far_ahead")))
    with pytest.raises(Refusal) as refused:
        refuse_newer(newer)
    assert refused.value.code == "BAK-NEWER"


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert read_manifest(MANIFEST.as_bytes()) == MANIFEST


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"migrations": [1]}'])
def test_a_manifest_of_another_form_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_manifest(content)
    assert refused.value.code == "BAK-CHANGED"


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../x", "a/../../x", "a\\..\\x", "a\0"])
def test_no_file_of_a_backup_leads_out_of_the_folder(home: Path, name: str) -> None:
    with pytest.raises(Refusal):
        place_of(home, name)


def test_what_belongs_to_an_office_is_neither_scratch_nor_a_backup(home: Path) -> None:
    for name in ("bank/a.txt", "papers/b.jpg", ".hidden", "replaced-1/old", "x.db-wal"):
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_bytes(b"content")
    (home / "old.doudi").write_bytes(b"DOUDI-BACKUP-1\nand more")
    (home / "link").symlink_to(home / "bank" / "a.txt")
    assert [each.name for each in belongings()] == ["x.db-wal", "bank/a.txt", "papers/b.jpg"]


def test_an_office_put_aside_in_two_goes_loses_nothing(home: Path) -> None:
    at = datetime(2022, 6, 30, 9, tzinfo=UTC)
    for content in ("first", "second"):
        (home / "note.txt").write_text(content)
        aside = put_aside(at)
    assert aside is not None
    assert {path.read_text() for path in aside.glob("note*")} == {"first", "second"}
    assert put_aside(at) is None


def test_a_file_is_moved_to_another_disk_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = type(home).replace

    def within_a_disk(path: Path, to: Path) -> Path:
        if path.name == "office.key":
            raise OSError(errno.EXDEV, "another disk")
        return rename(path, to)

    (home / "office.key").write_text("secret")
    (home / "office.key").chmod(0o600)
    monkeypatch.setattr(type(home), "replace", within_a_disk)
    move(home / "office.key", home / "elsewhere" / "moved.key")
    assert [path.name for path in home.rglob("*")] == ["elsewhere", "moved.key"]
    assert (home / "elsewhere" / "moved.key").read_text() == "secret"
    assert (home / "elsewhere" / "moved.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="has no such locks")
def test_two_backups_at_once_are_one_too_many(home: Path) -> None:
    with scratch() as place:
        assert place.is_dir()
        with pytest.raises(Refusal) as refused, scratch():
            pass
        assert refused.value.code == "BAK-BUSY"
    (home / ".backup").mkdir()
    (home / ".backup" / "left by a death").touch()
    with scratch() as place:
        assert list(place.iterdir()) == []
