from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.models import BackupRun
from portal.operation import safekeeping
from portal.operation.condition import Level
from tests.portal.operation.make import line, make_backup

GOOD, WATCH, BAD = Level


@pytest.mark.parametrize(("hours", "level"), [(25, GOOD), (27, WATCH), (73, BAD)])
@pytest.mark.parametrize("kind", ["backup", "trial"])
def test_a_backup_or_trial_that_is_old_shows(now, kind, hours, level):
    BackupRun.objects.filter(kind=kind).update(started_at=now - timedelta(hours=hours))
    assert line(f"backup_{kind}", now).level == level


def test_where_nothing_was_ever_backed_up_that_is_said(now):
    BackupRun.objects.all().delete()
    told = line("backup_backup", now)
    assert (told.level, told.figure) == (BAD, "尚无备份记录")


def test_a_failure_since_is_told_with_its_reason(now):
    make_backup("trial", now - timedelta(hours=1), "failed", said="库名已被占用。")
    told = line("backup_trial", now)
    assert told.level == WATCH
    assert told.figure.endswith("失败")
    assert told.advice.startswith("库名已被占用。")
    make_backup("trial", now)
    assert line("backup_trial", now).level == GOOD


def test_what_a_backup_found_amiss_is_told_although_it_was_made(now):
    make_backup("backup", now, said="数据库登记的 3 个文件不在磁盘上。")
    told = line("backup_backup", now)
    assert told.level == WATCH
    assert told.advice == "数据库登记的 3 个文件不在磁盘上。"


def test_a_backup_of_tomorrow_is_none(now):
    BackupRun.objects.update(started_at=now + timedelta(days=300))
    assert line("backup_backup", now).figure == "尚无备份记录"


def test_the_second_place_is_asked_for_where_there_is_one(now, settings):
    settings.BACKUP_SECOND_DIR = "/mnt/second"
    BackupRun.objects.filter(kind="copy").delete()
    assert line("backup_copy", now).level == BAD


def test_the_trails_last_note_is_told(now, settings):
    assert line("trail_head", now).figure.startswith("第 41 号，2026-11-22 10:05")
    Path(settings.TRAIL_HEADS).write_text("torn li")
    assert line("trail_head", now).level == WATCH
    Path(settings.TRAIL_HEADS).unlink()
    assert line("trail_head", now).level == WATCH


def test_a_clock_set_forward_is_bad(now, monkeypatch):
    assert line("clock", now).level == GOOD
    monkeypatch.setattr(safekeeping, "ahead", lambda _reading: timedelta(days=40))
    told = line("clock", now)
    assert (told.level, told.figure) == (BAD, "被拨快了 40 天，邮件计划已暂停")
    assert "accept_clock" in told.advice


@pytest.mark.parametrize(
    ("moment", "missing"),
    [(datetime(2026, 11, 30, tzinfo=UTC), 0), (datetime(2026, 12, 2, tzinfo=UTC), 1)],
)
def test_the_next_years_holidays_are_missed_from_december(now, monkeypatch, moment, missing):
    class Calendar:
        def warning(self, years):
            return "x" if years == [2027] else ""

    monkeypatch.setattr(safekeeping, "recorded_calendar", Calendar)
    assert line("calendar", moment).numbers == {"calendar_years_missing": missing}


def test_unsafe_settings_are_told_in_sentences(now, settings):
    assert line("settings", now).level == GOOD
    settings.LOG_KEEP_DAYS = 30
    told = line("settings", now)
    assert told.level == BAD
    assert "portal.E030" in told.advice
