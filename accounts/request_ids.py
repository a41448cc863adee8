"""The id of what is being worked on: of a request, or of the request that asked for a task.

It stands in the audit trail, on error pages and in every line of the log, in whatever thread or
process the work goes on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CURRENT: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Empty where nobody asked for anything, as in a command."""
    return _CURRENT.get()


@contextmanager
def working_on(request_id: str) -> Iterator[None]:
    """Whatever is logged inside belongs to the request."""
    token = _CURRENT.set(request_id)
    try:
        yield
    finally:
        _CURRENT.reset(token)
