"""Which call of a task a worker is at, and for which request: both stand in its lines of the log.

The id of a request travels in the call's headers. A call that no request made, such as the
clock's, goes by its own number.
"""

import logging.config
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun
from django.conf import settings

from accounts.request_ids import current_request_id, working_on

HEADER = "portal_request_id"

_CALL: ContextVar[tuple[str, str] | None] = ContextVar("call", default=None)
_running: dict[str, ExitStack] = {}


def current_call() -> tuple[str, str] | None:
    """Name and id of the task being run; None outside of one."""
    return _CALL.get()


@contextmanager
def _at(name: str, task_id: str) -> Iterator[None]:
    token = _CALL.set((name, task_id))
    try:
        yield
    finally:
        _CALL.reset(token)


def keep_our_own(**_: Any) -> None:
    """Celery sets up no logging of its own where somebody answers this; so all lines are alike."""
    logging.config.dictConfig(settings.LOGGING)


def take_along(headers: dict[str, Any] | None = None, **_: Any) -> None:
    if headers is not None and (request_id := current_request_id()):
        headers[HEADER] = request_id


def begin(task_id: str, task: Any, **_: Any) -> None:
    stack = ExitStack()
    asked_by = task.request.get(HEADER) or (task.request.headers or {}).get(HEADER)
    stack.enter_context(working_on(asked_by or task_id))
    stack.enter_context(_at(task.name, task_id))
    _running[task_id] = stack


def end(task_id: str, **_: Any) -> None:
    if stack := _running.pop(task_id, None):
        stack.close()


def follow_calls() -> None:
    """Listens to Celery, in every process that publishes or runs tasks."""
    setup_logging.connect(keep_our_own)
    before_task_publish.connect(take_along)
    task_prerun.connect(begin)
    task_postrun.connect(end)
