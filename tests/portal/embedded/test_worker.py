import pytest

from portal.embedded.lock import FolderInUseError
from portal.embedded.worker import WorkerError, running_worker
from tests.portal.embedded.probes import lines, send
from tests.portal.embedded.processes import family
from tests.services.redis import running_redis

SECONDS = 30


@pytest.fixture(params=["folder", "redis"])
def broker(request, data_folder, monkeypatch):
    """Where to send, as keyword arguments of `send`; workers started now read from there."""
    if request.param == "folder":
        return {"folder": data_folder / "queue"}
    url = request.getfixturevalue("redis_server")
    monkeypatch.setenv("REDIS_URL", url)
    return {"redis": url}


def test_the_same_task_runs_through_either_broker(data_folder, broker):
    seen = data_folder / "seen"
    send("probes.note", str(seen), "青石县", **broker)
    with running_worker() as worker:
        worker.wait_until(lambda: lines(seen) == ["青石县"], seconds=SECONDS)


def test_a_worker_with_its_scheduler_runs_what_is_scheduled_and_ends_with_it(data_folder):
    ticks = data_folder / "ticks"
    with running_worker(beat=True) as worker:
        worker.wait_until(lambda: len(lines(ticks)) >= 2, seconds=SECONDS)
    assert family(data_folder) == []


def test_a_killed_workers_task_is_done_by_the_next(data_folder):
    seen = data_folder / "seen"
    send("probes.linger", str(seen), folder=data_folder / "queue")
    with running_worker() as worker:
        worker.wait_until(lambda: len(lines(seen)) == 1, seconds=SECONDS)
        worker.kill()
    (data_folder / "seen.go").touch()
    with running_worker() as worker:
        worker.wait_until(lambda: lines(seen)[2:] == ["finished"], seconds=SECONDS)
    assert not list((data_folder / "queue" / "claimed").rglob("*.*"))


def test_a_worker_asked_to_stop_finishes_what_it_began(data_folder):
    seen = data_folder / "seen"
    send("probes.linger", str(seen), folder=data_folder / "queue")
    with running_worker() as worker:
        worker.wait_until(lambda: len(lines(seen)) == 1, seconds=SECONDS)
        worker.child.ask_to_stop()
        (data_folder / "seen.go").touch()
    assert lines(seen)[1:] == ["finished"]


def test_waiting_for_a_dead_worker_ends_with_its_log_named(data_folder):
    with running_worker() as worker:
        worker.kill()
        with pytest.raises(WorkerError, match=r"意外退出.*worker\.log"):
            worker.wait_until(lambda: False, seconds=SECONDS)


def test_waiting_in_vain_ends(data_folder):
    with running_worker() as worker, pytest.raises(WorkerError, match=r"等待 0\.1 秒"):
        worker.wait_until(lambda: False, seconds=0.1)


def test_two_workers_on_one_folder_are_refused(data_folder):
    with (
        running_worker(),
        pytest.raises(FolderInUseError, match="VAR_DIR"),
        running_worker(),
    ):
        pass


def test_a_worker_started_by_hand_beside_a_running_one_refuses(data_folder, started_by_hand):
    seen = data_folder / "seen"
    send("probes.note", str(seen), "running", folder=data_folder / "queue")
    with running_worker() as worker:
        worker.wait_until(lambda: lines(seen) == ["running"], seconds=SECONDS)
        result = started_by_hand("-m", "celery", "-A", "portal", "worker", "-P", "threads")
    assert result.returncode == 1
    assert "正由另一个门户进程使用" in result.stderr


def test_a_redis_that_evicts_is_refused(data_folder, redis_folder, started_by_hand, monkeypatch):
    with running_redis(redis_folder, "--maxmemory-policy", "allkeys-lru") as url:
        monkeypatch.setenv("REDIS_URL", url)
        result = started_by_hand("-m", "celery", "-A", "portal", "worker", "-P", "threads")
    assert result.returncode == 1
    assert "maxmemory-policy 是 allkeys-lru" in result.stderr
