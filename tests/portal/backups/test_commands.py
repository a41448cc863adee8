"""The commands of an operator, on a whole portal."""

import shutil
from pathlib import Path

import pytest

from portal.backups.files import entry_of, files_below
from portal.backups.manifest import MANIFEST, Manifest
from portal.backups.shelf import Shelf
from portal.embedded.lock import WEB_LOCK_NAME, FolderLock
from portal.management.commands.restore import HALFWAY, IN_PLACE
from tests.faults.stack import wait_until
from tests.portal.backups.make import run_sql

# The tables are copied from the test database, which is SQLite's in memory.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def checksums(media: Path) -> dict[str, object]:
    return {name: entry_of(media / name) for name in files_below(media)}


def rewritten(backup: Path, **values) -> None:
    """As a backup would be that was wrong from the beginning: its manifest fits it."""
    told = Manifest.read(backup)
    (backup / MANIFEST).unlink()
    files = {name: entry_of(backup / name) for name in told.files}
    Manifest(**{**vars(told), "files": files, **values}).write(backup)


def test_a_deleted_data_folder_comes_back_with_its_files(portal):
    before = checksums(portal.data / "media")
    portal.sql("INSERT INTO django_session VALUES ('key', 'data', '2099-01-01')")
    portal.does("backup")
    shutil.rmtree(portal.data)
    said = portal.does("restore", "latest")
    assert "校验一致" in said
    assert "链校验一致" in said
    assert checksums(portal.data / "media") == before
    assert portal.sql("SELECT COUNT(*) FROM django_session") == [(0,)]
    [report] = (portal.data / "restores").iterdir()
    assert "个邮件计划已停用" in report.read_text("utf-8")


def test_a_night_proves_its_backup_by_signing_in(portal):
    (portal.folder / "second").mkdir()
    second = {"BACKUP_SECOND_DIR": str(portal.folder / "second")}
    said = portal.does("nightly_backup", **second)
    assert "试登录成功" in said
    rows = portal.sql("SELECT kind, state FROM portal_backuprun ORDER BY id")
    assert rows == [("backup", "done"), ("copy", "done"), ("trial", "done")]
    assert len(Shelf(portal.folder / "second").backups()) == 1
    assert portal.does("nightly_backup", "--if-due", **second) == ""
    assert [each.name for each in portal.backups.glob(".draft*")] == []


def test_a_second_place_the_system_cannot_even_look_at_stops_no_trial(portal):
    said = portal.refuses("nightly_backup", BACKUP_SECOND_DIR=f"/{'x' * 300}")
    assert "第二处备份失败" in said
    runs = portal.sql("SELECT kind, state FROM portal_backuprun")
    assert sorted(runs) == [("backup", "done"), ("copy", "failed"), ("trial", "done")]


def test_a_trial_finds_rows_that_are_missing(portal):
    """The manifest fits the file: only restoring it tells."""
    stored = portal.back_up()
    run_sql(stored.path / "database.sqlite3", "DELETE FROM units_unitname")
    rewritten(stored.path)
    assert "units_unitname" in portal.refuses("verify_backup", "--trial")
    [(state, said)] = portal.sql("SELECT state, said FROM portal_backuprun WHERE kind = 'trial'")
    assert (state, "units_unitname" in said) == ("failed", True)


def test_data_in_use_are_replaced_only_on_demand_and_then_kept(portal):
    portal.back_up()
    portal.sql("UPDATE units_unit SET email = 'changed@example.gov'")
    portal.does("restore", "latest", "--replace")
    assert ("changed@example.gov",) not in portal.sql("SELECT DISTINCT email FROM units_unit")
    [aside] = portal.data.glob("portal.sqlite3.replaced-*[0-9]")
    assert run_sql(aside, "SELECT DISTINCT email FROM units_unit") == [("changed@example.gov",)]


@pytest.mark.parametrize(("name", "shared"), [("portal.lock", False), (WEB_LOCK_NAME, True)])
def test_a_running_portal_is_not_restored_over(portal, name, shared):
    lock = FolderLock(portal.data / name, shared=shared)
    try:
        assert "正由另一个门户进程使用" in portal.refuses("restore", "latest", "--replace")
    finally:
        lock.release()


@pytest.mark.parametrize(
    "role", [("worker", "--pool", "solo"), ("beat", "--schedule", "/dev/null", "--pidfile=")]
)
def test_nor_under_an_idle_worker_or_scheduler(portal, role):
    portal.back_up()
    lock = portal.data / WEB_LOCK_NAME
    lock.touch()
    with portal.process("-m", "celery", "--app", "portal", *role) as child:
        assert wait_until(lambda: lock.read_text() == str(child.pid), seconds=60)
        assert "正由另一个门户进程使用" in portal.refuses("restore", "latest", "--replace")
    portal.does("restore", "latest", "--replace")


def test_neither_starts_while_data_are_restored(portal):
    lock = FolderLock(portal.data / WEB_LOCK_NAME)
    try:
        with portal.process("-m", "celery", "--app", "portal", "worker", "--pool", "solo") as child:
            assert "后台服务没有启动" in child.communicate(timeout=60)[1]
    finally:
        lock.release()


def test_who_only_looks_by_leaves_a_backup_that_runs_alone(portal):
    portal.backups.mkdir()
    lock = FolderLock(portal.backups / ".lock")
    try:
        assert "正有另一个备份" in portal.does("nightly_backup", "--if-due")
        assert "正有另一个备份" in portal.refuses("nightly_backup")
    finally:
        lock.release()


def test_a_backup_of_an_older_program_is_brought_up_to_this_one(portal):
    portal.does("migrate", "portal", "0002", "--verbosity=0")
    portal.back_up()
    shutil.rmtree(portal.data)
    assert "已升级到本程序的版本" in portal.does("restore", "latest")
    assert portal.sql("SELECT COUNT(*) FROM portal_heartbeat") == [(0,)]


def test_restored_data_whose_trail_is_cut_are_told_from_data_not_restored(portal):
    (portal.data / "heads.log").write_text("2026-03-04T18:05:00+00:00 99999 abcdef\n")
    portal.back_up()
    shutil.rmtree(portal.data)
    done = portal.manage("restore", "latest")
    assert (done.returncode, "数据已恢复" in done.stderr) == (IN_PLACE, True)
    assert portal.database.is_file()


def test_while_mails_of_restored_data_are_not_held_the_portal_must_not_start(portal):
    """As on a full disk: the rows are there, but nothing can be written to them."""
    portal.sql(
        "CREATE TRIGGER full BEFORE INSERT ON accounts_auditevent"
        " BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    )
    portal.back_up()
    done = portal.manage("restore", "latest", "--replace")
    assert (done.returncode, "不要启动门户" in done.stderr) == (HALFWAY, True)
