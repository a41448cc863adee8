import os
import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from portal.backups.contents import Contents
from portal.backups.faults import BackupError
from portal.backups.manifest import MANIFEST, Manifest, require_sound
from portal.backups.shelf import Shelf
from portal.backups.sqlite import SQLite
from tests.portal.backups.make import (
    FIRST,
    NAME,
    NOW,
    SECOND,
    make_backup,
    make_data,
    put_file,
    run_sql,
)

INSERT = "INSERT INTO study_sessions_evidence VALUES"
LATER = NOW + timedelta(days=1)


def refuse_link(*names):
    raise PermissionError("as on a Windows share")


@pytest.fixture
def data(tmp_path):
    return make_data(tmp_path / "data")


def test_a_backup_holds_everything_and_says_what(data, tmp_path):
    taken = make_backup(data, tmp_path / "backups")
    assert taken.stored.path == tmp_path / "backups" / NAME
    told = require_sound(taken.stored.path)
    assert set(told.files) == {
        "database.sqlite3",
        "trail-heads.log",
        f"media/{FIRST}",
        f"media/{SECOND}",
    }
    assert told.rows["accounts_user"] == 2
    assert told.migrations == ["portal.0001_feedback"]
    assert (told.missing, told.changed, taken.warnings) == ([], [], [])
    assert run_sql(taken.stored.path / told.kind.join(["database.", "3"]), "PRAGMA user_version")


def test_nobody_else_may_read_it(data, tmp_path):
    path = make_backup(data, tmp_path / "backups").stored.path
    files = [each for each in path.rglob("*") if each.is_file()]
    assert {each.stat().st_mode & 0o077 for each in (path, *files)} == {0}


def test_what_the_last_backup_has_takes_no_room_again(data, tmp_path):
    first = make_backup(data, tmp_path / "backups").stored.path
    put_file(data.media / "evidence/2026/03/c3.pdf", b"new")
    second = make_backup(data, tmp_path / "backups", LATER).stored.path
    assert (second / "media" / FIRST).samefile(first / "media" / FIRST)
    assert not (second / "media" / FIRST).samefile(data.media / FIRST)
    assert (second / "media/evidence/2026/03/c3.pdf").read_bytes() == b"new"


def test_a_copy_that_has_rotted_is_not_handed_on(data, tmp_path):
    first = make_backup(data, tmp_path / "backups").stored.path
    put_file(first / "media" / FIRST, b"%PDF-1.4 rotten!")
    second = make_backup(data, tmp_path / "backups", LATER)
    assert (second.stored.path / "media" / FIRST).read_bytes() == b"%PDF-1.4 minutes"
    assert second.warnings == []


def test_a_live_file_that_changed_is_saved_and_named(data, tmp_path):
    make_backup(data, tmp_path / "backups")
    put_file(data.media / FIRST, b"%PDF-1.4 forged!")
    [warning] = make_backup(data, tmp_path / "backups", LATER).warnings
    assert FIRST in warning
    assert "与上一份备份不同" in warning


def test_a_file_the_disk_has_lost_is_named_and_stops_nothing(data, tmp_path):
    (data.media / SECOND).unlink()
    taken = make_backup(data, tmp_path / "backups")
    assert taken.manifest.missing == [SECOND]
    assert SECOND in taken.warnings[0]


@pytest.mark.parametrize("link", [os.link, refuse_link])
def test_one_the_backup_before_still_has_is_carried_over(data, tmp_path, monkeypatch, link):
    monkeypatch.setattr(os, "link", link)
    make_backup(data, tmp_path / "backups")
    shutil.rmtree(data.media)
    taken = make_backup(data, tmp_path / "backups", LATER)
    assert (taken.manifest.missing, taken.manifest.lost) == (sorted([FIRST, SECOND]), [])
    assert (taken.stored.path / "media" / FIRST).read_bytes() == b"%PDF-1.4 minutes"
    assert taken.manifest.faults(taken.stored.path) == []
    assert "已从上一份备份补入" in taken.warnings[0]


def test_a_rotted_copy_of_a_lost_file_is_not_carried_over(data, tmp_path):
    first = make_backup(data, tmp_path / "backups").stored.path
    put_file(first / "media" / FIRST, b"%PDF-1.4 rotten!")
    (data.media / FIRST).unlink()
    assert make_backup(data, tmp_path / "backups", LATER).manifest.lost == [FIRST]


class Busy(SQLite):
    """A database somebody works on while it is copied."""

    def __init__(self, path: Path, *happenings) -> None:
        super().__init__(path)
        self.happenings = list(happenings)

    def save(self, folder: Path) -> Contents:
        before, after = self.happenings.pop(0) if self.happenings else (id, id)
        before(self)
        contents = super().save(folder)
        after(self)
        return contents


def busy(data, *happenings):
    return SimpleNamespace(**{**vars(data), "database": Busy(data.database.path, *happenings)})


def test_a_file_that_comes_while_files_are_copied_is_fetched(data, tmp_path):
    def upload(database):
        put_file(data.media / "evidence/late.pdf", b"late")
        run_sql(database.path, f"{INSERT} (9, 'evidence/late.pdf')")

    told = make_backup(busy(data, (upload, id)), tmp_path / "backups").manifest
    assert "media/evidence/late.pdf" in told.files


def test_one_that_comes_and_goes_meanwhile_is_no_loss(data, tmp_path):
    """Named by the first copy of the database, removed before its file could be fetched."""

    def upload(database):
        run_sql(database.path, f"{INSERT} (9, 'evidence/gone.pdf')")

    def remove(database):
        run_sql(database.path, "DELETE FROM study_sessions_evidence WHERE id = 9")

    told = make_backup(busy(data, (upload, remove)), tmp_path / "backups").manifest
    assert told.missing == []
    assert told.rows["study_sessions_evidence"] == 3


def test_a_damaged_database_is_not_taken_for_a_backup(data, tmp_path):
    raw = bytearray(data.database.path.read_bytes())
    raw[4096 * 2 : 4096 * 3] = b"\x55" * 4096
    data.database.path.write_bytes(raw)
    with pytest.raises(BackupError, match=r"损坏|读不出来|失败"):
        make_backup(data, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == [tmp_path / "backups" / ".lock"]


def test_a_broken_backup_does_not_stop_the_next(data, tmp_path):
    first = make_backup(data, tmp_path / "backups").stored.path
    (first / MANIFEST).write_text("{}")
    assert make_backup(data, tmp_path / "backups", LATER).manifest.rows["accounts_user"] == 2


def test_without_room_nothing_is_begun(data, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=10 * 1024**2))
    with pytest.raises(BackupError, match="只剩 10 MB"):
        make_backup(data, tmp_path / "backups")
    assert Shelf(tmp_path / "backups").backups() == []


def test_two_at_once_do_not_happen(data, tmp_path):
    with Shelf(tmp_path / "backups").alone(), pytest.raises(BackupError, match="正有另一个备份"):
        make_backup(data, tmp_path / "backups")


def test_the_manifest_reads_as_it_was_written(data, tmp_path):
    taken = make_backup(data, tmp_path / "backups")
    assert Manifest.read(taken.stored.path) == taken.manifest


def test_backups_do_not_lie_among_what_they_save(data):
    with pytest.raises(BackupError, match="备份会把自己也备份进去"):
        make_backup(data, data.media / "backups")


def test_a_strange_file_under_a_name_of_an_old_system_stops_nothing(data, tmp_path):
    name = os.fsdecode("学习心得.doc".encode("gbk"))
    put_file(data.media / name, b"brought along")
    taken = make_backup(data, tmp_path / "backups")
    told = require_sound(taken.stored.path)
    assert told == taken.manifest
    assert told.files[f"media/{name}"].size == len(b"brought along")
