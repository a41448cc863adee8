"""Files nobody sends in good faith, and files that are merely no workbooks."""

import struct
from collections.abc import Callable

from tests.units.spreadsheets.workbooks import (
    NUMBER,
    SHEET,
    make_workbook,
    parts_of,
    with_cells,
    with_parts,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEBIBYTE = 1024 * 1024
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{0}">{1}]><x>&a;</x>'


def _honest() -> bytes:
    return make_workbook([["a"]])


def _patched(data: bytes, signature: bytes, offset: int, value: int, size: str) -> bytes:
    """The number at an offset of every header with the signature, replaced."""
    patched = bytearray(data)
    at = patched.find(signature)
    while at >= 0:
        struct.pack_into(size, patched, at + offset, value)
        at = patched.find(signature, at + 4)
    return bytes(patched)


def _encrypted_entries() -> bytes:
    flagged = _patched(_honest(), b"PK\x03\x04", 6, 1, "<H")
    return _patched(flagged, b"PK\x01\x02", 8, 1, "<H")


def _duplicate() -> bytes:
    parts = list(parts_of(_honest()).items())
    return zipped([*parts, (SHEET.upper(), b"<x/>")])


def _lying_directory() -> bytes:
    """A member of 8 MB that admits to a thousand bytes, here and there."""
    data = zipped([*parts_of(_honest()).items(), ("xl/zeros.xml", b"<" + b"0" * 8 * MEBIBYTE)])
    real = struct.pack("<L", 8 * MEBIBYTE + 1)
    return data.replace(real, struct.pack("<L", 1000))


def _lying_local_header() -> bytes:
    return _patched(_honest(), b"PK\x03\x04", 22, 77, "<L")


def _overlapping() -> bytes:
    """All directory entries point at the first member's bytes."""
    return _patched(_honest(), b"PK\x01\x02", 42, 0, "<L")


def _bomb(unpacked: int) -> bytes:
    return with_parts(**{"xl/sharedStrings.xml": b"<sst>" + b" " * unpacked + b"</sst>"})


def _many_shared_references() -> bytes:
    """One long string, referred to so often that the cells together would fill the memory."""
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + "x" * 4 * MEBIBYTE
        + "</t></si></sst>"
    )
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 4001))
    parts: dict[str, bytes | str] = {
        "xl/sharedStrings.xml": shared,
        SHEET: parts_of(with_cells(cells))[SHEET],
    }
    return with_parts(**parts)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "a web page": (lambda: b"<html><table></table></html>", "not_xlsx"),
    "comma separated": (lambda: b"date,theme\n", "not_xlsx"),
    "xls or et": (lambda: OLE + b"\0" * 512 + "Workbook".encode("utf-16-le"), "old_format"),
    "with a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "encrypted entries": (_encrypted_entries, "encrypted"),
    "larger than 20 MB": (lambda: b"PK\x03\x04" + b"0" * 20 * MEBIBYTE, "too_big"),
    "cut short": (lambda: _honest()[:-100], "damaged"),
    "something appended": (lambda: _honest() + b"junk", "damaged"),
    "two directories": (lambda: zipped(parts_of(_honest()).items(), comment=b"PK"), "damaged"),
    "a zip of other things": (lambda: zipped([("a.txt", b"a")]), "not_xlsx"),
    "a text document": (lambda: zipped([("word/document.xml", b"<x/>")]), "other_document"),
    "a binary workbook": (lambda: with_parts(**{"xl/workbook.bin": b"x"}), "old_format"),
    "501 parts": (
        lambda: with_parts(**{f"xl/p{n}.xml": b"<x/>" for n in range(501)}),
        "too_many_parts",
    ),
    "65 MB unpacked": (lambda: _bomb(65 * MEBIBYTE), "bomb"),
    "a part that lies about its size": (_lying_directory, "damaged"),
    "a local header that lies": (_lying_local_header, "damaged"),
    "parts that share bytes": (_overlapping, "damaged"),
    "a part twice": (_duplicate, "bad_parts"),
    "a part above the folder": (lambda: with_parts(**{"../evil.xml": b"<x/>"}), "bad_parts"),
    "an absolute part": (lambda: with_parts(**{"/etc/passwd": b"x"}), "bad_parts"),
    "a part on a drive": (lambda: with_parts(**{"C:\\evil.xml": b"<x/>"}), "bad_parts"),
    "macros": (lambda: with_parts(**{"xl/vbaProject.bin": b"x"}), "active_content"),
    "macro sheets": (lambda: with_parts(**{"xl/macrosheets/s.xml": b"<x/>"}), "active_content"),
    "external links": (
        lambda: with_parts(**{"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "active_content",
    ),
    "embedded objects": (lambda: with_parts(**{"xl/embeddings/o.bin": b"x"}), "active_content"),
    "a macro content type": (
        lambda: with_parts(**{"[Content_Types].xml": b"<Types>macroEnabled</Types>"}),
        "active_content",
    ),
    "billion laughs": (
        lambda: with_parts(**{SHEET: DOCTYPE.format("lol", '<!ENTITY b "&a;&a;&a;">')}),
        "unsafe_xml",
    ),
    "a file of the machine": (
        lambda: with_parts(
            **{
                "xl/sharedStrings.xml": DOCTYPE.format("", "").replace(
                    'ENTITY a ""', 'ENTITY a SYSTEM "file:///etc/passwd"'
                )
            }
        ),
        "unsafe_xml",
    ),
    "a DTD in UTF-16": (
        lambda: with_parts(**{SHEET: DOCTYPE.format("x", "").encode("utf-16")}),
        "unsafe_xml",
    ),
    "a DTD in UTF-7": (
        lambda: with_parts(**{SHEET: b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE'}),
        "unsafe_xml",
    ),
    "a cell at the far corner": (
        lambda: with_cells(
            f'<row r="1">{NUMBER.format("A1")}</row>'
            f'<row r="1048576">{NUMBER.format("XFD1048576")}</row>'
        ),
        "too_wide",
    ),
    "a merge of the whole sheet": (
        lambda: with_cells("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "merged_too_far",
    ),
    "a million cells without addresses in one row": (
        lambda: with_cells("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>"),
        "too_wide",
    ),
    "three million cells": (
        lambda: with_cells('<row r="1">' + '<c r="A1"/>' * 3_000_000 + "</row>"),
        "bomb",
    ),
    "50,001 rows": (
        lambda: with_cells(
            "".join(f'<row r="{n}">{NUMBER.format(f"A{n}")}</row>' for n in range(1, 50_002))
        ),
        "too_many_rows",
    ),
    "a broken sheet": (lambda: with_parts(**{SHEET: b"<worksheet><sheetData><row"}), "damaged"),
    "a sheet that is missing": (
        lambda: zipped((n, c) for n, c in parts_of(_honest()).items() if n != SHEET),
        "damaged",
    ),
    "a long text in thousands of cells": (_many_shared_references, "too_heavy"),
}

HARMLESS: dict[str, Callable[[], bytes]] = {
    "a sheet that says it is larger than it is": lambda: with_cells(
        f'<row r="1">{NUMBER.format("A1")}</row>', '<dimension ref="A1:XFD1048576"/>'
    ),
    "styles to the far corner": lambda: with_cells(
        f'<row r="1">{NUMBER.format("A1")}</row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    ),
    "a title merged over all columns": lambda: with_cells(
        f'<row r="1">{NUMBER.format("A1")}</row>',
        '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>',
    ),
}
