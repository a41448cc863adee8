"""In which order, and under which headings, the sections of a report stand: by type of unit.

A township tells situation, practice, results, problems and next steps; a research office puts
what came of its study before how it studied; a bureau tells its features and effects.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Heading(NamedTuple):
    """A section by its key in the stored texts, and its heading on paper."""

    key: str
    text: str


_COMMON: Final = (
    Heading("situation", "基本情况"),
    Heading("practice", "主要做法及特色"),
    Heading("results", "成果转化"),
    Heading("problems", "存在的问题"),
    Heading("next_steps", "下一步打算"),
)
_BY_CATEGORY: Final[Mapping[str, tuple[Heading, ...]]] = {
    "township": (
        Heading("situation", "基本情况"),
        Heading("practice", "主要做法"),
        Heading("results", "成果转化"),
        Heading("problems", "存在的问题"),
        Heading("next_steps", "下一步打算"),
    ),
    "research_office": (
        Heading("situation", "学习情况"),
        Heading("results", "学习成果及转化"),
        Heading("practice", "主要做法"),
        Heading("problems", "存在的问题"),
        Heading("next_steps", "下一步打算"),
    ),
    "bureau": (
        Heading("situation", "基本情况"),
        Heading("practice", "学习特色"),
        Heading("results", "学习成效"),
        Heading("problems", "存在的问题"),
        Heading("next_steps", "下一步打算"),
    ),
}


def headings(category: str) -> tuple[Heading, ...]:
    """The sections of a unit's report, by the code of its category."""
    return _BY_CATEGORY.get(category, _COMMON)
