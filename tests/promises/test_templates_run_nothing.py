"""A Word template is data to us: one that would look behind the values is stopped."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from jinja2.exceptions import SecurityError

from doudi.warehouse.forms import word
from doudi.warehouse.report import half_year
from doudi.warehouse.templates.build import TEMPLATE
from tests.registry.build import moment
from tests.warehouse.build import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

BEHIND = "{{ f.__class__.__mro__[1].__subclasses__() }}"
"""How templates usually get hold of the interpreter."""


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 - the database has to be there
    return a_world()


def a_template_that_looks_behind(path: Path) -> Path:
    """The shipped template with one harmful place in it."""
    with zipfile.ZipFile(TEMPLATE) as shipped, zipfile.ZipFile(path, "w") as harmful:
        for name in shipped.namelist():
            part = shipped.read(name)
            if name == "word/document.xml":
                part = part.replace(b"{{ area }}", BEHIND.encode(), 1)
                assert BEHIND.encode() in part
            harmful.writestr(name, part)
    return path


def test_a_template_that_looks_behind_its_values_is_stopped(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "TEMPLATE", a_template_that_looks_behind(tmp_path / "harmful.docx"))
    report = half_year("2022H1", world.street, actor=None, at=moment("2022-07-05T09:00"))
    with pytest.raises(SecurityError):
        word.report_as_word(report)
