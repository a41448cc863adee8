import os
import signal
import socket

import pytest

from portal.embedded.child import Child
from portal.embedded.launcher import Supervised
from tests.portal.embedded.probes import lines, send
from tests.portal.embedded.processes import family, running_portal, until


@pytest.fixture
def portal(data_folder, settings):
    with running_portal(data_folder, settings.BASE_DIR, "--stop-seconds", "5") as portal:
        yield portal


def test_it_serves_works_and_leaves_no_process_behind(portal, data_folder):
    seen = data_folder / "seen"
    assert portal.answers()
    send("probes.note", str(seen), "done", folder=data_folder / "queue")
    until(lambda: lines(seen) == ["done"], "the worker does the task")
    assert portal.stop() == 0
    assert family(data_folder) == []


def test_a_killed_web_process_comes_back(portal):
    old = portal.pids("gunicorn")
    os.kill(old[0], signal.SIGKILL)
    until(lambda: bool(set(portal.pids("gunicorn")) - set(old)), "a new web process")
    until(portal.answers, "the new web process answers")
    assert not set(portal.pids("gunicorn")) & set(old)


def test_a_killed_worker_comes_back_and_its_scheduler_with_it(portal, data_folder):
    until(lambda: len(portal.pids("celery")) == 2, "worker and scheduler run")
    old, seen = portal.pids("celery"), data_folder / "seen"
    os.kill(old[0], signal.SIGKILL)
    send("probes.note", str(seen), "done", folder=data_folder / "queue")
    until(lambda: lines(seen) == ["done"], "the new worker does the task")
    until(lambda: len(portal.pids("celery")) == 2, "worker and scheduler run again")
    assert not set(portal.pids("celery")) & set(old)


def test_a_task_that_does_not_end_cannot_hold_up_the_stop(portal, data_folder):
    seen = data_folder / "seen"
    send("probes.linger", str(seen), folder=data_folder / "queue")
    until(lambda: len(lines(seen)) == 1, "the task has begun")
    assert portal.stop() == 0
    assert family(data_folder) == []
    assert "已强制停止" in portal.said()
    assert len(list((data_folder / "queue" / "claimed").rglob("*.msg"))) == 1


def test_ctrl_c_stops_all(portal, data_folder):
    assert portal.stop(signal.SIGINT) == 0
    assert family(data_folder) == []


def test_children_of_a_killed_launcher_end_by_themselves(portal, data_folder):
    portal.process.kill()
    portal.process.wait()
    until(lambda: family(data_folder) == [], "no process is left")


def test_a_second_start_on_the_same_data_is_refused(portal, started_by_hand):
    result = started_by_hand("manage.py", "run_portal", "--port", "0")
    assert result.returncode == 1
    assert f"正由另一个门户进程使用（进程号 {portal.process.pid}）" in result.stderr
    assert portal.answers()


def test_a_taken_port_is_named(started_by_hand):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = started_by_hand("manage.py", "run_portal", "--port", str(port))
    assert result.returncode == 1
    assert f"无法监听 127.0.0.1:{port}" in result.stderr


def test_a_portal_that_cannot_start_gives_up_and_says_which_part(started_by_hand, monkeypatch):
    monkeypatch.setenv("GUNICORN_CMD_ARGS", "--no-such-option")
    result = started_by_hand("manage.py", "run_portal", "--port", "0")
    assert result.returncode == 1
    assert "web 进程启动 3 次都失败" in result.stderr


def test_pauses_between_starts_double_and_shrink_after_a_steady_run(data_folder):
    children: list[Child] = []

    def start() -> Child:
        children.append(Child(["-c", "pass"]))
        return children[-1]

    def starts(*moments: float) -> list[bool]:
        """At which moments after its latest child has ended the probe is started again."""
        until(lambda: not any(child.is_running() for child in children), "the probe ends")
        before = len(children)
        started = []
        for now in moments:
            supervised.look(now)
            started.append(len(children) > before)
        return started

    supervised = Supervised("probe", start)
    assert starts(100) == [True]
    assert starts(100.1, 100.5, 100.6) == [False, False, True]
    assert starts(101, 101.9, 102) == [False, False, True]
    assert starts(200, 200.4, 200.5) == [False, False, True]
