"""The figures of a report as their page shows them: each with links to the rows behind it."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from reports.closings.listing import ChangeLine, change_line
from reports.yearly.figures import (
    FINDING,
    OUTCOME,
    PERSON,
    PLAN,
    RECORD,
    REPORT,
    SESSION,
    SIT_IN,
    TOPIC,
    AnyFigure,
    Row,
    YearFigures,
)
from reports.yearly.gathering import UnitSpan
from reports.yearly.groups import grouped
from sessions.models import UnitReport

_PAGES = {
    SESSION: "session_detail",
    PLAN: "plan_detail",
    REPORT: "unit_report_detail",
    FINDING: "finding_detail",
    SIT_IN: "sit_in_detail",
}
_LISTS = {RECORD: "personal_list", OUTCOME: "outcome_list"}


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row behind a figure; `address` is empty where it has no page of its own."""

    name: str
    on: dt.date | None
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure in words with its rows."""

    key: str
    label: str
    shown: str
    measure: str
    note: str
    rows: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Figures under their headings; `changed` tells what was recorded since the closing."""

    figures: YearFigures
    groups: list[tuple[str, list[FigureLine]]]
    changed: ChangeLine | None


def figure_page(found: UnitSpan) -> FigurePage:
    """Finished values; no query."""
    figures = found.figures
    groups = [
        (title, [_line(one, figures.about.year) for one in listed])
        for title, listed in grouped(figures)
    ]
    changed = change_line(found.changed, figures.about.name) if found.changed else None
    return FigurePage(figures, [group for group in groups if group[1]], changed)


def _line(figure: AnyFigure, year: int) -> FigureLine:
    rows = tuple(
        RowLine(_name(row), None if row.kind == PERSON else row.on, row.note, _address(row, year))
        for row in figure.rows
    )
    return FigureLine(figure.key, figure.label, figure.shown, figure.measure, figure.note, rows)


def _name(row: Row) -> str:
    """A report's step names its kind, as stored."""
    return str(dict(UnitReport.Kind.choices).get(row.name, row.name)) if row.kind == REPORT else (
        row.name
    )  # fmt: skip


def _address(row: Row, year: int) -> str:
    if row.kind == TOPIC:
        return reverse("topic_list")
    if row.kind in _LISTS:
        return f"{reverse(_LISTS[row.kind])}?{urlencode({'year': year, 'q': row.name[:50]})}"
    if row.kind in _PAGES and row.id is not None:
        return reverse(_PAGES[row.kind], args=[row.id])
    return ""
