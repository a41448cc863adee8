"""A file appears under its name whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sessions.evidence.durable import sync_folder

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Error numbers that say there is no room, on the disk or within a quota."""


class DiskFullError(OSError):
    """There was no room for the file. What stood under its name before still does."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"磁盘空间不足，“{path.name}”没有写成，原有文件未改动。请清理磁盘或换一个目录后重试。"
        )


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A binary file to write, put under `path` when the block ends well.

    Until then it lies in the same directory under another name; after any failure nothing of it
    is left and an older file at `path` stays as it was. Raises DiskFullError for want of room,
    other OSErrors as they are.
    """
    draft = path.parent / f".draft-{secrets.token_hex(8)}.tmp"
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        if error.errno in NO_ROOM:
            raise DiskFullError(path) from error
        raise
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
