"""What a report announces for the next year (下一步打算), sentence by sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from sessions.models import UnitReport

TOPIC_LENGTH = 200
SHORTEST = 4
"""Shorter pieces are headings or remnants."""

_ENDS = re.compile(r"(?<=[。；！？;!?])|[\r\n]+")
_LISTED = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．，,]+|[一二三四五六七八九十]{1,2}是|[①-⑳])\s*"
)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``key`` tells it from the others; ``topic`` is it without its number and its full stop."""

    key: str
    text: str
    topic: str


def proposes(report: UnitReport, today: date) -> bool:
    """Whether the report has something to offer for a plan that is still ahead: only an annual
    one speaks of another year.
    """
    ahead = report.year + 1 >= today.year
    return ahead and report.kind == UnitReport.Kind.ANNUAL and bool(sentences_of(report))


def sentences_of(report: UnitReport) -> list[Sentence]:
    """The sentences and lines of the section, each once, in order."""
    return sentences(str(report.sections.get("next_steps", "")))


def sentences(text: str) -> list[Sentence]:
    found: dict[str, Sentence] = {}
    for piece in _ENDS.split(text):
        whole = piece.strip()
        topic = _LISTED.sub("", whole).rstrip("。；;！!？?，, ")
        if len(topic) >= SHORTEST:
            key = blake2b(same(whole).encode(), digest_size=6).hexdigest()
            found.setdefault(key, Sentence(key, whole, topic[:TOPIC_LENGTH]))
    return list(found.values())


def same(text: str) -> str:
    """Two texts that give the same are one sentence."""
    return _BLANKS.sub("", text)


def taken(sentence: Sentence, items: Iterable[tuple[str, str]]) -> bool:
    """Whether a plan with items of these topics and contents has the sentence already."""
    wanted = {same(sentence.text), same(sentence.topic)}
    return any(same(topic) in wanted or same(content) in wanted for topic, content in items)
