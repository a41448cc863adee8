"""The kinds of files that are taken, known by extension and by first bytes. Knows no Django."""

from typing import NamedTuple

MAX_BYTES = 20 * 1024 * 1024


class Format(NamedTuple):
    key: str
    extensions: tuple[str, ...]
    magic: bytes
    media_type: str


_OOXML = "application/vnd.openxmlformats-officedocument"
FORMATS = (
    Format("docx", (".docx",), b"PK\x03\x04", f"{_OOXML}.wordprocessingml.document"),
    Format("xlsx", (".xlsx",), b"PK\x03\x04", f"{_OOXML}.spreadsheetml.sheet"),
    Format("pdf", (".pdf",), b"%PDF-", "application/pdf"),
    Format("jpg", (".jpg", ".jpeg"), b"\xff\xd8\xff", "image/jpeg"),
    Format("png", (".png",), b"\x89PNG\r\n\x1a\n", "image/png"),
)
OLD_EXTENSIONS = frozenset([".doc", ".xls", ".wps", ".et", ".rtf", ".docm", ".xlsm", ".xlsb"])
PHONE_EXTENSIONS = frozenset([".heic", ".heif", ".webp", ".bmp", ".gif", ".tif", ".tiff"])
EXTENSIONS = tuple(extension for one in FORMATS for extension in one.extensions)
IMAGES = frozenset(["jpg", "png"])


def by_extension(extension: str) -> Format | None:
    return next((one for one in FORMATS if extension.lower() in one.extensions), None)


def by_key(key: str) -> Format:
    return next(one for one in FORMATS if one.key == key)
