"""Lines of the log, as JSON for machines and as text for people; both say the same.

A record is never changed: other handlers get it as it was.
"""

import logging
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from accounts.request_ids import current_request_id
from portal.logs.calls import current_call
from portal.logs.errors import brief, steps
from portal.logs.personal import tidy
from portal.logs.plain import words

# Of what records carry beside their message, these go along: nothing else can slip in.
PARTICULARS = ("method", "route", "status", "milliseconds", "role")
TIME = "%Y-%m-%dT%H:%M:%S%z"


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What there is to say of a record beside its time and level, in order."""
    said: dict[str, Any] = {"message": words(record)}
    if request_id := current_request_id():
        said["request_id"] = request_id
    if call := current_call():
        said["task"], said["task_id"] = call
    for name in PARTICULARS:
        if hasattr(record, name):
            value = getattr(record, name)
            said[name] = tidy(value) if isinstance(value, str) else value
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        said["error"], said["trace"] = brief(error), steps(error)
    return said


class JsonLine(JsonFormatter):
    """One JSON object a line."""

    def __init__(self) -> None:
        super().__init__(datefmt=TIME, json_ensure_ascii=False)

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, TIME),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            **told(record),
        }
        return self.serialize_log_record(line)


class TextLine(logging.Formatter):
    """One line of text; an error's way here stands indented below it."""

    def format(self, record: logging.LogRecord) -> str:
        said = told(record)
        message, trace = said.pop("message"), said.pop("trace", [])
        more = "".join(f" {name}={value}" for name, value in said.items())
        head = f"{self.formatTime(record, TIME)} {record.levelname} {record.name}: {message}{more}"
        return "\n  ".join([head, *trace])
