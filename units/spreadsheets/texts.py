"""Text as clerks type it, made comparable."""

import re
import unicodedata
from datetime import date, datetime, time

from units.spreadsheets.reader import Value

_SPACES = re.compile(r"\s+")
_TITLE_DECORATION = re.compile(r"[*※:：★]")
_BRACKETS = re.compile(r"\([^()]*\)$")
QUOTED_LENGTH = 40
NOTHING = frozenset(
    ["", "无", "—", "-", "－", "–", "——", "--", "/", "\\", "暂无", "没有", "空", "〇"]
)


def plain(value: Value) -> str:
    """Any cell as one line of text with full-width digits, letters and signs folded."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", str(value))).strip()


def prose(value: Value) -> str:
    """Running text as typed, without surrounding blanks; full-width punctuation is kept."""
    if isinstance(value, str):
        lines = (_SPACES.sub(" ", line).strip() for line in value.splitlines())
        return "\n".join(line for line in lines if line)
    return plain(value)


def squeezed(value: Value) -> str:
    """``plain`` without any blanks: how short words are compared."""
    return plain(value).replace(" ", "")


def quoted(value: Value) -> str:
    """The value as a sentence quotes it: one line, and not a whole page."""
    text = plain(value)
    return text if len(text) <= QUOTED_LENGTH else f"{text[:QUOTED_LENGTH]}…"


def is_nothing(value: Value) -> bool:
    """Blank, a dash, 无: the clerk says there is none."""
    return squeezed(value) in NOTHING


def title_forms(value: Value) -> tuple[str, ...]:
    """What a column title may be matched by: as it stands, and without a trailing bracket."""
    text = _TITLE_DECORATION.sub("", squeezed(value))
    short = _BRACKETS.sub("", text)
    return (text,) if short == text else (text, short)
