"""The examining child: a format's key and a file in; a verdict and the clean file out.

Runs behind `units.spreadsheets.sandbox`, without Django's settings.
"""

import json
from typing import Any

from sessions.evidence.formats import IMAGES
from sessions.evidence.images import clean_image
from sessions.evidence.office import check_office
from sessions.evidence.pdf import check_pdf
from sessions.screening import find_mark
from units.spreadsheets.gate import RefusedError

MAX_TEXT = 10_000_000


def main(data: bytes) -> bytes:
    """First line in: the format's key. First line out: JSON with ``refused`` or ``mark``."""
    key, _, file = data.partition(b"\n")
    clean = b""
    try:
        mark, clean = _examine(key.decode(), file)
        verdict: dict[str, Any] = {"mark": mark}
    except RefusedError as refused:
        verdict = {"refused": refused.code, "details": refused.details}
    return json.dumps(verdict, ensure_ascii=False).encode() + b"\n" + clean


def _examine(key: str, file: bytes) -> tuple[str, bytes]:
    """The mark found in the file's text, and for an image the redrawn file."""
    if key in IMAGES:
        return "", clean_image(file, key)
    text = check_pdf(file) if key == "pdf" else check_office(file, key)
    if len(text) > MAX_TEXT:
        raise RefusedError("too_heavy")
    return find_mark(text), b""
