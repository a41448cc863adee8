"""What a line says of a job."""

import datetime as dt

import pytest

from reports.centre.lines import lines_of, said
from reports.models import Job
from tests.portal.county import make_user

NOW = dt.datetime(2026, 7, 3, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("token", "words"),
    [("a", "处理中断，一两分钟内自动重新开始。"), ("", "已完成 9 个单位，共 9 个")],
    ids=["its worker died", "its chunks are done and it waits to be ended"],
)
def test_only_a_job_somebody_held_was_interrupted(token, words):
    running = {"state": Job.State.RUNNING, "words": "已完成 9 个单位，共 9 个"}
    assert said(Job(lease_token=token, lease_until=NOW, **running), NOW, 0) == words


@pytest.mark.django_db
def test_a_file_leaves_on_a_day_of_beijing(settings):
    settings.EXPORT_KEEP_DAYS = 14
    night = dt.datetime(2026, 7, 2, 23, tzinfo=dt.UTC)  # seven in the morning of the 3rd
    asked = {"as_of": "2026-06-30"}
    job = Job(kind="rollup", state="done", parameters=asked, asked_at=night, finished_at=night)
    [line] = lines_of([job], user=make_user("x"), now=NOW, waiting=[])
    assert line.leaves_on == dt.date(2026, 7, 17)
