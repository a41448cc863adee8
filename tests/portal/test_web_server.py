import subprocess
import sys

import pytest

from portal.embedded.lock import WEB_LOCK_NAME, FolderLock
from portal.settings.environment import BASE_DIR

TOKEN = "0123456789abcdef0123456789abcdef"
READ = (
    "import os; from portal import web_server as s; s.on_starting(None);"
    "print(s.workers, s.bind, os.environ.get('PROMETHEUS_MULTIPROC_DIR', '-'))"
)


def read(tmp_path, **environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_the_web_server_takes_its_size_from_the_environment(tmp_path):
    said = read(tmp_path, WEB_WORKERS="5", WEB_BIND="127.0.0.1:9000")
    assert said == ["5", "127.0.0.1:9000", "-"]
    assert not (tmp_path / "metrics").exists()


def test_processes_add_up_their_figures_where_a_monitor_is_wanted(tmp_path):
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "histogram_of_the_dead.db").touch()
    assert read(tmp_path, METRICS_TOKEN=TOKEN)[2] == str(tmp_path / "metrics")
    assert list((tmp_path / "metrics").iterdir()) == []


def test_no_web_server_starts_while_data_are_restored(tmp_path):
    lock = FolderLock(tmp_path / WEB_LOCK_NAME)
    with pytest.raises(subprocess.CalledProcessError) as failed:
        read(tmp_path)
    assert "网页服务没有启动" in failed.value.stderr
    lock.release()


def test_web_servers_share_their_data(tmp_path):
    lock = FolderLock(tmp_path / WEB_LOCK_NAME, shared=True)
    assert read(tmp_path)
    lock.release()
