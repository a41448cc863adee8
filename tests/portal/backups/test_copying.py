from datetime import timedelta

import pytest

from portal.backups.copying import copy_to, same_disk
from portal.backups.faults import BackupError
from portal.backups.manifest import require_sound
from portal.backups.shelf import Shelf
from tests.portal.backups.make import FIRST, NOW, make_backup, make_data, put_file


@pytest.fixture
def data(tmp_path):
    return make_data(tmp_path / "data")


def test_the_second_place_holds_the_same_and_shares_what_it_has(data, tmp_path):
    (tmp_path / "second").mkdir()
    for day in range(2):
        taken = make_backup(data, tmp_path / "backups", NOW + timedelta(days=day))
        copy_to(tmp_path / "second", taken.stored)
    older, newer = Shelf(tmp_path / "second").backups()
    assert require_sound(newer.path) == taken.manifest
    assert (older.path / "media" / FIRST).samefile(newer.path / "media" / FIRST)


def test_a_place_that_is_not_mounted_is_named_and_not_made(data, tmp_path):
    taken = make_backup(data, tmp_path / "backups")
    with pytest.raises(BackupError, match="没有挂载"):
        copy_to(tmp_path / "second", taken.stored)
    assert not (tmp_path / "second").exists()


def test_the_first_place_is_no_second(data, tmp_path):
    taken = make_backup(data, tmp_path / "backups")
    with pytest.raises(BackupError, match="同一个目录"):
        copy_to(tmp_path / "backups", taken.stored)


def test_what_has_rotted_in_the_first_place_is_not_copied(data, tmp_path):
    (tmp_path / "second").mkdir()
    taken = make_backup(data, tmp_path / "backups")
    (taken.stored.path / "media" / FIRST).write_bytes(b"%PDF-1.4 rotten!")
    with pytest.raises(BackupError, match=FIRST):
        copy_to(tmp_path / "second", taken.stored)
    assert Shelf(tmp_path / "second").backups() == []


def test_copying_again_only_looks(data, tmp_path):
    (tmp_path / "second").mkdir()
    taken = make_backup(data, tmp_path / "backups")
    for _time in range(2):
        copy_to(tmp_path / "second", taken.stored)
    assert len(Shelf(tmp_path / "second").backups()) == 1


def test_the_backup_of_another_portal_is_not_taken_for_ours(data, tmp_path):
    (tmp_path / "second").mkdir()
    copy_to(tmp_path / "second", make_backup(make_data(tmp_path / "b"), tmp_path / "theirs").stored)
    put_file(data.media / "evidence/2026/03/c3.pdf", b"only ours")
    with pytest.raises(BackupError, match="别的门户"):
        copy_to(tmp_path / "second", make_backup(data, tmp_path / "backups").stored)


def test_two_folders_of_one_disk_are_noticed(tmp_path):
    (tmp_path / "a").mkdir()
    assert same_disk(tmp_path, tmp_path / "a")
    assert not same_disk(tmp_path, tmp_path / "missing")
