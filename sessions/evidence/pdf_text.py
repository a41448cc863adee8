"""The words a PDF prints, as far as its fonts say which. Knows no Django.

Enough to find the mark of a classified paper; a scan without a text layer has none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

Objects = Mapping[int, tuple[bytes, bytes]]

MAX_PARENTS = 20
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R")
_FONTS = re.compile(rb"/Font\s*(?:<<(.*?)>>|(\d+)\s+\d+\s+R)", re.DOTALL)
_FONT_NAME = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
_RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+\d+\s+R")
_PARENT = re.compile(rb"/Parent\s+(\d+)\s+\d+\s+R")
_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R)")
_TO_UNICODE = re.compile(rb"/ToUnicode\s+(\d+)\s+\d+\s+R")
_ENCODING = re.compile(rb"/Encoding\s*/([\w-]+)")
_TYPE0 = re.compile(rb"/Subtype\s*/Type0\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_CODE_SPACE = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_CODECS = (("UCS2", "utf-16-be"), ("UTF16", "utf-16-be"), ("GBK", "gb18030"), ("GB-", "gb2312"))
_TOKEN = re.compile(
    rb"\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*+\))*+\)|<[0-9A-Fa-f\s]*>|/[^\s/<>\[\](){}%]*"
    rb"|[-+]?(?:\d+\.?\d*|\.\d+)|[A-Za-z'\"]+\*?",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_SHOWS = (b"Tj", b"TJ", b"'", b'"')


class Font(NamedTuple):
    """How codes become characters: by a table of codes ``width`` bytes long, or by a codec."""

    width: int = 1
    table: Mapping[int, str] = {}
    codec: str = ""

    def decoded(self, string: bytes) -> str:
        if self.codec:
            return string.decode(self.codec, "ignore")
        codes = (
            int.from_bytes(string[at : at + self.width]) for at in range(0, len(string), self.width)
        )
        if not self.table:
            return "".join(map(chr, codes)) if self.width == 1 else ""
        return "".join(self.table.get(code, "") for code in codes)


_PLAIN = Font()


def text_of(objects: Objects) -> str:
    """What all pages and forms print, a line of print a line."""
    fonts = {
        number: _font(head, objects) for number, (head, _) in objects.items() if b"Font" in head
    }
    named = dict(_page_fonts(objects))
    every: dict[bytes, int] = {}
    for head, _ in objects.values():
        every.update(_font_names(head, objects))
    pieces: list[str] = []
    for number, (head, stream) in objects.items():
        if b"Tj" not in stream and b"TJ" not in stream and b"Tf" not in stream:
            continue
        names = every | _names_in_reach(head, objects) | named.get(number, {})
        page = _Page({name: fonts.get(font, _PLAIN) for name, font in names.items()})
        page.read(stream)
        pieces.extend((*page.pieces, "\n"))
    return "".join(pieces)


def _page_fonts(objects: Objects) -> Iterator[tuple[int, dict[bytes, int]]]:
    """Number of a content stream → the fonts of its page."""
    for head, _ in objects.values():
        contents = _CONTENTS.search(head) if _PAGE.search(head) else None
        if contents is None:
            continue
        fonts = _names_in_reach(head, objects)
        for reference in _REFERENCE.findall(contents[1]):
            number = int(reference)
            listed = objects.get(number, (b"", b""))[0]
            for inner in _REFERENCE.findall(listed) if listed.strip().startswith(b"[") else ():
                yield int(inner), fonts
            yield number, fonts


def _names_in_reach(head: bytes, objects: Objects) -> dict[bytes, int]:
    """Font names of an object, of its resources and of the pages above; the nearest wins."""
    names: dict[bytes, int] = {}
    for _ in range(MAX_PARENTS):
        resources = _RESOURCES.search(head)
        parts = [head, objects.get(int(resources[1]), (b"", b""))[0]] if resources else [head]
        for part in parts:
            names = _font_names(part, objects) | names
        parent = _PARENT.search(head)
        if parent is None:
            break
        head = objects.get(int(parent[1]), (b"", b""))[0]
    return names


def _font_names(head: bytes, objects: Objects) -> dict[bytes, int]:
    names: dict[bytes, int] = {}
    for inline, number in _FONTS.findall(head):
        part = objects.get(int(number), (b"", b""))[0] if number else inline
        names.update((name, int(font)) for name, font in _FONT_NAME.findall(part))
    return names


def _font(head: bytes, objects: Objects) -> Font:
    width = 2 if _TYPE0.search(head) else 1
    if table := _TO_UNICODE.search(head):
        cmap = objects.get(int(table[1]), (b"", b""))[1]
        space = _CODE_SPACE.search(cmap)
        return Font(len(space[1]) // 2 or 1 if space else width, dict(_mapped(cmap)))
    encoding = _ENCODING.search(head)
    name = encoding[1].decode() if encoding else ""
    codec = next((codec for sign, codec in _CODECS if sign in name), "")
    return Font(width, {}, codec)


def _mapped(cmap: bytes) -> Iterator[tuple[int, str]]:
    for kind, body in _SECTION.findall(cmap):
        if kind == b"bfchar":
            yield from ((int(code, 16), _characters(text)) for code, text in _CHAR.findall(body))
            continue
        for first, last, text, listed in _RANGE.findall(body):
            start, count = int(first, 16), min(int(last, 16) - int(first, 16) + 1, 0x10000)
            if listed:
                texts: Iterable[str] = map(_characters, _HEX.findall(listed))
            else:
                begin = _characters(text)
                texts = (begin[:-1] + chr(ord(begin[-1]) + i) for i in range(count) if begin)
            yield from zip(range(start, start + count), texts, strict=False)


def _characters(digits: bytes) -> str:
    clean = b"".join(digits.split())
    return bytes.fromhex(clean[: len(clean) // 4 * 4].decode()).decode("utf-16-be", "ignore")


class _Page:
    """Runs through a content stream and keeps the strings it shows."""

    def __init__(self, fonts: Mapping[bytes, Font]) -> None:
        self.pieces: list[str] = []
        self._fonts = fonts
        self._font = _PLAIN
        self._height = self._shown_at = 0.0
        self._name = b""
        self._numbers: list[float] = []
        self._strings: list[bytes] = []

    def read(self, stream: bytes) -> None:
        for token in _TOKEN.findall(stream):
            if token[:1] in b"(<":
                self._strings.append(_string(token))
            elif token[:1] == b"/":
                self._name = token[1:]
            elif token[:1] in b"+-.0123456789":
                self._numbers.append(float(token))
            else:
                self._move(token)
                if token in _SHOWS:
                    self._show()
                self._numbers, self._strings = [], []

    def _move(self, operator: bytes) -> None:
        """Takes the font, and the height on the page at which the next string stands."""
        if operator == b"Tf":
            self._font = self._fonts.get(self._name, _PLAIN)
        elif operator == b"Tm" and len(self._numbers) >= 6:
            self._height = self._numbers[-1]
        elif operator in (b"Td", b"TD") and self._numbers:
            self._height += self._numbers[-1]
        elif operator == b"BT":
            self._height = 0.0
        elif operator in (b"T*", b"'", b'"'):
            self._height -= 1

    def _show(self) -> None:
        if self._height != self._shown_at:
            self.pieces.append("\n")
        self._shown_at = self._height
        self.pieces.append(self._font.decoded(b"".join(self._strings)))


def _string(token: bytes) -> bytes:
    if token[:1] == b"<":
        digits = b"".join(token[1:-1].split()).decode()
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return _ESCAPED.sub(_unescaped, token[1:-1])


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) % 256])
    if code in (b"\n", b"\r", b"\r\n"):
        return b""
    return _CONTROLS.get(code, code)
