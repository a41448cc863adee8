"""Handing a workbook out."""

import io

from django.http import FileResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel cannot open a file whose name has more than 207 characters, most file systems take no
# name of more than 255 bytes, and a Chinese character takes three of them.
LONGEST_NAME = 207
LONGEST_NAME_BYTES = 240
_NOT_IN_A_NAME = frozenset('\\/:*?"<>|')


def safe_name(name: str, ending: str = ".xlsx") -> str:
    """A file's name that every disk and Excel take: what no name can hold becomes ``_``, and of one
    that is too long the end before ``ending`` is cut.
    """
    stem = "".join(
        "_" if sign in _NOT_IN_A_NAME or not sign.isprintable() else sign
        for sign in name.removesuffix(ending)
    )
    room = LONGEST_NAME_BYTES - len(ending.encode())
    kept = stem.strip(" .").encode()[:room].decode(errors="ignore")
    return kept[: LONGEST_NAME - len(ending)] + ending


def workbook_response(data: bytes, name: str) -> FileResponse:
    """The file as a download under a name that is safe on every disk."""
    return FileResponse(
        io.BytesIO(data), as_attachment=True, filename=safe_name(name), content_type=XLSX
    )
