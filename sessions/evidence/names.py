"""The user's name for a file, made safe to keep, to show and to put into a header."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_LENGTH = 120
MAX_EXTENSION = 16
_UNSAFE = re.compile(r'[<>:"|?*&;`$%\\/\x00]')
_BLANKS = re.compile(r"\s+")


def split_name(raw: str) -> tuple[str, str]:
    """Stem and extension (lower case, with its dot) of whatever a browser calls a file.

    Folders, control characters and marks that turn the direction of writing are dropped, so that
    the extension shown is the one that counts. The stem is never empty and fits any file system
    together with the extension: 84 Chinese characters are 252 bytes.
    """
    last = raw.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(char for char in last if _is_plain(char))
    shown = _BLANKS.sub(" ", _UNSAFE.sub("_", unicodedata.normalize("NFC", shown))).strip(" .")
    path = PurePosixPath(shown or "_")
    extension = unicodedata.normalize("NFKC", path.suffix).lower()[:MAX_EXTENSION]
    stem = (path.name[: -len(path.suffix)] if path.suffix else path.name).strip(" .")
    return (stem or "_")[: MAX_LENGTH - len(extension)], extension


def _is_plain(char: str) -> bool:
    """No control, format (bidi, zero width), surrogate or unassigned character."""
    return char == " " or unicodedata.category(char)[0] != "C"
