"""A reform tried from its page: told in tables, a chart and a workbook, to oneself alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from doudi.access.models import Role
from doudi.doors.office.jobs.models import Job
from doudi.entitlement.models import Due
from tests.entitlement.build import an_award, work_out
from tests.registry.build import a_household, a_person, an_officer

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db

REFORM = """name: 提标
reason: 测算
changes:
  - path: dibao.standard
    from: 2022-01
    value: "800.00"
"""


@pytest.fixture
def clerk() -> Client:
    """A clerk's client; one household is on Dibao."""
    an_award(a_household(a_person(born="1975-04-01")))
    work_out("2022-01")
    client = Client()
    client.force_login(an_officer("clerk", Role.COUNTER_CLERK, "六甲街道"))
    return client


def send(client: Client, reform: str = REFORM) -> HttpResponse:
    """Send the form."""
    asked = {"reform": reform, "first": "2022-01", "last": "2022-01", "area": "530111008"}
    return client.post("/simulations/", asked, follow=True)


def test_a_reform_is_tried_and_nothing_is_written(clerk: Client) -> None:
    before = list(Due.objects.order_by("pk").values())
    assert "已完成" in send(clerk).content.decode()
    job = Job.objects.get()
    page = clerk.get(f"/simulations/{job.pk}/").content.decode()
    assert "提标" in page
    assert "只是试算" in page
    assert "增减（元）" in page
    chart = clerk.get(f"/simulations/{job.pk}/chart.svg")
    assert chart["Content-Type"] == "image/svg+xml"
    book = clerk.get(f"/simulations/{job.pk}/workbook")
    assert book.content.startswith(b"PK")
    assert list(Due.objects.order_by("pk").values()) == before


def test_a_reform_in_fault_stays_in_the_form_with_its_line_named(clerk: Client) -> None:
    answer = send(clerk, REFORM.replace("dibao.standard", "dibao.nothing"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "dibao.nothing" in page
    assert not Job.objects.exists()


def test_another_s_simulation_is_not_there(clerk: Client) -> None:
    send(clerk)
    other = Client()
    other.force_login(an_officer("other", Role.INVESTIGATOR, "六甲街道"))
    for part in ("", "chart.svg", "workbook"):
        assert other.get(f"/simulations/{Job.objects.get().pk}/{part}").status_code == 404
