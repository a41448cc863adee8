import shutil
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest
from django.db.migrations.recorder import MigrationRecorder

from portal.operation import storage
from portal.operation.condition import Level
from portal.operation.storage import disks, portal_version
from tests.portal.operation.make import line

GOOD, WATCH, BAD = Level


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(("free", "level"), [(11, GOOD), (10, WATCH), (5, BAD), (0, BAD)])
def test_a_disk_that_fills_up_shows_in_time(folders, monkeypatch, free, level):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(100, 100 - free, free))
    found = list(disks())
    assert {told.level for told in found} == {level}
    assert f"（{free}%）" in found[0].figure


def test_what_lies_on_one_disk_is_told_once(folders, settings):
    settings.MEDIA_ROOT, settings.EXPORTS_DIR = str(folders / "media"), folders / "exports"
    assert [told.label for told in disks()] == ["磁盘：数据、附件、导出文件、备份"]


def test_a_place_that_does_not_answer_holds_nobody_up(folders, settings, monkeypatch):
    settings.MEDIA_ROOT, settings.EXPORTS_DIR = str(folders / "media"), folders / "exports"
    settings.BACKUP_SECOND_DIR = str(folders / "away")
    answer, asked = Event(), shutil.disk_usage
    (folders / "away").mkdir()

    def hang(folder: Path):
        if folder == folders / "away":
            answer.wait(30)
        return asked(folder)

    monkeypatch.setattr(shutil, "disk_usage", hang)
    monkeypatch.setattr(storage, "DISK_SECONDS", 0.05)
    for _ in range(2):
        silent = [told for told in disks() if told.level == BAD]
        assert [told.label for told in silent] == ["磁盘：第二处备份"]
    answer.set()


def test_the_database_is_as_this_version_wants_it(now):
    assert line("migrations", now).level == GOOD


def test_migrations_not_run_and_those_of_a_newer_version_show(now):
    done = MigrationRecorder.Migration.objects
    done.create(app="portal", name="9999_of_tomorrow")
    assert line("migrations", now).figure == "数据库比程序新（1 项）"
    done.filter(app="portal", name="0001_feedback").delete()
    assert line("migrations", now).level == BAD
    assert line("migrations", now).numbers == {"migrations_missing": 1}


def test_versions_are_told(now):
    assert line("versions", now).figure.startswith(f"平台 {portal_version()}，Python 3.")
    assert portal_version()
