"""Jobs in the background: done once however often they are begun, and none is lost in silence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from doudi.access.models import Role
from doudi.doors.office.clock import now
from doudi.doors.office.jobs import carrying
from doudi.doors.office.jobs.models import Job
from doudi.kernel.refusals import Refusal
from tests.registry.build import an_officer

if TYPE_CHECKING:
    from doudi.doors.office.jobs.carrying import Carried

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a kind of job of the tests has done so far."""
    effects: list[str] = []

    def work(job: Carried) -> dict[str, object]:
        if job.asked.get("refuse"):
            raise Refusal("NO", "不能办")
        effects.append(str(job.job.pk))
        return {"effects": len(effects)}

    monkeypatch.setitem(carrying._WORKS, "run", work)  # noqa: SLF001 - what a test must reach
    return effects


def a_job(**asked: object) -> Job:
    """A job that waits."""
    officer = an_officer("clerk", Role.COUNTER_CLERK)
    return Job.objects.create(kind="run", officer=officer, asked=asked, asked_at=now())


@pytest.mark.promise("R18")
def test_a_job_begun_twice_is_done_once(done: list[str]) -> None:
    job = a_job()
    for _ in range(2):
        carrying.carry_out(str(job.pk))
    job.refresh_from_db()
    assert (len(done), job.state, job.outcome) == (1, "done", {"effects": 1})


@pytest.mark.control("R18")
def test_a_job_put_back_by_mistake_would_be_done_again(done: list[str]) -> None:
    job = a_job()
    carrying.carry_out(str(job.pk))
    Job.objects.filter(pk=job.pk).update(state="waiting")
    carrying.carry_out(str(job.pk))
    assert len(done) == 2


@pytest.mark.promise("R18")
def test_a_job_whose_worker_died_is_told_so_and_may_be_asked_for_again(done: list[str]) -> None:
    job = a_job()
    long_ago = now() - timedelta(minutes=11)
    Job.objects.filter(pk=job.pk).update(state="running", started_at=long_ago, heard_at=long_ago)
    client = Client()
    client.force_login(job.officer)
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert "请重新运行，不会重复" in page
    assert done == []


def test_a_refusal_is_told_where_the_job_is_watched(done: list[str]) -> None:
    job = a_job(refuse=True)
    carrying.carry_out(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.said, done) == ("refused", "不能办", [])
