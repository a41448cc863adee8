"""What a workbook must be before any parser may see it.

Plain standard library: the reading child runs this without Django. ``check_container`` looks at
the archive's directory only and is safe in a web process; ``check_contents`` unpacks every member
once, in pieces, and belongs in the child.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

MAX_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 500
MAX_UNPACKED = 64 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 256
MAX_MERGED_CELLS = 500_000
# A style on whole rows or columns writes many empty cells; only this many may be unpacked.
MAX_CELL_TAGS = 2_000_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_DIRECTORY = b"PK\x05\x06"
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ACTIVE_PARTS = ("vbaproject", "macrosheets/", "externallinks/", "embeddings/", "activex/")
_CHUNK = 1024 * 1024
_UNZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)

_WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
_BINARY = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|wdp|ico|bin|data)$", re.IGNORECASE)
# Cells right of column IV: few in an honest sheet, so that the scan stays quick.
_FAR_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"'](?:[A-Z]{3,}|[J-Z][A-Z]|I[W-Z])[0-9]+[\"']([^>]*)>(</)?"
)
_FAR_HINTS = tuple(
    re.compile(rb" r=" + quote + rb"(?:[A-Z]{3,}|[J-Z][A-Z]|I[W-Z])[0-9]") for quote in (b'"', b"'")
)
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,4})([0-9]{1,9}):([A-Z]{1,4})([0-9]{1,9})[\"']"
)
_BROKEN_FORMULA_SIGNS = (b't="e"', b"</f></c>", b"</f><v></v>", b"</f><v/>", b"</f><v />")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']")


class RefusedError(Exception):
    """The file is not taken; ``code`` says why, ``details`` fill in the sentence."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def check_container(data: bytes) -> None:
    """Refuse by size, signature and directory; nothing is unpacked.

    Raises RefusedError.
    """
    _check_kind(check_archive(data))


def check_archive(data: bytes) -> set[str]:
    """The same for an office file of any kind; returns the names of its members.

    Raises RefusedError.
    """
    if len(data) > MAX_BYTES:
        raise RefusedError("too_big", limit=MAX_BYTES // (1024 * 1024))
    if data.startswith(_OLE):
        raise RefusedError("encrypted" if _ENCRYPTED_STREAM in data else "old_format")
    if not data.startswith(_ZIP):
        raise RefusedError("empty" if not data else "not_xlsx")
    with _opened(data) as archive:
        entries = archive.infolist()
        _check_entries(entries)
        _check_layout(data, entries)
        return {entry.filename for entry in entries}


def check_contents(data: bytes) -> list[str]:
    """Unpack every member once and refuse lies about size, DTDs, and cells beyond all reason.

    Returns the members in which formulas may stand without a result. Raises RefusedError.
    """
    suspects = []
    with _opened(data) as archive:
        for entry in archive.infolist():
            scan = _Scan(entry.filename)
            try:
                for window in _windows(archive, entry):
                    scan.feed(window)
            except (
                zipfile.BadZipFile,
                EOFError,
                OSError,
                ValueError,
                NotImplementedError,
            ) as error:
                raise RefusedError("damaged") from error
            scan.close()
            if scan.has_broken_formulas:
                suspects.append(entry.filename)
    return suspects


def _opened(data: bytes) -> zipfile.ZipFile:
    if data[-22:-18] != _END_OF_DIRECTORY:
        # Truncated, or something was appended so that two readers may see two archives.
        raise RefusedError("damaged")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _UNZIP_ERRORS as error:
        raise RefusedError("damaged") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise RefusedError("too_many_parts", limit=MAX_ENTRIES)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise RefusedError("bomb", limit=MAX_UNPACKED // (1024 * 1024))
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if entry.flag_bits & 0x1:
            raise RefusedError("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusedError("damaged")
        key = name.lower()
        if key in seen or _suspicious(name):
            raise RefusedError("bad_parts")
        seen.add(key)
        if any(part in key for part in _ACTIVE_PARTS):
            raise RefusedError("active_content")


def _suspicious(name: str) -> bool:
    return (
        not name
        or name.startswith("/")
        or any(char in name for char in "\\:\0")
        or ".." in name.split("/")
    )


def _check_layout(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Local headers must say what the directory says, and members may not share bytes."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        start = entry.header_offset
        header = data[start : start + _LOCAL_HEADER.size]
        if start < end or len(header) < _LOCAL_HEADER.size:
            raise RefusedError("damaged")
        fields = _LOCAL_HEADER.unpack(header)
        name_length, extra_length = fields[9], fields[10]
        if fields[0] != _ZIP or fields[3] != entry.compress_type or fields[2] & 0x1:
            raise RefusedError("damaged")
        # With a data descriptor the local sizes are zero, in a ZIP64 member all ones.
        sizes = {fields[7] or entry.compress_size, fields[8] or entry.file_size}
        if sizes - {entry.compress_size, entry.file_size, 0xFFFFFFFF}:
            raise RefusedError("damaged")
        end = start + _LOCAL_HEADER.size + name_length + extra_length + entry.compress_size
    if end > len(data):
        raise RefusedError("damaged")


def _check_kind(names: set[str]) -> None:
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise RefusedError("other_document")
    if "xl/workbook.bin" in names:
        raise RefusedError("old_format")
    if "[Content_Types].xml" not in names or not any(map(_WORKBOOK.fullmatch, names)):
        raise RefusedError("not_xlsx")


def _windows(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's bytes in pieces that overlap, so that no tag is cut unseen.

    zipfile stops at the declared size and then finds the checksum wrong: a lying header never
    unpacks more than it admits.
    """
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            cut = chunk.rfind(b"</row>")
            if cut <= 0:
                cut = chunk.rfind(b"<")
            if cut <= 0:
                cut = len(chunk)
            yield tail + chunk[:cut]
            tail = chunk[cut:]
    if tail:
        yield tail


class _Scan:
    """Looks through one member for what an honest workbook never holds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells = 0
        self.merged = 0
        self.started = False
        self.has_broken_formulas = False

    def feed(self, window: bytes) -> None:
        if _BINARY.search(self.name):
            return
        if not self.started:
            self.started = True
            self._check_declaration(window[:200])
        if b"\0" in window or b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise RefusedError("unsafe_xml")
        if self.name == "[Content_Types].xml" and b"macroEnabled" in window:
            raise RefusedError("active_content")
        self._check_cells(window)
        if not self.has_broken_formulas:
            self.has_broken_formulas = any(sign in window for sign in _BROKEN_FORMULA_SIGNS)

    def close(self) -> None:
        if self.merged > MAX_MERGED_CELLS:
            raise RefusedError("merged_too_far")

    @staticmethod
    def _check_declaration(start: bytes) -> None:
        encoding = _ENCODING.search(start)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or (
            encoding and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii")
        ):
            raise RefusedError("unsafe_xml")

    def _check_cells(self, window: bytes) -> None:
        self.cells += window.count(b"<c ") + window.count(b":c ")
        if any(hint.search(window) for hint in _FAR_HINTS):
            for match in _FAR_CELL.finditer(window):
                style_only = match[1].endswith(b"/") or match[2]
                if not style_only:  # a style without a value harms nobody, however far out
                    raise RefusedError("too_wide", columns=MAX_COLUMNS)
        if self.cells > MAX_CELL_TAGS:
            raise RefusedError("bomb", limit=MAX_UNPACKED // (1024 * 1024))
        if b"mergeCell" not in window:
            return
        for match in _MERGE.finditer(window):
            left, top, right, bottom = match.groups()
            width = column_number(right.decode()) - column_number(left.decode()) + 1
            self.merged += max(width, 0) * max(int(bottom) - int(top) + 1, 0)


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
