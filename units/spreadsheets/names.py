"""Lists of names as ledgers write them, each with what stands in brackets or after a colon."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from units.spreadsheets.reader import Value
from units.spreadsheets.texts import NOTHING, plain

_SEPARATORS = "、,;/\n "
_GROUP_END = ";\n"
_BRACKETS = {"(": ")", "[": "]", "【": "】", "〔": "〕"}
_ORDINAL = re.compile(r"^\(?\d{1,2}[.)、]\s*")
_HEAD_COUNT = re.compile(r"(?:共|缺席|请假|缺勤)?\d+[人名]")
_NOBODY = NOTHING | {
    "无人",
    "全勤",
    "无缺席",
    "无请假",
    "无人请假",
    "无人缺席",
    "0",
    "0人",
    "全部到会",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the remark that goes with it (a post, a reason), either as typed."""

    name: str
    remark: str = ""


def read_names(value: Value, is_remark: Callable[[str], bool] = lambda _: False) -> list[Named]:
    """The people a cell lists; an empty list for 无, a dash or nothing.

    ``is_remark`` tells the words that are reasons and no names, so that 病假：李四、王五 and
    李四：病假 are both understood.
    """
    text = plain(value.replace("\n", ";") if isinstance(value, str) else value)
    return _people(text, is_remark, unfold=True)


def _people(text: str, is_remark: Callable[[str], bool], *, unfold: bool) -> list[Named]:
    """`unfold`: 3人（李四、王五） are the people in the brackets; once, for nobody nests counts."""
    if text.replace(" ", "") in _NOBODY:
        return []
    people: list[Named] = []
    heading = ""
    for token, separator in _joined_single_characters(list(_tokens(text))):
        name, remark = _split(token)
        if unfold and remark and _HEAD_COUNT.fullmatch(name):
            people.extend(_people(remark, is_remark, unfold=False))
            continue
        if remark and is_remark(name):
            name, remark, heading = remark, name, name
        if name and name.replace(" ", "") not in _NOBODY:
            people.append(Named(name, remark or heading))
        if separator in _GROUP_END:
            heading = ""
    return people


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """The pieces between separators outside brackets, each with the separator behind it."""
    piece, closing = "", ""
    for char in text:
        if closing:
            closing = "" if char == closing else closing
        elif char in _BRACKETS:
            closing = _BRACKETS[char]
        elif char in _SEPARATORS or char == "。":
            if piece:
                yield piece, char
            piece = ""
            continue
        piece += char
    if piece:
        yield piece, ";"


def _joined_single_characters(tokens: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """李 四 is one person: names of two characters are often padded to the width of three."""
    waiting = ""
    for position, (token, separator) in enumerate(tokens):
        bare = re.split(r"[(\[【〔:]", token)[0]
        follower = tokens[position + 1][0] if position + 1 < len(tokens) else ""
        follower = re.split(r"[(\[【〔:]", follower)[0]
        if not waiting and len(token) == 1 == len(follower) and separator == " " and bare:
            waiting = token
            continue
        yield waiting + token, separator
        waiting = ""


def _split(token: str) -> tuple[str, str]:
    """李四(病假), 李四:病假 and (病假)李四 into name and remark."""
    token = _ORDINAL.sub("", token).strip()
    for opening, closing in _BRACKETS.items():
        if opening in token:
            before, _, rest = token.partition(opening)
            inside, _, after = rest.partition(closing)
            return (before or after).strip(": "), inside.strip()
    name, _, remark = token.partition(":")
    return name.strip(), remark.strip()
