"""What is in a PDF: refused if it is active, locked or hides something, else its text.

Reads the objects themselves, as far as saying no takes; draws nothing. Knows no Django.
"""

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from sessions.evidence.pdf_text import text_of
from units.spreadsheets.gate import RefusedError

MAX_UNPACKED = 64 * 1024 * 1024

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b")
_BODY_END = re.compile(rb">>\s*stream(?:\r\n|\n|\r)|\bendobj\b")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_PREDICTOR = re.compile(rb"/Predictor\s+(?:[2-9]|1\d)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_PAGE = re.compile(rb"/Type\s*/Pages?\b")
_NO_TEXT = re.compile(rb"/Subtype\s*/Image\b|/Length1\b|/FontFile|/Type\s*/(?:XRef|Metadata)\b")
_AFTER_END = b" \t\r\n\0\x1a"


def _name(word: str) -> bytes:
    """A name as a PDF may spell it: each character itself or its code."""
    return b"".join(rb"(?:%c|#%02x|#%02X)" % (ord(c), ord(c), ord(c)) for c in word)


_ACTIVE = re.compile(
    b"/(?:" + b"|".join(map(_name, ("JavaScript", "Launch", "RichMedia", "ImportData"))) + b")"
)
_CARRIES = re.compile(b"/" + _name("EmbeddedFile"))
# Short names could stand anywhere by chance: they are looked for outside of streams only.
_FORM_SCRIPT = re.compile(rb"/(?:XFA|JS|SubmitForm)\b")
_LOCKED = re.compile(rb"/Encrypt\b")


class PdfObject(NamedTuple):
    """One object: what precedes the stream, and the stream as stored (None without one)."""

    number: int
    head: bytes
    stream: bytes | None


def check_pdf(data: bytes) -> str:
    """The text layer, a line of print a line. Raises RefusedError."""
    end = data.rfind(b"%%EOF")
    if end < 0 or data[end + 5 :].strip(_AFTER_END):
        raise RefusedError("damaged")
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise RefusedError("mismatch")  # two readers would see two files
    if _ACTIVE.search(data):
        raise RefusedError("pdf_active")
    if _CARRIES.search(data):
        raise RefusedError("pdf_carries_files")
    objects = _all_objects(data)
    return text_of(objects)


def _all_objects(data: bytes) -> dict[int, tuple[bytes, bytes]]:
    """Number → head and unpacked stream (empty without one) of all objects, packed ones too."""
    budget = _Budget()
    found: dict[int, tuple[bytes, bytes]] = {}
    outside = [data[data.rfind(b"trailer") :]] if b"trailer" in data else []
    for one in _objects(data):
        head = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), one.head)
        outside.append(head)
        unpacked = b""
        if one.stream is not None and _OBJECT_STREAM.search(head):
            packed = budget.unpacked(head, one.stream)
            if packed is None:
                raise RefusedError("pdf_unusual")
            _refuse_active(packed)
            outside.append(packed)
            found.update(_packed_objects(head, packed))
        elif one.stream is not None and not _NO_TEXT.search(head):
            unpacked = budget.unpacked(head, one.stream) or b""
        found[one.number] = (head, unpacked)
    dictionaries = b"\n".join(outside)
    _refuse_active(dictionaries)
    if _LOCKED.search(dictionaries):
        raise RefusedError("encrypted")
    if not _PAGE.search(dictionaries):
        raise RefusedError("damaged")
    return found


def _refuse_active(dictionaries: bytes) -> None:
    if _ACTIVE.search(dictionaries) or _FORM_SCRIPT.search(dictionaries):
        raise RefusedError("pdf_active")
    if _CARRIES.search(dictionaries):
        raise RefusedError("pdf_carries_files")


def _objects(data: bytes) -> Iterator[PdfObject]:
    at = 0
    while start := _OBJECT.search(data, at):
        number = int(start[1])
        stop = _BODY_END.search(data, start.end())
        if stop is None:
            yield PdfObject(number, data[start.end() :], None)
            return
        head = data[start.end() : stop.start() + 2]
        if stop[0] == b"endobj":
            yield PdfObject(number, head, None)
            at = stop.end()
            continue
        at = _stream_end(data, stop.end(), head)
        yield PdfObject(number, head, data[stop.end() : at])


def _stream_end(data: bytes, start: int, head: bytes) -> int:
    length = _LENGTH.search(head)
    if length:
        end = start + int(length[1])
        if data[end : end + 16].lstrip().startswith(b"endstream"):
            return end
    end = data.find(b"endstream", start)
    return end if end >= 0 else len(data)


def _packed_objects(head: bytes, packed: bytes) -> dict[int, tuple[bytes, bytes]]:
    first = re.search(rb"/First\s+(\d+)", head)
    if first is None:
        raise RefusedError("pdf_unusual")
    start = int(first[1])
    numbers = [int(word) for word in packed[:start].split() if word.isdigit()]
    places = [start + place for place in numbers[1::2]] + [len(packed)]
    return {
        number: (packed[places[i] : places[i + 1]], b"")
        for i, number in enumerate(numbers[0 : 2 * (len(places) - 1) : 2])
    }


class _Budget:
    """Unpacks streams, and never more than a file may hold altogether."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED

    def unpacked(self, head: bytes, stream: bytes) -> bytes | None:
        """The stream's bytes; None if it is packed in a way that holds no text."""
        if _PREDICTOR.search(head):
            return None
        match = _FILTERS.search(head)
        for name in re.findall(rb"/(\w+)", match[1]) if match else ():
            try:
                if name in (b"FlateDecode", b"Fl"):
                    stream = self._inflated(stream)
                elif name in (b"ASCII85Decode", b"A85"):
                    stream = base64.a85decode(stream.split(b"~>")[0])
                elif name in (b"ASCIIHexDecode", b"AHx"):
                    stream = binascii.unhexlify(b"".join(stream.split(b">")[0].split()))
                else:
                    return None
            except (zlib.error, ValueError):
                return None
        return stream

    def _inflated(self, stream: bytes) -> bytes:
        engine = zlib.decompressobj()
        data = engine.decompress(stream, self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise RefusedError("bomb", limit=MAX_UNPACKED // (1024 * 1024))
        return data
