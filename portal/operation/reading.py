"""The whole condition, read afresh. What cannot be read is itself a line that says so."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from portal.operation.condition import Level, Line, Reader, Section
from portal.operation.processes import processes
from portal.operation.safekeeping import safekeeping
from portal.operation.storage import storage
from portal.operation.work import work

logger = logging.getLogger(__name__)


def read_condition(now: datetime) -> list[Section]:
    """Eight queries at most; no name, no content of what units study."""
    readers: dict[str, tuple[str, Reader]] = {
        "processes": (_("进程"), processes),
        "work": (_("任务与邮件"), work),
        "storage": (_("存储与版本"), storage),
        "safekeeping": (_("备份与保障"), safekeeping),
    }
    return [
        Section(title, list(_read(key, title, reader, now)))
        for key, (title, reader) in readers.items()
    ]


def _read(key: str, title: str, reader: Reader, now: datetime) -> Iterator[Line]:
    try:
        yield from reader(now)
    except (DatabaseError, OSError) as error:
        logger.warning("condition of %s cannot be read: %s", key, error)
        advice = _("检查数据库和磁盘是否可用，再看网页和后台进程的日志。")
        figure = _("读不到（%s）") % type(error).__name__
        yield Line(f"{key}_unread", title, figure, Level.BAD, advice)
