"""Handing a workbook out."""

import io

from django.http import FileResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel opens no file whose name is longer than 207 characters; most file systems end at 255 bytes.
LONGEST_NAME_BYTES = 240
_NOT_IN_A_NAME = frozenset('\\/:*?"<>|')


def safe_name(name: str, ending: str = ".xlsx") -> str:
    """A file's name that every disk and Excel take: what no name can hold becomes ``_``."""
    stem = "".join(
        "_" if sign in _NOT_IN_A_NAME or not sign.isprintable() else sign
        for sign in name.removesuffix(ending)
    )
    room = LONGEST_NAME_BYTES - len(ending)
    return stem.strip(" .").encode()[:room].decode(errors="ignore") + ending


def workbook_response(data: bytes, name: str) -> FileResponse:
    """The file as a download under a name that is safe on every disk."""
    return FileResponse(
        io.BytesIO(data), as_attachment=True, filename=safe_name(name), content_type=XLSX
    )
