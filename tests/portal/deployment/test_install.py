"""The install script in an empty tree, without a network: up, upgraded, and taken back."""

import shutil
import sqlite3
import stat
from pathlib import Path
from urllib.request import urlopen

import pytest

from portal.embedded.lock import FolderLock
from portal.embedded.worker import LOCK_NAME
from tests.portal.deployment.installed import (
    EMAIL_URL,
    Installed,
    build_bundle,
    index_answers,
    next_release,
    run,
)
from tests.services.redis import free_port

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    if not index_answers(tmp_path_factory.mktemp("index")):
        pytest.skip("a package index is missing: the bundle's wheels come from where pip looks")
    return build_bundle(tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="module")
def portal(bundle, tmp_path_factory):
    installed = Installed(tmp_path_factory.mktemp("root"), free_port())
    done = installed.install(bundle)
    assert done.returncode == 0, done.stdout + done.stderr
    return installed


@pytest.fixture(scope="module")
def upgraded(bundle, portal):
    before = portal.settings.read_bytes()
    done = portal.install(next_release(bundle))
    assert done.returncode == 0, done.stdout + done.stderr
    assert portal.settings.read_bytes() == before
    return portal


def has_later_table(portal: Installed) -> bool:
    with sqlite3.connect(portal.data / "portal.sqlite3") as database:
        return bool(database.execute("SELECT 1 FROM sqlite_master WHERE name='later'").fetchall())


def test_a_changed_bundle_installs_nothing(bundle, tmp_path):
    changed = shutil.copytree(bundle, tmp_path / "bundle")
    (changed / "source" / "manage.py").write_text("import os\n")
    done = Installed(tmp_path / "root", 8000).install(changed)
    assert (done.returncode, "安装包不完整或被改动过" in done.stderr) == (1, True), done.stderr
    assert not (tmp_path / "root").exists()


def test_the_bundle_names_no_index(bundle):
    texts = [bundle / name for name in ("VERSION", "SHA256SUMS", "install.sh", "rollback.sh")]
    assert not [path for path in texts if "://" in path.read_text()]


def test_the_portal_comes_up_without_a_network(portal):
    with portal.running() as address:
        assert urlopen(f"{address}/healthz").read() == b"ok"
        page = urlopen(f"{address}/").read().decode()
    assert "<title>登录" in page
    assert (portal.prefix / "current" / "staticfiles" / "staticfiles.json").is_file()


def test_whoever_stops_the_command_stops_the_portal(portal):
    command = portal.start()
    command.terminate()
    command.wait(timeout=60)
    FolderLock(portal.data / LOCK_NAME).release()  # raises if somebody still holds it


def test_settings_are_for_the_owner_alone(portal):
    assert stat.S_IMODE(portal.settings.stat().st_mode) == 0o600
    settings = portal.settings.read_text()
    assert "SECRET_KEY='" in settings
    assert f"EMAIL_URL='{EMAIL_URL}'" in settings


def test_the_setup_link_is_made_by_the_installed_command(portal):
    done = portal.manage("create_setup_link")
    assert f"http://127.0.0.1:{portal.port}/setup/" in done.stdout, done.stderr


def test_systemd_understands_the_units(portal):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is missing: the units are not verified here")
    done = run("systemd-analyze", "verify", *sorted(portal.units.iterdir()))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_release_that_does_not_come_up_is_left_for_the_one_before(bundle, portal):
    broken = next_release(bundle, "broken", lacking="deploy/systemd/portal.service")
    before = portal.release()
    done = portal.install(broken)
    assert (done.returncode != 0, portal.release()) == (True, before), done.stderr
    assert f"已自动退回 {before}，录入的数据都在" in done.stderr
    (backup,) = Path(f"{portal.data}-backups", "before-upgrades").glob("2*")
    assert f"restore {backup} --replace" in done.stderr
    assert has_later_table(portal)
    with portal.running() as address:
        assert urlopen(f"{address}/healthz").read() == b"ok"
    assert portal.manage("restore", str(backup), "--replace").returncode == 0
    assert not has_later_table(portal)
    shutil.rmtree(backup)


def test_an_upgrade_backs_up_first_and_is_taken_back_with_its_data(upgraded):
    assert upgraded.release().endswith("-later")
    assert has_later_table(upgraded)
    (backup,) = Path(f"{upgraded.data}-backups", "before-upgrades").glob("2*")
    refused = upgraded.roll_back()
    assert (refused.returncode, "--restore-backup" in refused.stderr) == (1, True)
    done = upgraded.roll_back("--restore-backup")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not upgraded.release().endswith("-later")
    assert not has_later_table(upgraded)
    assert str(backup) in done.stdout
    with upgraded.running() as address:
        assert urlopen(f"{address}/healthz").read() == b"ok"
