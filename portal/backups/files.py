"""Files of a backup: their checksums, and copies that are on the disk once they are said to be."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

PIECE = 1024 * 1024
PART = ".part"
"""An upload that is still being written bears this ending."""


class Entry(NamedTuple):
    """What a manifest says of a file. ``size`` in bytes."""

    size: int
    sha256: str


def entry_of(path: Path) -> Entry:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Entry(file.tell(), digest.hexdigest())


def place(
    source: Path, target: Path, older: Path | None = None, known: Entry | None = None
) -> Entry:
    """Puts what ``source`` holds under ``target``, and says what that is.

    Where ``older``, a file of an earlier backup, still holds the same bytes, the target becomes a
    second name of it: no room and no writing. Both are read, so a copy that has rotted is never
    handed on. With ``known``, what a manifest says of ``older``, neither is read: of the same size,
    they are taken for the same. The live file itself is never linked: whatever changed it would
    change the backup.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if older is not None and older.is_file() and older.stat().st_size == source.stat().st_size:
        if known is not None and known.size == older.stat().st_size and _linked(older, target):
            return known
        entry = entry_of(source)
        if entry_of(older) == entry and _linked(older, target):
            return entry
    return _copied(source, target)


def sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def files_below(folder: Path) -> Iterator[str]:
    """Relative names, in order. Uploads still being written are left out."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != PART:
            yield path.relative_to(folder).as_posix()


def size_of(path: Path) -> int:
    """Bytes; none of a file that has gone meanwhile."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def knows_second_names(folder: Path) -> bool:
    """Whether a file there can have two: a Windows share or a stick (exFAT) cannot give them."""
    trial = folder / f".draft-link-{os.getpid()}"
    second = trial.with_suffix(".second")
    trial.touch(mode=0o600)
    second.unlink(missing_ok=True)
    try:
        return _linked(trial, second)
    finally:
        trial.unlink()
        second.unlink(missing_ok=True)


def _linked(older: Path, target: Path) -> bool:
    try:
        os.link(older, target)
    except OSError:  # not every disk knows second names, or allows as many
        return False
    return True


def _copied(source: Path, target: Path) -> Entry:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, _new(target) as written:
        while piece := read.read(PIECE):
            digest.update(piece)
            written.write(piece)
            size += len(piece)
        written.flush()
        os.fsync(written.fileno())
    return Entry(size, digest.hexdigest())


def _new(target: Path) -> BinaryIO:
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
