"""A ZIP written from its first byte to its last, with a manifest of every file in it.

Nothing is compressed: scans, photos and office files are in themselves, and a compressed member
has bits that no checksum covers. Of what went by only names and checksums are kept, on disk:
memory stays flat. Only this module knows `zipstream`.

The manifest is two files. ``manifest.json`` says what the archive is and lists the files, what
could not be put in and what lies on paper only. ``SHA256SUMS.txt`` has a line for each file,
the manifest among them, as `sha256sum --check` reads them; its own SHA-256, the archive's
checksum, is in the ZIP's comment and in the portal.
"""

import hashlib
import json
import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from zipfile import ZIP_STORED

from zipstream import ZipStream

FORMAT = "centre-group-archive"
VERSION = 1
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS.txt"
COMMENT = "SHA-256 of SHA256SUMS.txt: "
CHUNK = 256 * 1024


class ChangedError(OSError):
    """A file on disk changed while it was being read: what was sent so far is worth nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the archive. Its size is in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece that is on record and not in the archive; `about` is the session or paper."""

    about: str
    kind: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Something that lies on paper only, and where."""

    about: str
    kind: str
    name: str
    place: str


class Pack:
    """One archive being written. To be used in a `with` block; each method yields the ZIP's bytes.

    `head` says in plain values what the archive is; it opens the manifest. `files`, `size` (bytes
    unpacked), the `last` file and, once it is closed, `checksum` are for whoever hands it out.
    """

    def __init__(self, head: Mapping[str, Any]) -> None:
        self.files = 0
        self.size = 0
        self.checksum = ""
        self.last = Entry("", 0, "")
        self.left_out: list[LeftOut] = []
        self.on_paper: list[OnPaper] = []
        self._head = dict(head)
        self._zip = ZipStream(compress_type=ZIP_STORED)
        self._noted: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  until __exit__

    def __enter__(self) -> "Pack":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._noted.close()

    @property
    def entries(self) -> Iterator[Entry]:
        """What was put in so far. Not to be read while something is being put in."""
        self._noted.seek(0)
        for line in self._noted:
            yield Entry(**json.loads(line))
        self._noted.seek(0, 2)

    def put(self, name: str, data: bytes) -> Iterator[bytes]:
        """A file made here."""
        yield from self._send(name, [data], len(data))

    def put_stored(self, name: str, path: Path, *, size: int, sha256: str) -> Iterator[bytes]:
        """A file on disk, if it is what it was when it was taken in: else see `flaw`.

        Raises ChangedError if it becomes another one meanwhile.
        """
        entry = yield from self._send(name, _chunks(path), size)
        if (entry.size, entry.sha256) != (size, sha256):
            raise ChangedError(f"changed while it was read: {path.name}")

    def close(self) -> Iterator[bytes]:
        """Manifest and end of the archive."""
        entry = yield from self._send(MANIFEST, self._manifest(), None, is_noted=False)
        sums = (sum_line(one).encode() for one in chain(self.entries, [entry]))
        last = yield from self._send(SUMS, sums, None, is_noted=False)
        self.checksum = last.sha256
        self._zip.comment = COMMENT + last.sha256
        yield from self._zip.footer()

    def _manifest(self) -> Iterator[bytes]:
        """JSON, a file a line, so that people can read it and it need not stand in memory."""
        head = {"format": FORMAT, "version": VERSION, **self._head}
        tail = {
            "files_total": self.files,
            "size_total": self.size,
            "not_in_archive": [asdict(one) for one in self.left_out],
            "on_paper": [asdict(one) for one in self.on_paper],
        }
        yield _json(head)[:-2].encode() + b',\n "files": ['
        between = b"\n  "
        for entry in self.entries:
            yield between + json.dumps(asdict(entry), ensure_ascii=False).encode()
            between = b",\n  "
        yield b"\n ],\n" + _json(tail)[2:].encode()

    def _send(
        self, name: str, chunks: Iterable[bytes], size: int | None, *, is_noted: bool = True
    ) -> Generator[bytes, None, Entry]:
        gauge = _Gauge(chunks)
        self._zip.add(iter(gauge), name, size=size)
        yield from self._zip.all_files()
        entry = self.last = Entry(name, gauge.size, gauge.sha256)
        if is_noted:
            self.files += 1
            self.size += entry.size
            self._noted.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
        return entry


def sum_line(entry: Entry) -> str:
    """As `sha256sum` writes it for a file read in binary."""
    return f"{entry.sha256}  {entry.name}\n"


def flaw(path: Path, *, size: int, sha256: str) -> str:
    """What is wrong with a file on disk: ``missing``, ``damaged``; empty if it is whole."""
    try:
        if path.stat().st_size != size:
            return "damaged"
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "damaged"
    return "" if found == sha256 else "damaged"


class _Gauge:
    """Measures bytes as they go by."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self._sum = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._sum.update(chunk)
            self.size += len(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1)
