"""The key file is made once, kept from others, and never made anew over what it sealed."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from doudi.access.keys import keep_key_check, office_keys
from doudi.access.models import KeyCheck
from doudi.kernel.refusals import Refusal
from doudi.kernel.sealing import Suite, seal, unseal
from tests.access.build import AT, the_system

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(tmp_path: Path, settings: Settings) -> Path:
    path = tmp_path / "keys" / "office.key"
    settings.KEY_FILE = path
    return path


def refusal(path: Path, settings: Settings) -> str:
    settings.KEY_FILE = path
    with pytest.raises(Refusal) as refused:
        office_keys()
    assert str(path) in str(refused.value)
    return refused.value.code


def test_the_first_start_makes_a_key_that_its_owner_alone_reads(key_file: Path) -> None:
    keys = office_keys()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700
    assert [path.name for path in key_file.parent.iterdir()] == ["office.key"]
    sealed = seal("1", purpose="id", place="1", keys=keys)
    assert unseal(sealed, purpose="id", place="1", keys=office_keys()) == "1"


def test_a_key_is_of_the_suite_that_the_office_chose(key_file: Path, settings: Settings) -> None:
    settings.CIPHER_SUITE = "sm"
    assert office_keys().newest.suite is Suite.SM
    assert "1 sm " in key_file.read_text()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_key_file_that_others_may_use_is_refused(
    key_file: Path, settings: Settings, mode: int
) -> None:
    office_keys()
    copied = key_file.with_name("copy.key")
    copied.write_text(key_file.read_text())
    copied.chmod(mode)
    assert refusal(copied, settings) == "KEY-OPEN"


@pytest.mark.parametrize(
    "content", ["", "1 aes", "1 aes AAAA", "1 rot13 " + "A" * 43 + "=", "\xff"]
)
def test_a_file_that_is_no_key_file_is_refused(
    tmp_path: Path, settings: Settings, content: str
) -> None:
    path = tmp_path / "broken.key"
    path.write_text(content, encoding="latin-1")
    path.chmod(0o600)
    assert refusal(path, settings) == "KEY-FMT"


def test_a_key_is_never_made_anew_over_sealed_values(
    tmp_path: Path, key_file: Path, settings: Settings
) -> None:
    the_system()
    assert key_file.exists()
    assert refusal(tmp_path / "lost" / "office.key", settings) == "KEY-LOST"
    assert not (tmp_path / "lost").exists()


def test_another_offices_key_is_refused(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_FILE = tmp_path / "other.key"
    office_keys()
    taken = tmp_path / "taken.key"
    taken.write_text((tmp_path / "other.key").read_text())
    taken.chmod(0o600)
    settings.KEY_FILE = tmp_path / "own.key"
    the_system()
    assert refusal(taken, settings) == "KEY-OTHER"


def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").write_text("")
    assert refusal(tmp_path / "file" / "office.key", settings) == "KEY-IO"


@pytest.mark.usefixtures("key_file")
def test_the_check_value_is_kept_once() -> None:
    system = the_system()
    keep_key_check(actor=system, at=AT)
    assert KeyCheck.objects.count() == 1
