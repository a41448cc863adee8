"""A report beside the same unit's of last year and beside other units' of the same year."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.emails.names import names_on
from reports.hints.comparing import Part
from reports.similarity.matcher import (
    Letters,
    Likeness,
    Matcher,
    Span,
    bare_letters,
    letters_of,
    parts,
)
from reports.similarity.phrases import BREAK
from sessions.models import Status, UnitReport
from sessions.unit_reports.sections import SECTIONS
from units.models import Assignment, Unit

SHOWN = 10
"""So many of the reports that have most in common are listed."""


class Passages(NamedTuple):
    """A section with what stands elsewhere told apart."""

    heading: str
    parts: list[Part]


class Measure(NamedTuple):
    """A likeness in figures; ``share`` in whole percent, ``longest`` the letters of one run."""

    runs: int
    covered: int
    compared: int
    share: int
    longest: int
    passage: str


@dataclass(frozen=True, slots=True)
class Line:
    """One report that has runs in common. ``address`` only for those who may open it."""

    who: str
    measure: Measure
    key: int | None = None
    address: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """Finished values. ``last`` is None without a report of last year, ``others`` how many
    reports of the year were looked at; ``beside`` is the chosen report's own text.
    """

    last: Line | None
    others: int
    whole: Measure
    lines: list[Line]
    sections: list[Passages]
    beside: list[Passages]
    beside_title: str


class _Text(NamedTuple):
    """A report's sections as one text, and where each begins and ends."""

    letters: Letters
    places: list[tuple[str, int, int]]


class _Other(NamedTuple):
    report: UnitReport
    likeness: Likeness


def compared(report: UnitReport, role: Assignment, today: dt.date, chosen: int = 0) -> Compared:
    """Compares the report; four queries, and two for names.

    ``chosen`` is the report to show beside it: any for the department, last year's for the unit
    itself. Drafts of other units are looked at by nobody, and the unit learns of no other's name.
    """
    own = _text(report.sections)
    matcher = Matcher(own.letters)
    last = UnitReport.objects.filter(
        unit=report.unit_id, year=report.year - 1, kind=report.kind
    ).first()
    if last is not None and not _may_read(role, last):
        last = None
    others = _others(report, matcher)
    found = sorted(
        (one for one in others if one.likeness.covered),
        key=lambda one: (-one.likeness.covered, one.report.pk),
    )[:SHOWN]
    whole = matcher.likeness([span for one in others for span in one.likeness.spans])
    beside = _beside(role, last, found, chosen)
    marked = whole.spans
    if beside is not None:
        marked = tuple(matcher.compare([_text(beside.sections).letters.letters]).spans)
    line = _last_line(matcher, last, beside)
    return Compared(
        last=line,
        others=len(others),
        whole=_measure(own.letters, whole),
        lines=_lines(own.letters, found, role, today, beside),
        sections=_passages(own, marked),
        beside=_mirrored(beside, own.letters) if beside else [],
        beside_title=_title(beside, report, today) if beside else "",
    )


def _text(sections: Mapping[str, object]) -> _Text:
    whole, places = "", []
    for section in SECTIONS:
        text = str(sections.get(section.key) or "")
        if text:
            places.append((str(section.heading), len(whole), len(whole) + len(text)))
            whole += text + BREAK
    return _Text(letters_of(whole), places)


def _others(report: UnitReport, matcher: Matcher) -> list[_Other]:
    """The county's reports of the year that were handed in, each with what is common."""
    rows = (
        UnitReport.objects.filter(year=report.year, unit__path__startswith=_county(report.unit))
        .exclude(unit=report.unit_id)
        .exclude(status=Status.DRAFT)
        .only("id", "unit_id", "kind", "year", "sections")
    )
    order = [section.key for section in SECTIONS]
    return [
        _Other(
            row,
            matcher.compare(
                [bare_letters(BREAK.join(str(row.sections.get(key) or "") for key in order))]
            ),
        )
        for row in rows.iterator()
    ]


def _county(unit: Unit) -> str:
    """The path of the nearest unit above that keeps no group: the department's."""
    codes = unit.path.rstrip("/").split("/")
    paths = ["/".join(codes[:number]) + "/" for number in range(1, len(codes))]
    above = Unit.objects.filter(path__in=paths, has_group=False).order_by("-path")
    return max(above.values_list("path", flat=True), key=len, default=unit.path)


def _beside(
    role: Assignment, last: UnitReport | None, found: list[_Other], chosen: int
) -> UnitReport | None:
    """The report asked for, if the role may read it here."""
    if last is not None and last.pk == chosen:
        return last
    if not role.covers_subtree:
        return None
    return next((one.report for one in found if one.report.pk == chosen), None)


def _may_read(role: Assignment, report: UnitReport) -> bool:
    """Its unit, whatever its state; the department what was handed in."""
    return not role.covers_subtree or report.status != Status.DRAFT


def _last_line(matcher: Matcher, last: UnitReport | None, beside: UnitReport | None) -> Line | None:
    if last is None:
        return None
    likeness = matcher.compare([_text(last.sections).letters.letters])
    who = _("本单位%s") % last.title
    chosen = beside is not None and beside.pk == last.pk
    return Line(who, _measure(matcher.own, likeness), last.pk, last.pk, chosen)


def _lines(
    own: Letters,
    found: list[_Other],
    role: Assignment,
    today: dt.date,
    beside: UnitReport | None,
) -> list[Line]:
    if not role.covers_subtree:
        return [Line(_("另一单位"), _measure(own, one.likeness)) for one in found]
    names = names_on([one.report.unit_id for one in found], today)
    return [
        Line(
            f"{names[one.report.unit_id].short_name} {one.report.get_kind_display()}",
            _measure(own, one.likeness),
            one.report.pk,
            one.report.pk,
            beside is not None and beside.pk == one.report.pk,
        )
        for one in found
    ]


def _measure(own: Letters, likeness: Likeness) -> Measure:
    longest = likeness.longest
    return Measure(
        runs=len(likeness.spans),
        covered=likeness.covered,
        compared=likeness.compared,
        share=_percent(likeness),
        longest=longest.length if longest else 0,
        passage=own.passage(longest) if longest else "",
    )


def _percent(likeness: Likeness) -> int:
    """Rounded half up."""
    if not likeness.compared:
        return 0
    return (200 * likeness.covered + likeness.compared) // (2 * likeness.compared)


def _passages(text: _Text, spans: tuple[Span, ...]) -> list[Passages]:
    return [
        Passages(heading, parts(text.letters, spans, start, end))
        for heading, start, end in text.places
    ]


def _mirrored(beside: UnitReport, own: Letters) -> list[Passages]:
    """The other report's text, what stands in the own one told apart."""
    text = _text(beside.sections)
    return _passages(text, Matcher(text.letters).compare([own.letters]).spans)


def _title(beside: UnitReport, report: UnitReport, today: dt.date) -> str:
    if beside.unit_id == report.unit_id:
        return _("本单位%s") % beside.title
    return f"{names_on([beside.unit_id], today)[beside.unit_id].name} {beside.title}"
