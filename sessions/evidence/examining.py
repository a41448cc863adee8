"""From an uploaded file to one that may be kept, or to a reason why not."""

import hashlib
import json
from dataclasses import dataclass
from typing import Protocol

from sessions.evidence.formats import (
    EXTENSIONS,
    IMAGES,
    MAX_BYTES,
    OLD_EXTENSIONS,
    PHONE_EXTENSIONS,
    Format,
    by_extension,
)
from sessions.evidence.names import split_name
from sessions.screening import find_mark_in_name
from units.spreadsheets import sandbox
from units.spreadsheets.gate import RefusedError, check_archive

_CHILD = "sessions.evidence.child"
CPU_SECONDS = 20


class Readable(Protocol):
    """An upload, or an open file."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be kept. ``mark`` is the mark of a classified paper found in it, if any."""

    name: str
    format: Format
    data: bytes
    sha256: str
    mark: str


def examine(file: Readable, raw_name: str) -> Examined:
    """Checks name, size, first bytes and content, and draws images anew.

    Raises RefusedError with the reason.
    """
    stem, extension = split_name(raw_name)
    kind = _format(extension)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RefusedError("too_big", limit=MAX_BYTES // (1024 * 1024))
    if not data:
        raise RefusedError("empty")
    if kind.magic == b"PK\x03\x04":
        _check_archive(data)
    elif not data.startswith(kind.magic):
        raise RefusedError("mismatch")
    mark, clean = _in_child(kind, data)
    if kind.key in IMAGES:
        data = clean
        if len(data) > MAX_BYTES:
            raise RefusedError("too_big", limit=MAX_BYTES // (1024 * 1024))
    return Examined(
        name=f"{stem}{extension}",
        format=kind,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        mark=find_mark_in_name(stem) or mark,
    )


def _format(extension: str) -> Format:
    kind = by_extension(extension)
    if kind is not None:
        return kind
    if extension in OLD_EXTENSIONS:
        raise RefusedError("old_format")
    if extension in PHONE_EXTENSIONS:
        raise RefusedError("phone_image")
    raise RefusedError("not_taken", taken="、".join(EXTENSIONS))


def _check_archive(data: bytes) -> None:
    """The directory of an office file: looking costs nothing, so no child is started for it."""
    try:
        check_archive(data)
    except RefusedError as refused:
        raise RefusedError("mismatch") if refused.code == "not_xlsx" else refused from refused


def _in_child(kind: Format, data: bytes) -> tuple[str, bytes]:
    try:
        answer = sandbox.run(_CHILD, kind.key.encode() + b"\n" + data, cpu_seconds=CPU_SECONDS)
    except sandbox.ChildFailedError as error:
        raise RefusedError("too_heavy") from error
    head, _, clean = answer.partition(b"\n")
    verdict = json.loads(head)
    if "refused" in verdict:
        raise RefusedError(verdict["refused"], **verdict["details"])
    return verdict["mark"], clean
