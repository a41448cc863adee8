"""The file of a job: drafted in a folder of its own, then put in place under a new name."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

DRAFT = "result.xlsx"
PIECE = 1024 * 1024


def clear(workplace: Path) -> None:
    """Removes what a worker left that died at a job, also a file it had put in place already.

    The job is ours, so that worker never told of the file: it would stand there twice.
    """
    for draft in workplace.glob(DRAFT):
        if is_placed(draft):
            for file in workplace.parent.iterdir():
                if file.is_file() and file.samefile(draft):
                    file.unlink()
    shutil.rmtree(workplace, ignore_errors=True)


def is_placed(draft: Path) -> bool:
    return draft.exists() and draft.stat().st_nlink > 1


def place(draft: Path, wanted: Path) -> Path:
    """Puts it in place under a name that never takes an older file's; that path."""
    target, number = wanted, 1
    while True:
        try:
            os.link(draft, target)
        except FileExistsError:
            number += 1
            target = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        else:
            return target


def sha256(path: Path, beat: Callable[[], None]) -> str:
    """The digest of a file, read in pieces; `beat` is called with each, for there may be many."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            beat()
    return digest.hexdigest()
