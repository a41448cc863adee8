"""Whether a ZIP is laid out byte by byte as `packing` writes it. Knows no Django.

A member's own checksum covers its contents only. Here every byte around them is accounted for:
headers agree with the directory, nothing lies in between, and the end says what is there.
"""

import struct
from collections.abc import Iterator
from typing import IO, NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_LOCAL = struct.Struct("<4sBBHHHHLLLHH")
_CENTRAL = struct.Struct("<4sBBBBHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_END64 = struct.Struct("<4sQHHLLQQQQ")
_LOCATOR64 = struct.Struct("<4sLQL")
_LIMIT = (1 << 31) - 1
_MANY = 0xFFFF
_ALL = 0xFFFFFFFF
_DESCRIBED, _UTF8 = 0x08, 0x800
_ATTRIBUTES = 0o600 << 16
_UNIX = 3
_PLAIN, _ZIP64 = 20, 45  # versions of the format

WHOLE = "（压缩包结构）"
"""What is named where the fault belongs to no member."""


def oddities(archive: ZipFile, file: IO[bytes]) -> Iterator[str]:
    """The names of members whose surroundings are not as written; `file` is the archive's own."""
    infos, place, entries = archive.infolist(), 0, []
    for info in infos:
        if info.header_offset != place:
            yield WHOLE
        file.seek(info.header_offset)
        found = _around(info, file)
        if found is None:
            yield info.orig_filename
            place = info.header_offset + _LOCAL.size + info.compress_size
            entries.append(_central(info, is_large=False))
        else:
            place = found.end
            entries.append(_central(info, is_large=found.is_large))
    if place != archive.start_dir:
        yield WHOLE
    file.seek(archive.start_dir)
    for info, entry in zip(infos, entries, strict=True):
        if file.read(len(entry)) != entry:
            yield info.orig_filename
    tail = _tail(len(infos), sum(map(len, entries)), archive.start_dir, archive.comment)
    if file.read() != tail:
        yield WHOLE


class _Around(NamedTuple):
    """Where a member ends, and whether its header has room for sizes of any length."""

    end: int
    is_large: bool


def _around(info: ZipInfo, file: IO[bytes]) -> _Around | None:
    """The member that starts at the file's place; None if it does not look as written."""
    head = file.read(_LOCAL.size)
    name = info.orig_filename.encode()
    for is_large in (False, True):
        extra = struct.pack("<HHQQ", 1, 16, 0, 0) if is_large else b""
        expected = _LOCAL.pack(
            b"PK\x03\x04", _ZIP64 if is_large else _PLAIN, 0, _flags(info), ZIP_STORED,
            _time(info), _date(info), 0, *([_ALL] * 2 if is_large else [0] * 2),
            len(name), len(extra),
        )  # fmt: skip
        if head == expected:
            break
    else:
        return None
    if file.read(len(name) + len(extra)) != name + extra:
        return None
    file.seek(info.compress_size, 1)
    told = struct.pack(
        "<4sLQQ" if is_large else "<4sLLL",
        b"PK\x07\x08", info.CRC, info.compress_size, info.file_size,
    )  # fmt: skip
    return _Around(file.tell(), is_large) if file.read(len(told)) == told else None


def _central(info: ZipInfo, *, is_large: bool) -> bytes:
    """The member's entry in the directory, as it was written."""
    name = info.orig_filename.encode()
    sizes = [info.file_size, info.compress_size]
    long = sizes if max(sizes) > _LIMIT else []
    far = [info.header_offset] if info.header_offset > _LIMIT else []
    more = [*long, *far]
    extra = struct.pack(f"<HH{len(more)}Q", 1, 8 * len(more), *more) if more else b""
    version = _ZIP64 if more or is_large else _PLAIN
    return (
        _CENTRAL.pack(
            b"PK\x01\x02", version, _UNIX, version, 0, _flags(info), ZIP_STORED,
            _time(info), _date(info), info.CRC,
            _ALL if long else info.compress_size, _ALL if long else info.file_size,
            len(name), len(extra), 0, 0, 0, _ATTRIBUTES,
            _ALL if far else info.header_offset,
        )
        + name
        + extra
    )  # fmt: skip


def _tail(count: int, size: int, offset: int, comment: bytes) -> bytes:
    """What stands behind the directory."""
    before = b""
    if count >= _MANY or offset > _LIMIT or size > _LIMIT:
        before = _END64.pack(
            b"PK\x06\x06", 44, _ZIP64, _ZIP64, 0, 0, count, count, size, offset
        ) + _LOCATOR64.pack(b"PK\x06\x07", 0, offset + size, 1)
    count, size, offset = min(count, _MANY), min(size, _ALL), min(offset, _ALL)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, len(comment))
    return before + end + comment


def _flags(info: ZipInfo) -> int:
    return _DESCRIBED | (0 if info.orig_filename.isascii() else _UTF8)


def _time(info: ZipInfo) -> int:
    return info.date_time[3] << 11 | info.date_time[4] << 5 | info.date_time[5] // 2


def _date(info: ZipInfo) -> int:
    return info.date_time[0] - 1980 << 9 | info.date_time[1] << 5 | info.date_time[2]
