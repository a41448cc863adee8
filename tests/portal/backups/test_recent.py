"""What is backed up between two nights, and what of it a lost disk leaves."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from portal.backups.copying import copy_to
from portal.backups.data import Places
from portal.backups.faults import BackupError, ShelfBusyError
from portal.backups.manifest import require_sound
from portal.backups.recent import KEPT, back_up_recent, is_recent_due, recent_folder
from portal.backups.rotation import Kept
from portal.backups.shelf import Shelf
from portal.backups.taking import SPARE_BYTES
from portal.embedded.lock import FolderLock
from portal.tasks import recent_backup
from tests.portal.backups.make import FIRST, NOW, SECOND, make_backup, make_data, put_file

pytestmark = pytest.mark.once


@pytest.fixture
def data(tmp_path):
    return make_data(tmp_path / "data")


@pytest.fixture
def places(tmp_path):
    (tmp_path / "second").mkdir()
    return Places(tmp_path / "first", tmp_path / "second", Kept(7, 5, 12))


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_it_lies_on_the_second_place_and_is_whole(data, places):
    taken = back_up_recent(data=data, places=places, now=NOW)
    assert taken.stored.path.parent == places.second / "recent"
    assert require_sound(taken.stored.path).rows["accounts_user"] == 2


def test_files_already_there_are_neither_copied_nor_read(data, places, monkeypatch):
    first = back_up_recent(data=data, places=places, now=NOW)
    put_file(data.media / "evidence/2026/03/c3.pdf", b"%PDF-1.4 new")
    read: list[Path] = []
    monkeypatch.setattr("portal.backups.files.entry_of", read.append)
    second = back_up_recent(data=data, places=places, now=later(4))
    assert not [path for path in read if "media" in str(path)]
    kept = [(each.stored.path / "media" / FIRST).stat().st_ino for each in (first, second)]
    assert kept[0] == kept[1]
    assert (second.stored.path / "media/evidence/2026/03/c3.pdf").is_file()


def test_the_first_one_takes_what_the_nights_copy_holds(data, places):
    night = make_backup(data, places.second)
    taken = back_up_recent(data=data, places=places, now=later(60))
    inodes = [(each.stored.path / "media" / SECOND).stat().st_ino for each in (night, taken)]
    assert inodes[0] == inodes[1]


def test_what_has_rotted_on_the_second_place_is_healed_by_the_next_night(data, places):
    for day in range(2):
        copy_to(places.second, make_backup(data, places.first, later(1440 * day)).stored)
        taken = back_up_recent(data=data, places=places, now=later(1440 * day + 60))
        if day == 0:
            (taken.stored.path / "media" / FIRST).write_bytes(b"%PDF-1.4 minuteS")
    require_sound(taken.stored.path)


def test_only_the_newest_stay(data, places):
    for number in range(KEPT + 2):
        back_up_recent(data=data, places=places, now=later(4 * number))
    lying = Shelf(recent_folder(places)).backups()
    assert len(lying) == KEPT
    require_sound(lying[0].path)


def test_one_is_due_once_in_a_while(data, places, settings):
    settings.BACKUP_EVERY_MINUTES = 4
    assert is_recent_due(places=places, now=NOW)
    back_up_recent(data=data, places=places, now=NOW)
    assert [is_recent_due(places=places, now=later(each)) for each in (1, 2, 4)] == [0, 1, 1]
    settings.BACKUP_EVERY_MINUTES = 0
    assert not is_recent_due(places=places, now=later(99))


def test_a_place_without_second_names_is_not_filled_with_whole_copies(data, places, monkeypatch):
    """As a Windows share: there the room is asked for all files, and few backups stay."""
    monkeypatch.setattr(os, "link", Mock(side_effect=PermissionError))
    for number in range(4):
        back_up_recent(data=data, places=places, now=later(4 * number))
    assert len(Shelf(recent_folder(places)).backups()) == 2
    put_file(data.media / FIRST, b"%PDF-1.4" + bytes(9_000_000))
    free = SPARE_BYTES + 2 * data.database.size() + 8_000_000
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    with pytest.raises(BackupError, match="没有开始"):
        back_up_recent(data=data, places=places, now=later(20))


def test_what_a_clock_that_ran_ahead_has_left_stops_no_other(data, places, settings):
    settings.BACKUP_EVERY_MINUTES = 4
    for number in range(KEPT):
        back_up_recent(data=data, places=places, now=later(600_000 + 4 * number))
    assert is_recent_due(places=places, now=NOW)
    made = [back_up_recent(data=data, places=places, now=later(4 * each)) for each in range(3)]
    assert all(each.stored.path.is_dir() for each in made)
    assert len(Shelf(recent_folder(places)).backups()) == KEPT


def test_while_the_place_does_not_answer_no_second_worker_waits_for_it(tmp_path, settings):
    """Not due, so that only somebody who has asked the lock first is refused."""
    settings.VAR_DIR, settings.BACKUP_EVERY_MINUTES = tmp_path, 0
    waiting = FolderLock(tmp_path / "recent.lock")
    with pytest.raises(ShelfBusyError):
        recent_backup()
    waiting.release()
    recent_backup()


def test_a_disk_that_is_not_mounted_is_no_second_place(data, places):
    shutil.rmtree(places.second)
    with pytest.raises(BackupError, match="没有挂载"):
        back_up_recent(data=data, places=places, now=NOW)
    assert not places.second.exists()


@pytest.mark.django_db
def test_after_the_disk_is_lost_what_was_entered_since_the_night_is_there(portal):
    (portal.folder / "second").mkdir()
    second = {"BACKUP_SECOND_DIR": str(portal.folder / "second")}
    portal.does("backup", **second)
    portal.sql("UPDATE units_unit SET email = 'entered@example.gov'")
    told = portal.does("recent_backup", **second)
    shutil.rmtree(portal.data)
    shutil.rmtree(portal.backups)
    told += portal.does("restore", "latest", **second)
    assert portal.sql("SELECT DISTINCT email FROM units_unit") == [("entered@example.gov",)], told
