"""The log as it would stand on the disk: every logger, every level, each line as JSON."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from portal.logs.formatters import JsonLine


class Log:
    def __init__(self) -> None:
        self.text = StringIO()

    def __str__(self) -> str:
        return self.text.getvalue()

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in str(self).splitlines()]

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [line for line in self.lines() if line["logger"] == logger]


@contextmanager
def written(level: int = logging.INFO) -> Iterator[Log]:
    log, root = Log(), logging.getLogger()
    handler = logging.StreamHandler(log.text)
    handler.setFormatter(JsonLine())
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield log
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
