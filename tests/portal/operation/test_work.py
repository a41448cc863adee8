from datetime import timedelta

import pytest

from portal.operation.condition import Level
from reports.models import Delivery, Job
from tests.portal.operation.make import line
from tests.reports.mail import make_deliveries
from tests.services.redis import free_port, running_redis
from units.models import Unit

GOOD, WATCH, BAD = Level


def make_job(asked_at, **changes) -> Job:
    root = Unit.objects.first() or Unit.objects.get(pk=make_deliveries(["a@qs.example"])[0].unit_id)
    values = {
        "kind": "rollup",
        "root": root,
        "asked_key": f"{asked_at} {changes}",
        "asked_at": asked_at,
    }
    return Job.objects.create(**(values | changes))


def test_nothing_waits_where_nothing_was_asked(now):
    assert {line(key, now).level for key in ("broker", "jobs", "mails")} == {GOOD}
    assert line("mails", now).figure == "没有待发邮件"


@pytest.mark.parametrize(("minutes", "level"), [(5, GOOD), (11, WATCH), (61, BAD)])
def test_the_oldest_waiting_job_tells(now, minutes, level):
    make_job(now)
    make_job(now - timedelta(minutes=minutes))
    told = line("jobs", now)
    assert told.level == level
    assert told.figure.startswith("排队 2 个，进行中 0 个，近一天失败 0 个；最早的排在")
    assert told.numbers["jobs_oldest_seconds"] == minutes * 60


def test_jobs_that_failed_today_are_to_be_looked_at(now):
    make_job(now, state="failed", finished_at=now - timedelta(hours=25))
    assert line("jobs", now).level == GOOD
    make_job(now, state="failed", finished_at=now - timedelta(hours=23))
    assert line("jobs", now).level == WATCH


@pytest.mark.parametrize(("minutes", "level"), [(20, GOOD), (31, WATCH), (121, BAD)])
def test_mails_that_should_be_out_tell(now, minutes, level):
    make_deliveries(["a@qs.example", "b@qs.example", "c@qs.example"])
    Delivery.objects.update(queued_at=now)
    Delivery.objects.filter(recipient="a@qs.example").update(
        state="retry", next_try_at=now - timedelta(minutes=minutes)
    )
    Delivery.objects.filter(recipient="b@qs.example").update(state="sent")
    told = line("mails", now)
    assert (told.level, told.figure.partition("；")[0]) == (level, "待发 1，待重试 1")
    assert (told.numbers["mails_queued"], told.numbers["mails_retry"]) == (1, 1)


def test_mails_of_unknown_fate_wait_for_a_person(now):
    make_deliveries(["a@qs.example"])
    Delivery.objects.update(state="unknown")
    assert line("mails", now).level == WATCH
    assert "a@qs.example" not in str(line("mails", now))


def test_calls_nobody_could_read_are_told(now, folders):
    (folders / "var" / "queue" / "broken").mkdir(parents=True)
    (folders / "var" / "queue" / "broken" / "x.msg").touch()
    assert line("broker", now).level == WATCH


@pytest.mark.parametrize(("policy", "level"), [("noeviction", GOOD), ("allkeys-lru", BAD)])
def test_redis_is_asked_what_waits_and_what_it_throws_away(
    now, settings, redis_folder, policy, level
):
    with running_redis(redis_folder, "--maxmemory-policy", policy) as settings.REDIS_URL:
        told = line("broker", now)
    assert (told.level, told.numbers) == (level, {"broker_up": 1, "broker_waiting": 0})


def test_a_redis_that_is_away_is_bad_and_takes_no_page_along(now, settings):
    settings.REDIS_URL = f"redis://:secret@127.0.0.1:{free_port()}/0"
    told = line("broker", now)
    assert (told.level, told.numbers) == (BAD, {"broker_up": 0})
    assert "secret" not in str(told)
