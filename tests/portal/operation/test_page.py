from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.models import BackupRun, Heartbeat
from portal.operation import reading
from portal.operation.condition import Level, worst
from portal.operation.reading import read_condition
from reports.models import Job
from tests.portal.county import make_county
from tests.portal.operation.make import make_backup, make_heartbeat
from units.models import Unit


@pytest.fixture
def page(now, client):
    client.force_login(make_county()["system_admin"])
    client.get("/operation/")  # the migrations on the disk are read once

    def get() -> str:
        return str(client.get("/operation/").content.decode())

    return get


def test_every_line_says_in_words_how_it_stands(page):
    said = page()
    assert said.count("正常</span>") == said.count("operation-item") + 1  # and the sum of all
    assert "各项都正常。" in said
    make_heartbeat("queue:jobs", Heartbeat.objects.earliest("since").since)
    BackupRun.objects.all().delete()
    assert "有 3 项需要处理" in page()
    assert "故障</span>" in page()


def test_it_takes_few_queries_however_much_there_is(page, django_assert_max_num_queries):
    root = Unit.objects.get(code="QS")
    for number in range(30):
        at = timezone.now() - timedelta(hours=number)
        make_backup("trial", at, "failed")
        make_heartbeat(f"task{number}", at)
        Job.objects.create(root=root, kind="rollup", asked_key=f"{number}", asked_at=at)
    with django_assert_max_num_queries(12):
        page()


@pytest.mark.parametrize(
    "actor", ["clerk", "department_admin", "security_admin", "security_auditor"]
)
def test_nobody_else_sees_it(now, client, actor):
    client.force_login(make_county()[actor])
    assert client.get("/operation/").status_code == 403


def test_reading_alone_takes_eight_queries(now):
    read_condition(now)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read_condition(now)
    assert len(asked) <= 8


def test_what_cannot_be_read_is_a_line_that_says_so(now, monkeypatch):
    def refuse(_moment):
        raise OperationalError("no answer")

    monkeypatch.setattr(reading, "work", refuse)
    told = next(each for each in read_condition(now) if each.title == "任务与邮件").lines
    assert [(each.level, each.figure) for each in told] == [
        (Level.BAD, "读不到（OperationalError）")
    ]


def test_the_command_says_the_same_and_ends_as_monitors_want(now):
    said = StringIO()
    call_command("status", stdout=said)
    assert "[正常] 后台进程：最近报到：不到 1 分钟前（server1）" in said.getvalue()
    BackupRun.objects.filter(kind="trial").delete()
    with pytest.raises(SystemExit, match="1"):
        call_command("status", stdout=said)
    assert "[故障] 最近成功的试恢复：尚无试恢复记录" in said.getvalue()


def test_what_is_to_be_watched_ends_well_unless_asked_strictly(now):
    make_heartbeat("sessions.tasks.clean_uploads", now, at=None, failed_at=now, trouble="OSError")
    assert worst(read_condition(now)) == Level.WATCH
    call_command("status", stdout=StringIO())
    with pytest.raises(SystemExit):
        call_command("status", "--strict", stdout=StringIO())
