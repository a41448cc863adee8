from datetime import UTC, datetime, timedelta

import pytest

from portal.backups.faults import BackupError
from portal.backups.runs import Kind, State, failed_backups, proven_backups, recorded
from portal.backups.status import is_due
from portal.models import BackupRun

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)  # 9:00 in the county


def make_run(kind=Kind.BACKUP, state=State.DONE, *, hours_ago: float = 1, **values) -> BackupRun:
    at = NOW - timedelta(hours=hours_ago)
    ended = {} if state == State.RUNNING else {"ended_at": at}
    return BackupRun.objects.create(kind=kind, state=state, started_at=at, **ended, **values)


@pytest.mark.parametrize(
    ("hours", "last", "due"),
    [
        ([2], None, True),
        ([2], (State.DONE, 6.9), False),  # 2:06 today
        ([2], (State.DONE, 7.1), True),  # 1:54 today, before the hour
        ([2], (State.FAILED, 1), True),
        ([2], (State.RUNNING, 1), True),  # left by a power cut: the caller holds the shelf
        ([2, 8], (State.DONE, 3), True),
        ([12], (State.DONE, 20), False),  # 13:00 yesterday; today's noon has not come
        ([12], (State.DONE, 22), True),
        ([2], (State.DONE, -9000), True),  # dated next year by a clock that has been set back
    ],
)
def test_a_backup_is_due_from_its_hour_until_there_is_one(settings, hours, last, due):
    settings.BACKUP_HOURS = hours
    if last:
        make_run(state=last[0], hours_ago=last[1])
    assert is_due(NOW) is due


def test_the_record_ends_with_the_work_whichever_way():
    left = make_run(state=State.RUNNING)
    with pytest.raises(BackupError), recorded(Kind.BACKUP, now=NOW, place="/b"):
        raise BackupError("没有空间")
    failed, interrupted = BackupRun.objects.order_by("-pk")
    assert (failed.state, failed.said, failed.place) == (State.FAILED, "没有空间", "/b")
    assert interrupted.pk == left.pk
    assert "被打断" in interrupted.said


def test_a_file_name_no_database_would_take_is_told_of_all_the_same():
    with recorded(Kind.BACKUP, now=NOW) as note:
        note.said = "不同：media/\udcd0\udcc4.doc"
    assert BackupRun.objects.get().said == "不同：media/??.doc"


def test_the_last_trial_of_a_backup_counts():
    make_run(Kind.TRIAL, State.FAILED, hours_ago=3, backup="a")
    make_run(Kind.TRIAL, hours_ago=2, backup="a")
    make_run(Kind.TRIAL, State.FAILED, hours_ago=1, backup="b")
    assert (proven_backups(), failed_backups()) == ({"a"}, {"b"})
