from datetime import timedelta

import pytest

from portal.backups.faults import BackupError
from portal.backups.shelf import LATEST, Shelf, find_backup
from tests.portal.backups.make import NAME, NOW, make_backup, make_data


def test_the_latest_of_all_is_found_on_either_shelf(tmp_path):
    data = make_data(tmp_path / "data")
    shelves = [tmp_path / "first", tmp_path / "second"]
    for number, shelf in enumerate(shelves):
        make_backup(data, shelf, NOW + timedelta(hours=number))
    assert find_backup(LATEST, shelves, now=NOW + timedelta(hours=1)).path.parent == shelves[1]


def test_which_is_the_latest_a_person_says_where_clocks_disagree(tmp_path):
    make_backup(make_data(tmp_path / "data"), tmp_path / "backups")
    with pytest.raises(BackupError, match="时钟"):
        find_backup(LATEST, [tmp_path / "backups"], now=NOW - timedelta(days=1))
    assert find_backup(NAME, [tmp_path / "backups"], now=NOW - timedelta(days=1)).name == NAME


def test_a_lock_the_portals_user_cannot_open_is_told_in_a_sentence(tmp_path):
    """As where root has made it; a folder in its place refuses alike."""
    (tmp_path / ".lock").mkdir()
    with pytest.raises(BackupError, match="读写失败"), Shelf(tmp_path).alone():
        pass


def test_whatever_a_killed_one_left_is_cleared(tmp_path):
    (tmp_path / ".draft-20260305-023000/media").mkdir(parents=True)
    (tmp_path / ".draft-link-17").touch()
    with Shelf(tmp_path).alone():
        assert [path.name for path in tmp_path.iterdir()] == [".lock"]
