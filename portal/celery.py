"""The portal's Celery application."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun
from django.db import connections

from portal.checks.start import RequireSafeSettings, require_for_beat
from portal.embedded.presence import AtTheData, present_as_beat
from portal.embedded.reader import SingleReader
from portal.embedded.transport import register
from portal.logs.calls import follow_calls
from portal.redis_policy import RequireNoEviction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

register()
follow_calls()
require_for_beat()
present_as_beat()
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].update({RequireSafeSettings, AtTheData, SingleReader, RequireNoEviction})


@task_prerun.connect
def check_connections_again(**_: Any) -> None:
    """Look before its first query whether a task's inherited connection still lives.

    `CELERY_DB_REUSE_MAX` keeps connections between tasks, and Django looks only between web
    requests: after a restart of PostgreSQL every task would fail until the thousandth. (A pool
    of psycopg must not be shared with forked children; Celery closes it in them by itself, and
    Django refuses a pool together with `CONN_MAX_AGE`.)
    """
    for connection in connections.all(initialized_only=True):
        connection.health_check_done = False  # type: ignore[attr-defined]  # not in the stubs
