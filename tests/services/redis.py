"""A Redis of the tests' own, on a free port, gone when the test is over."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

BINARY = "redis-server"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def running_redis(folder: Path, *options: str) -> Iterator[str]:
    """Start redis-server with extra `options` and give its URL."""
    port = free_port()
    process = subprocess.Popen(
        [BINARY, "--port", str(port), "--bind", "127.0.0.1", "--save", "", *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"redis://127.0.0.1:{port}/0", process)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    with redis.Redis.from_url(url) as client:
        for _ in range(200):
            try:
                client.ping()
            except redis.ConnectionError:
                assert process.poll() is None, f"{BINARY} ended at once"
                time.sleep(0.05)
            else:
                return
    pytest.fail(f"{BINARY} does not answer")


@pytest.fixture
def redis_folder(tmp_path: Path) -> Path:
    """Where a Redis may run. Without the program: a skip naming it, a failure if CI=true."""
    if shutil.which(BINARY) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{BINARY} is missing")
        pytest.skip(f"{BINARY} is missing")
    folder = tmp_path / "redis"
    folder.mkdir()
    return folder


@pytest.fixture
def redis_server(redis_folder: Path) -> Iterator[str]:
    """The URL of a running Redis with the policy the portal asks for."""
    with running_redis(redis_folder, "--maxmemory-policy", "noeviction") as url:
        yield url
