"""What a line of the log may say: nothing anybody typed, no name, no address, no key.

Our own code logs kinds, counts and ids. What libraries log is not ours to choose, so their lines
lose what they were given to fill in, and every line loses what looks like a person.
"""

import logging
import re
from collections.abc import Mapping
from typing import Any

from portal.logs.errors import brief, is_sentence
from portal.logs.personal import GONE, tidy

OWN = ("accounts", "portal", "reports", "sessions", "units")
# Libraries that tell of processes and connections; without the particulars they tell nothing.
TOLD = ("celery", "gunicorn", "kombu")
_QUERY = re.compile(r"\?\S+")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
# Long and not a digest: the secret of a one-time link.
_SECRET = re.compile(r"(?<![\w-])(?![0-9a-f-]+(?![\w-]))[\w-]{40,}")
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")
# What Celery hands over of a call: arguments, results, errors.
_PLACE = "\ue000"  # of a sentence of our own; a sign that is nobody's
_OF_A_CALL = frozenset({"args", "exc", "kwargs", "return_value", "reason", "traceback"})


def words(record: logging.LogRecord) -> str:
    """The record's message on one line, without what does not belong into a log."""
    room = record.name.partition(".")[0]
    if room in OWN:
        said = _filled(record, trusted=True)
    elif room in TOLD:
        said = _SECRET.sub(GONE, _QUERY.sub("?" + GONE, _filled(record, trusted=True)))
    else:
        said = _filled(record, trusted=False)
        said = _SECRET.sub(GONE, _QUERY.sub("?" + GONE, _QUOTED.sub(GONE, said)))
    return _with_sentences(tidy(said), record)


def _with_sentences(said: str, record: logging.LogRecord) -> str:
    """Puts our own errors' words back in the places that `_value` kept for them."""
    values = record.args.values() if isinstance(record.args, Mapping) else record.args or ()
    for each in (record.msg, *values):
        if is_sentence(each):
            said = said.replace(_PLACE, " ".join(brief(each).splitlines()), 1)
    return said


def _filled(record: logging.LogRecord, *, trusted: bool) -> str:
    """The message with its particulars; of libraries we do not know, with numbers only."""
    if isinstance(record.msg, BaseException):
        return str(_value(record.msg, trusted=trusted))
    message = str(record.msg)
    if not record.args:
        return message
    values = record.args
    try:
        if isinstance(values, Mapping):
            return message % {
                name: GONE if name in _OF_A_CALL else _value(value, trusted=trusted)
                for name, value in values.items()
            }
        return message % tuple(_value(value, trusted=trusted) for value in values)
    except (TypeError, ValueError):  # a number was wanted where there is none any more
        return _PLACEHOLDER.sub(GONE, message)


def _value(value: Any, *, trusted: bool) -> Any:
    if isinstance(value, BaseException):
        return _PLACE if is_sentence(value) else brief(value)
    if trusted or isinstance(value, bool | int | float | type(None)):
        return value
    return GONE
