"""Exceptions as the log may tell them: kind and place, and words only where they hold no data.

A message such as "invalid literal: '…'" or a unique key's "(email)=(…)" quotes what somebody
typed. So only kinds whose words come from programs and not from people are quoted, and of those
that quote a row further down (PostgreSQL's DETAIL) only the first line.
"""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, InterfaceError, OperationalError, ProgrammingError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import ConnectionError as RedisConnectionError

from portal.backups.faults import BackupError
from portal.logs.personal import tidy

_HERE = Path(__file__).resolve().parent.parent.parent
_QUOTED = (
    ImportError,
    BrokerError,
    RedisConnectionError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
)
MOST_CAUSES = 5


def is_sentence(error: object) -> TypeGuard[BaseException]:
    """Whether its words are ours, for the operator: of settings, folders and figures, no rows."""
    return isinstance(error, ImproperlyConfigured | BackupError)


def brief(error: BaseException) -> str:
    """An exception in a few words."""
    kind = type(error).__name__
    if is_sentence(error):
        return f"{kind}: {error}"
    if isinstance(error, _QUOTED):
        return f"{kind}: {tidy(next(iter(str(error).splitlines()), ''))}"
    if isinstance(error, OSError) and error.strerror:
        return f"{kind}: {error.strerror}"  # without the file's name
    return kind


def steps(error: BaseException) -> list[str]:
    """Where an exception came from, the first cause first: its kind, then a line for each call."""
    told = []
    for each in reversed(list(_causes(error))):
        told.append(brief(each))
        told += [
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(each.__traceback__)
        ]
    return told


def _causes(error: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = error
    for _ in range(MOST_CAUSES):
        if each is None:
            return
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _place(file: str) -> str:
    path = Path(file)
    if "site-packages" in path.parts:
        return str(Path(*path.parts[path.parts.index("site-packages") + 1 :]))
    return str(path.relative_to(_HERE)) if path.is_relative_to(_HERE) else path.name
