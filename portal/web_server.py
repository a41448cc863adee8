"""gunicorn's settings: `gunicorn --config python:portal.web_server portal.wsgi:application`.

Its lines join the portal's own log. Its access log stays off: it tells addresses with all that
stands in them; the portal writes a line of its own for each request.
"""

import os
import shutil
import sys
from typing import Any

from portal.embedded.lock import WEB_LOCK_NAME, FolderInUseError, FolderLock
from portal.settings import LOGGING, METRICS_DIR, METRICS_TOKEN
from portal.settings.environment import VAR_DIR, env

bind = env.str("WEB_BIND", default="127.0.0.1:8000")
worker_class = "gthread"
workers = env.int("WEB_WORKERS", default=2)
threads = env.int("WEB_THREADS", default=4)
timeout = 60
graceful_timeout = 10
control_socket_disable = True
accesslog = None
logconfig_dict = LOGGING

if METRICS_TOKEN:
    # Processes add up their figures in files here; read by prometheus_client as it is imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)

_held: list[FolderLock] = []


def on_starting(server: Any) -> None:
    """Does not start while a backup is being restored; none is restored while the server runs.

    Figures of processes that are no more would be counted in for ever.
    """
    try:
        _held.append(FolderLock(VAR_DIR / WEB_LOCK_NAME, shared=True))
    except FolderInUseError:
        sys.exit(f"正在向 {VAR_DIR} 恢复备份，网页服务没有启动。请等恢复完成。")
    if METRICS_TOKEN:
        shutil.rmtree(METRICS_DIR, ignore_errors=True)
        METRICS_DIR.mkdir(mode=0o700, parents=True)
