"""What is refused before the first file is touched, and what is put back after a failure."""

import errno
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from portal.backups.faults import BackupError, StrandedError
from portal.backups.files import entry_of, files_below
from portal.backups.restoring import restore
from portal.backups.sqlite import SQLite
from tests.portal.backups.make import FIRST, NOW, make_backup, make_data, put_file, run_sql


@pytest.fixture
def data(tmp_path):
    return make_data(tmp_path / "data")


def everything(folder):
    return {name: entry_of(folder / name) for name in files_below(folder)}


def refused(data, stored, *, over: bool = True) -> str:
    """The sentence; everything in the data folder is as it was before."""
    folder = data.media.parent
    before = everything(folder)
    with pytest.raises(BackupError) as why:
        restore(stored=stored, data=data, replace=over, now=NOW)
    assert everything(folder) == before
    return str(why.value)


def test_data_in_use_need_a_word_more(data, tmp_path):
    stored = make_backup(data, tmp_path / "backups").stored
    assert "--replace" in refused(data, stored, over=False)


def test_a_file_that_is_not_as_it_was_is_named(data, tmp_path):
    stored = make_backup(data, tmp_path / "backups").stored
    put_file(stored.path / "media" / FIRST, b"broken")
    assert FIRST in refused(data, stored)


def test_a_database_of_a_later_program_is_refused(data, tmp_path):
    run_sql(data.database.path, "INSERT INTO django_migrations VALUES (2, 'units', '0999_future')")
    stored = make_backup(data, tmp_path / "backups").stored
    assert "units.0999_future" in refused(data, stored)


def test_a_dump_of_another_kind_of_database_is_refused(data, tmp_path):
    stored = make_backup(data, tmp_path / "backups").stored
    postgresql = replace(data, database=SimpleNamespace(kind="postgresql"))
    assert "DATABASE_URL" in refused(postgresql, stored)


def test_without_room_nothing_is_begun(data, tmp_path, monkeypatch):
    stored = make_backup(data, tmp_path / "backups").stored
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))
    assert "没有开始" in refused(data, stored)


class Failing(SQLite):
    def load(self, folder):
        super().load(folder)
        raise BackupError("the disk broke")


def test_after_a_failure_the_old_data_stand_where_they_stood(data, tmp_path):
    stored = make_backup(data, tmp_path / "backups").stored
    put_file(data.media / "evidence/newer.pdf", b"newer")
    failing = replace(data, database=Failing(data.database.path))
    assert "the disk broke" in refused(failing, stored)


def test_onto_an_empty_disk_of_its_own_the_files_are_put_as_it_is(data, tmp_path, monkeypatch):
    """A mounted disk cannot be renamed. After a failure it is empty again."""
    stored = make_backup(data, tmp_path / "backups").stored
    monkeypatch.setattr(Path, "is_mount", lambda path: path == data.media)
    assert "单独挂载" in refused(data, stored)
    shutil.rmtree(data.media / "evidence")
    inode = data.media.stat().st_ino
    assert "the disk broke" in refused(replace(data, database=Failing(data.database.path)), stored)
    assert (data.media.stat().st_ino, list(data.media.iterdir())) == (inode, [])


def test_a_link_to_another_disk_stays_and_what_it_leads_to_is_replaced(data, tmp_path):
    stored = make_backup(data, tmp_path / "backups").stored
    disk = data.media.rename(tmp_path / "disk")
    data.media.symlink_to(disk)
    seen = []

    class Looking(Failing):
        def load(self, folder):
            seen.append((data.media.is_symlink(), len(list(tmp_path.glob("disk.replaced-*")))))
            super().load(folder)

    assert "the disk broke" in refused(replace(data, database=Looking(data.database.path)), stored)
    assert seen == [(True, 1)]


def test_old_data_that_cannot_be_put_back_are_named(data, tmp_path, monkeypatch):
    stored = make_backup(data, tmp_path / "backups").stored

    class Jammed(Failing):
        def load(self, folder):
            monkeypatch.setattr(shutil, "rmtree", Mock(side_effect=OSError(errno.EIO, "broken")))
            super().load(folder)

    jammed = replace(data, database=Jammed(data.database.path))
    with pytest.raises(StrandedError, match=r"media\.replaced-"):
        restore(stored=stored, data=jammed, replace=True, now=NOW)
