"""Which queues listen to which exchange, shared by processes through one small file each."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote


class Binding(NamedTuple):
    """One queue's subscription to an exchange, as kombu's exchange types expect it."""

    routing_key: str
    pattern: str
    queue: str


class Bindings:
    """The tables of bindings below one folder; readers never see a half-written one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def table(self, exchange: str) -> list[Binding]:
        """The bindings of an exchange; empty if it has none."""
        try:
            rows = json.loads(self._file(exchange).read_bytes())
        except FileNotFoundError:
            return []
        return [Binding(*row) for row in rows]

    def add(self, exchange: str, binding: Binding) -> None:
        self._change(exchange, lambda rows: rows if binding in rows else [*rows, binding])

    def remove(self, exchange: str, binding: Binding) -> None:
        self._change(exchange, lambda rows: [row for row in rows if row != binding])

    def _change(self, exchange: str, change: Callable[[list[Binding]], list[Binding]]) -> None:
        with self._alone():
            before = self.table(exchange)
            after = change(before)
            if after == before:
                return
            file = self._file(exchange)
            draft = file.with_suffix(".new")
            with draft.open("w", encoding="utf-8") as stream:
                json.dump(after, stream)
                stream.flush()
                os.fsync(stream.fileno())
            draft.rename(file)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _file(self, exchange: str) -> Path:
        return self.folder / f"{quote(exchange, safe='').replace('.', '%2E')}.json"
