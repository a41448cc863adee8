"""The figures under headings, as the page and the table of the Word file list them."""

from collections.abc import Iterator
from typing import Final

from reports.yearly.figures import AnyFigure, Count, YearFigures

GROUPS: Final = (
    (
        "次数和时间",
        (
            "sessions",
            "discussions",
            "days",
            "months_met",
            "months_due",
            "unplanned",
            "offline",
            "left_out",
        ),
    ),
    (
        "参学情况",
        ("attendance", "participation", "due", "excluded", "present", "made_up", "members"),
    ),
    ("学习形式", ("forms",)),
    ("学习内容", ("topics", "content_groups", "materials", "own_themes")),
    (
        "学习范围",
        ("expanded", "guests", "lectures", "lecturers", "joint", "site_visits", "adjacent"),
    ),
    (
        "研讨和个人学习",
        (
            "key_speeches",
            "exchange_speeches",
            "speech_texts",
            "speakers_met",
            "speakers_short",
            "reflections",
            "leader_reflections",
            "reflections_met",
            "reflections_short",
            "research",
            "self_study",
        ),
    ),
    ("学习成果", ("outcomes", "remarks", "remarks_by_principal", "converted")),
    ("计划和组织", ("plan", "plan_items", "chaired_by_leader", "problems_solved")),
    ("检查和更正", ("returned", "mended", "findings", "findings_closed", "sit_ins")),
)
"""Titles and the names of the figures under each; every figure is under one of them."""


def grouped(figures: YearFigures) -> Iterator[tuple[str, list[AnyFigure]]]:
    """Each heading with its figures in reading order."""
    for title, names in GROUPS:
        found: list[AnyFigure] = []
        for name in names:
            value: AnyFigure | tuple[Count, ...] = getattr(figures, name)
            found += value if isinstance(value, tuple) else (value,)
        yield title, found
