"""Names inside an archive: such as every disk takes, and no two that one of them takes for one."""

import unicodedata

LONGEST_PATH = 200
"""Characters from the archive's root; Windows allows 260 with the folder it is unpacked in."""
LONGEST_PART = 80
"""Characters between two slashes: 80 Chinese ones are 240 of the 255 bytes a disk takes."""
LONGEST_ENDING = 10
_UNSAFE = frozenset('\\/:*?"<>|')
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))]
)


def safe_part(text: str, *, room: int = LONGEST_PART) -> str:
    """One part of a path: no folder, no control or direction mark, no device of Windows.

    Never empty, never ``.`` or ``..``, at most `room` characters, 240 bytes.
    """
    shown = "".join(
        "_" if sign in _UNSAFE or not sign.isprintable() else sign
        for sign in unicodedata.normalize("NFC", text)
    )
    cut = shown.strip(" .")[:room].encode()[: LONGEST_PART * 3].decode(errors="ignore").strip(" .")
    if cut.partition(".")[0].strip().upper() in _DEVICES:
        cut = f"_{cut}"
    return cut or "_"


def split(name: str) -> tuple[str, str]:
    """Stem and ending (with its dot) of a file's name; what is long is no ending."""
    stem, dot, ending = name.rpartition(".")
    if stem and dot and 0 < len(ending) < LONGEST_ENDING and ending.isalnum():
        return stem, f".{ending}"
    return name, ""


class Names:
    """Gives out each path once, also for disks that do not tell capitals from small letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def folder(self, title: str, *, inside: str = "") -> str:
        """A new folder; the path ends with a slash."""
        return self._free(inside, title, "/", LONGEST_PART)

    def file(self, name: str, *, inside: str = "") -> str:
        """A new file in the folder (a path this object gave out, or the root)."""
        stem, ending = split(name)
        return self._free(inside, stem, safe_part(ending) if ending else "", LONGEST_PART)

    def _free(self, inside: str, stem: str, ending: str, room: int) -> str:
        ending = ending if ending in ("", "/") or ending.startswith(".") else f".{ending}"
        number = 1
        while True:
            suffix = f"（{number}）" if number > 1 else ""
            left = min(room, LONGEST_PATH - len(inside)) - len(suffix) - len(ending)
            path = f"{inside}{safe_part(stem, room=max(left, 1))}{suffix}{ending}"
            key = unicodedata.normalize("NFC", path).casefold()
            if key not in self._taken:
                self._taken.add(key)
                return path
            number += 1
