"""What is in an office file: refused if it is active, else its text. Knows no Django.

Runs in the limited child.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat  # the gate has refused every DTD before a parser sees the part

from units.spreadsheets import gate
from units.spreadsheets.gate import RefusedError

_BODY = {
    "docx": re.compile(r"word/document\d*\.xml"),
    "xlsx": re.compile(r"xl/workbook\d*\.xml"),
}
_OTHER_FOLDERS = {"docx": ("xl/", "ppt/"), "xlsx": ("word/", "ppt/")}
_PROGRAM = re.compile(
    r"\.(?:exe|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|dll|msi|lnk|url|html?|php|swf|sct)$",
    re.IGNORECASE,
)
# On the reader's own machine: a drive, or a path without a host however that is written.
_LOCAL = re.compile(
    r"(?:file:///?)?[A-Z]:[\\/]|file:///(?![/\\%])|(?:[/\\](?![/\\%]))?[^/\\:%][^:]*$|[/\\]?$",
    re.IGNORECASE,
)
# A command, also spelt in codes of its letters.
_COMMAND = re.compile(r"\bDDE(?:AUTO)?\b|\bQUOTE(?:[\s\"]+\d{2,3}\b){3}", re.IGNORECASE)
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|\d+|[A-Z])')

_PROPERTIES = frozenset(["title", "subject", "keywords", "description", "category", "lpwstr"])
_MARGINS = frozenset(
    f"{page}{place}" for page in ("odd", "even", "first") for place in ("Header", "Footer")
)
_RUNS = frozenset(["t", "delText"])
_LINES = frozenset(["p", "si", "is", "comment", "br", "cr", "tab"]) | _PROPERTIES | _MARGINS


def check_office(data: bytes, key: str) -> str:
    """The text of a docx or xlsx, a paragraph or cell a line.

    Raises RefusedError if the file is not what its extension says, or does more than lie there.
    """
    names = gate.check_archive(data)
    if not any(map(_BODY[key].fullmatch, names)) or "[Content_Types].xml" not in names:
        raise RefusedError("mismatch")
    if any(name.startswith(_OTHER_FOLDERS[key]) for name in names):
        raise RefusedError("mismatch")
    if any(map(_PROGRAM.search, names)):
        raise RefusedError("active_content")
    gate.check_contents(data)
    return "\n".join(_lines(data))


def _lines(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                part = _Part()
                try:
                    part.read(archive.read(name))
                except expat.ExpatError as error:
                    raise RefusedError("damaged") from error
                yield "".join(part.pieces)


class _Part:
    """Collects the words of one XML part, and refuses commands and distant parts."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._collecting = ""
        self._field: list[str] = []
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, xml: bytes) -> None:
        self._parser.Parse(xml, True)
        self._end_field()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in _RUNS or name in _PROPERTIES or name in _MARGINS or name == "instrText":
            self._collecting = name
        elif name == "sheet":
            self.pieces.append(f"\n{attributes.get('name', '')}\n")
        elif name == "fldChar":
            self._enter_field(attributes)
        elif name == "fldSimple":
            _refuse_commands("".join(attributes.values()))
        elif name == "Relationship":
            _refuse_distant(attributes)

    def _end(self, tag: str) -> None:
        self._collecting = ""
        if tag.rpartition(":")[2] in _LINES:
            self.pieces.append("\n")

    def _text(self, text: str) -> None:
        if self._collecting == "instrText":
            self._field.append(text)
        elif self._collecting in _MARGINS:
            self.pieces.append(_HEADER_CODE.sub("\n", text))
        elif self._collecting:
            self.pieces.append(text)

    def _enter_field(self, attributes: dict[str, str]) -> None:
        """A field's code may be cut into runs, and into fields within: it is judged as a whole."""
        kinds = [value for key, value in attributes.items() if key.endswith("fldCharType")]
        self._depth += kinds.count("begin") - kinds.count("end")
        if self._depth <= 0:
            self._end_field()

    def _end_field(self) -> None:
        _refuse_commands("".join(self._field))
        self._field, self._depth = [], 0


def _refuse_commands(field: str) -> None:
    if _COMMAND.search(field):
        raise RefusedError("active_content")


def _refuse_distant(attributes: dict[str, str]) -> None:
    """A hyperlink waits to be clicked; anything else from elsewhere is fetched when opened."""
    if attributes.get("TargetMode") != "External":
        return
    is_link = attributes.get("Type", "").endswith("/hyperlink")
    if not is_link and not _LOCAL.match(attributes.get("Target", "")):
        raise RefusedError("external_parts")
