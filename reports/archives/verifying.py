"""Whether an archive is what the portal wrote. Needs the file alone: no database, no Django."""

import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from reports.archives.layout import WHOLE, oddities
from reports.archives.packing import COMMENT, FORMAT, MANIFEST, SUMS, Entry, sum_line

CHUNK = 1024 * 1024
NOTE = "（压缩包注释）"
LARGEST_LIST = 1 << 30
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")
_DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class UnreadableError(ValueError):
    """The file is no archive of the portal, or so broken that nothing can be said of it."""


class Fault(StrEnum):
    FLIPPED = "flipped"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass
class Verdict:
    """What was found. `checksum` is the archive's own, to compare with the portal's.

    `faults` name files of the archive; NOTE and WHOLE stand for what belongs to none.
    """

    checksum: str = ""
    files: int = 0
    size: int = 0
    head: Mapping[str, Any] = field(default_factory=dict)
    faults: list[tuple[Fault, str]] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.faults


def verify(path: Path) -> Verdict:
    """Reads every byte of the archive once. Raises UnreadableError."""
    try:
        with path.open("rb") as file, ZipFile(file) as archive:
            found = {info.orig_filename: _digest(archive, info) for info in archive.infolist()}
            verdict = _judge(archive, found)
            strange = set(oddities(archive, file))
    except (*_DAMAGE, OSError) as error:
        raise UnreadableError(str(error)) from error
    named = {name for _fault, name in verdict.faults}
    verdict.faults += [(Fault.FLIPPED, name) for name in sorted(strange - named)]
    return verdict


def _digest(archive: ZipFile, info: ZipInfo) -> str:
    """The SHA-256 of a member; empty if it cannot be read, or not as it was written."""
    digest = hashlib.sha256()
    try:
        with archive.open(info) as member:
            while chunk := member.read(CHUNK):
                digest.update(chunk)
    except _DAMAGE:
        return ""
    return digest.hexdigest()


def _judge(archive: ZipFile, found: Mapping[str, str]) -> Verdict:
    noted = _noted(archive.comment)
    sums = _sums(archive, found)
    manifest = _manifest(archive, found)
    if sums is None and manifest is None:
        raise UnreadableError("neither list of files can be read")
    verdict = Verdict(checksum=found.get(SUMS, ""), head=manifest or {})
    verdict.files = len(found)
    verdict.size = sum(info.file_size for info in archive.infolist())
    verdict.faults += _faults_of_lists(found, noted, sums, manifest)
    listed = sums if sums is not None else _files(manifest or {})
    verdict.faults += _faults_of_files(archive, found, listed)
    return verdict


def _faults_of_lists(
    found: Mapping[str, str],
    noted: str,
    sums: Mapping[str, str] | None,
    manifest: Mapping[str, Any] | None,
) -> Iterator[tuple[Fault, str]]:
    """The lists vouch for each other: the comment for the sums, the sums for the manifest, and the
    manifest has all to write the sums anew.
    """
    if sums is None:
        yield (Fault.FLIPPED if SUMS in found else Fault.MISSING), SUMS
    elif noted != found[SUMS]:
        rewritten = _rewritten(manifest, found) if manifest is not None else ""
        yield Fault.FLIPPED, NOTE if rewritten == found[SUMS] else SUMS
    if manifest is None and MANIFEST not in found and (sums is None or MANIFEST not in sums):
        yield Fault.MISSING, MANIFEST
    if manifest is None and MANIFEST in found and sums is None:
        yield Fault.FLIPPED, MANIFEST


def _faults_of_files(
    archive: ZipFile, found: Mapping[str, str], listed: Mapping[str, str]
) -> Iterator[tuple[Fault, str]]:
    for name, sha256 in listed.items():
        if name not in found:
            yield Fault.MISSING, name
        elif found[name] != sha256:
            yield Fault.FLIPPED, name
    twice = Counter(info.orig_filename for info in archive.infolist())
    for name in found:
        is_listed = name in listed or name in (SUMS, MANIFEST)
        if not is_listed or twice[name] > 1 or not _is_inside(name):
            yield Fault.EXTRA, name


def _is_inside(name: str) -> bool:
    """Whether unpacking stays in the folder it was told."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _noted(comment: bytes) -> str:
    text = comment.decode("ascii", errors="replace")
    return text.removeprefix(COMMENT) if text.startswith(COMMENT) else ""


def _sums(archive: ZipFile, found: Mapping[str, str]) -> dict[str, str] | None:
    """The lines of SHA256SUMS.txt; None if it is not there or not to be read."""
    text = _text(archive, found, SUMS)
    if text is None:
        return None
    lines = [_SUM.fullmatch(line) for line in text.splitlines()]
    return {line[2]: line[1] for line in lines if line} if lines and all(lines) else None


def _manifest(archive: ZipFile, found: Mapping[str, str]) -> dict[str, Any] | None:
    text = _text(archive, found, MANIFEST)
    try:
        manifest = json.loads(text) if text is not None else None
    except ValueError:
        return None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        return None
    return manifest if isinstance(manifest.get("files"), list) else None


def _text(archive: ZipFile, found: Mapping[str, str], name: str) -> str | None:
    if not found.get(name) or archive.getinfo(name).file_size > LARGEST_LIST:
        return None
    return archive.read(name).decode(errors="replace")


def _files(manifest: Mapping[str, Any]) -> dict[str, str]:
    try:
        return {str(one["name"]): str(one["sha256"]) for one in manifest["files"]}
    except (KeyError, TypeError):
        return {}


def _rewritten(manifest: Mapping[str, Any], found: Mapping[str, str]) -> str:
    """The checksum of the sums as the manifest would have them."""
    listed = {**_files(manifest), MANIFEST: found[MANIFEST]}
    lines = (sum_line(Entry(name, 0, sha256)) for name, sha256 in listed.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


__all__ = ["NOTE", "WHOLE", "Fault", "UnreadableError", "Verdict", "verify"]
