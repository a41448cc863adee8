"""One hint with all its sides, for the department."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.emails.names import names_on
from reports.hints.comparing import Part, side_by_side
from reports.hints.prints import text_of_report, text_of_session
from reports.hints.records import Line, Records
from reports.hints.words import MEASURES, TONES, gist
from reports.models import Hint, HintSide
from sessions.models import StudySession, UnitReport
from units.models import Assignment


class Side(NamedTuple):
    """A unit, what the hint is about there, and what the unit says; `is_later` marks what came
    to a hint after it was closed.
    """

    unit: str
    lines: list[Line]
    row: HintSide
    is_later: bool


class Text(NamedTuple):
    """One of two texts that stand side by side."""

    title: str
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Whole:
    """Finished values. `texts` are two that are alike; `chosen` is the key of the second."""

    said: str
    measure: str
    state: str
    tone: str
    sides: list[Side]
    texts: tuple[Text, Text] | None
    chosen: str


def whole(hint: Hint, role: Assignment, today: dt.date, chosen: str) -> Whole:
    """The hint in words. `chosen` names the text to be compared with the first one."""
    rows = list(hint.sides.select_related("explained_by"))
    records = Records([row.facts for row in rows], role)
    names = names_on([row.unit_id for row in rows], today)
    places = {unit: place for place, unit in enumerate(names)}
    rows.sort(key=lambda row: places[row.unit_id])
    closed = hint.dismissed_at
    sides = [
        Side(
            names[row.unit_id].name,
            records.lines(row.facts),
            row,
            closed is not None and row.found_at > closed,
        )
        for row in rows
    ]
    pair = _pair(sides, chosen) if hint.kind == Hint.Kind.SIMILAR_TEXT else None
    state = Hint.State(hint.state)
    return Whole(
        said=gist(hint, [row.facts for row in rows]),
        measure=str(MEASURES[Hint.Kind(hint.kind)]),
        state=str(state.label),
        tone=TONES[state],
        sides=sides,
        texts=_texts(pair, role) if pair else None,
        chosen=pair[1][1].key if pair else "",
    )


def _pair(sides: Sequence[Side], chosen: str) -> tuple[tuple[str, Line], tuple[str, Line]] | None:
    """The first text of the group, and the one that is asked for, or the next."""
    all_lines = [(side.unit, line) for side in sides for line in side.lines]
    all_lines.sort(key=lambda each: each[1].id)
    if len(all_lines) < 2:
        return None
    first, *others = all_lines
    return first, next((each for each in others if each[1].key == chosen), others[0])


def _texts(
    pair: tuple[tuple[str, Line], tuple[str, Line]], role: Assignment
) -> tuple[Text, Text] | None:
    lines = [line for _unit, line in pair]
    ids = [line.id for line in lines]
    read: dict[int, str]
    if lines[0].sort == "sessions":
        sessions = StudySession.objects.visible_to(role).filter(pk__in=ids)
        read = {session.pk: text_of_session(session) for session in sessions}
    else:
        reports = UnitReport.objects.visible_to(role).filter(pk__in=ids)
        read = {report.pk: text_of_report(report) for report in reports}
    if len(read) < 2:
        return None
    left, right = side_by_side(*(read[key] for key in ids))
    titles = [
        _("%(unit)s：%(record)s") % {"unit": unit, "record": line.text} for unit, line in pair
    ]
    return Text(titles[0], left), Text(titles[1], right)
