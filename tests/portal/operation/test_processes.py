from datetime import timedelta

import pytest

from portal.models import Heartbeat
from portal.operation.condition import Level
from tests.portal.operation.make import line, make_heartbeat

GOOD, WATCH, BAD = Level


@pytest.mark.parametrize(("minutes", "level"), [(4, GOOD), (6, WATCH), (16, BAD)])
def test_a_queue_without_a_worker_shows_after_minutes(now, minutes, level):
    make_heartbeat("queue:jobs", now, at=now - timedelta(minutes=minutes))
    told = line("workers", now)
    assert told.level == level
    assert f"{minutes} 分钟" in told.figure
    assert bool(told.advice) == (level > GOOD)


def test_a_queue_nobody_ever_read_is_bad(now):
    Heartbeat.objects.filter(name="queue:jobs").delete()
    assert (line("workers", now).level, line("workers", now).figure) == (BAD, "尚无后台进程报到")


def test_a_heartbeat_of_next_year_is_no_sign_of_life(now):
    """Noted by a clock that was set back; a worker alive has overwritten it within a minute."""
    make_heartbeat("queue:jobs", now, at=now + timedelta(days=300))
    make_heartbeat("reports.tasks.tick", now, at=now + timedelta(days=300))
    assert (line("workers", now).level, line("planner", now).level) == (BAD, WATCH)


@pytest.mark.parametrize(("minutes", "level"), [(10, GOOD), (12, WATCH), (40, BAD)])
def test_a_planner_that_does_not_plan_shows(now, minutes, level):
    make_heartbeat("reports.tasks.tick", now, at=now - timedelta(minutes=minutes))
    assert line("planner", now).level == level


def test_a_task_that_is_late_or_ended_badly_is_named(now):
    make_heartbeat("units.tasks.clean_imports", now, at=now - timedelta(hours=3))
    make_heartbeat(
        "sessions.tasks.clean_uploads",
        now,
        failed_at=now,
        at=now - timedelta(hours=1),
        trouble="OSError",
    )
    told = line("tasks", now)
    assert told.level == WATCH
    assert told.figure == (
        "没有按时：units.tasks.clean_imports；最近一次失败：sessions.tasks.clean_uploads（OSError）"
    )
    assert told.numbers == {"tasks_late": 1, "tasks_failed": 1}


def test_a_task_that_never_ran_is_late_only_once_it_could_have(now):
    Heartbeat.objects.filter(name="reports.tasks.clean_exports").delete()
    assert line("tasks", now).level == WATCH
    Heartbeat.objects.update(since=now - timedelta(hours=30))
    assert line("tasks", now).level == GOOD
