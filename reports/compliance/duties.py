"""Obligations as pages show them: outcome, what is asked and there, and the rows behind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from reports.compliance import links
from reports.compliance.on_record import OnRecord
from reports.emails.items import has_begun, title
from reports.evaluation import Evaluated
from reports.rules.engine import RuleContext
from reports.rules.explain import explain
from reports.rules.explanation import EVENT, PERSON, ROW_LABELS, SESSION, ExplainedRow
from reports.rules.phrases import short_date
from reports.rules.results import Result
from reports.rules.words import (
    ADVISORY,
    AT_RISK,
    MET,
    MET_LATE,
    MISSED,
    NOT_APPLICABLE,
    OUTCOME_LABELS,
    PENDING,
    SEVERITY_LABELS,
)
from sessions.models import ReviewEvent

NOT_DUE: Final = "not_due"
"""What an obligation of a month or quarter still to come is shown as."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row behind a verdict in words; `address` leads to its page, '' if there is none."""

    name: str
    address: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows in words; `number` is how many rows there are, of which alike ones may share a line."""

    lines: tuple[Line, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation of one unit; an empty sentence has nothing to say."""

    anchor: str
    title: str
    tone: str
    word: str
    weight: str
    required: str
    actual: str
    missing: str
    deadline: str
    reachable: str
    advice: str
    counted: Lines
    left_out: Lines


@dataclass(frozen=True, slots=True)
class Section:
    """Obligations that ask for the same kind of attention."""

    title: str
    duties: tuple[Duty, ...]


def tone(result: Result, context: RuleContext) -> str:
    """The outcome, which colours follow; `not_due` where the period is still to come."""
    return result.outcome if has_begun(result, context) else NOT_DUE


def word(result: Result, context: RuleContext) -> str:
    """The outcome in Chinese."""
    return OUTCOME_LABELS[result.outcome] if has_begun(result, context) else _("未到期")


def anchor(result: Result) -> str:
    """The obligation's place in its page."""
    return f"duty-{result.rule}-{result.period}"


def sections(judged: Evaluated, record: OnRecord) -> list[Section]:
    """All obligations of the year, each once: what presses first, within it in the rules' order."""
    context = judged.context
    shown: dict[str, list[Duty]] = {"urgent": [], "open": [], "done": [], "rest": []}
    for result in judged.evaluation.results:
        shown[_section(result, context)].append(duty(result, judged, record))
    titles = {
        "urgent": _("未达标和预警"),
        "open": _("进行中"),
        "done": _("已完成"),
        "rest": _("未到期、已豁免或不适用"),
    }
    return [Section(titles[key], tuple(duties)) for key, duties in shown.items() if duties]


def _section(result: Result, context: RuleContext) -> str:
    if result.outcome in {MISSED, AT_RISK}:
        return "urgent"
    if result.outcome in {MET, MET_LATE}:
        return "done"
    return "open" if result.outcome == PENDING and has_begun(result, context) else "rest"


def duty(result: Result, judged: Evaluated, record: OnRecord) -> Duty:
    """One result with its explanation, in the words of the mails."""
    context = judged.context
    said = explain(judged.facts, context, result)
    due = result.outcome != NOT_APPLICABLE
    return Duty(
        anchor=anchor(result),
        title=title(result, record.topics),
        tone=tone(result, context),
        word=word(result, context),
        weight=SEVERITY_LABELS[ADVISORY] if result.severity == ADVISORY else "",
        required=_unsaid(said.required, said.deadline) if due else "",
        actual=said.actual,
        missing=said.missing,
        deadline=said.deadline,
        reachable=said.reachable,
        advice=said.advice,
        counted=_lines(said.rows.counted, context, record),
        left_out=_lines(said.rows.left_out, context, record),
    )


def _unsaid(required: str, deadline: str) -> str:
    """The requirement, unless the deadline names the very day: that of a plan or report does."""
    day = deadline.partition("（含当日）")[0]
    return "" if day and day in required else required


def _lines(rows: Sequence[ExplainedRow], context: RuleContext, record: OnRecord) -> Lines:
    """Rows by name; people whose names the role may not see as numbers of people."""
    lines: list[Line] = []
    nameless: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.kind == PERSON and row.id not in record.people:
            nameless[row.label, row.note] += 1
        else:
            lines.append(_line(row, context, record))
    lines += [
        Line(_("%(number)d 名成员") % {"number": number}, "", reason, note)
        for (reason, note), number in nameless.items()
    ]
    return Lines(tuple(lines), len(rows))


def _line(row: ExplainedRow, context: RuleContext, record: OnRecord) -> Line:
    day = short_date(row.on, context) if row.on else ""
    if row.kind == SESSION:
        session = record.sessions.get(_number(row))
        name = session.title if session else _("的学习")
        return Line(f"{day}{' ' if session else ''}{name}", links.of_session(session), row.label,
                    row.note)  # fmt: skip
    if row.kind == EVENT:
        return Line(f"{day} {ReviewEvent.Kind(str(row.id)).label}", "", row.label, row.note)
    name = record.people.get(_number(row), "")
    what = "" if row.kind == PERSON else ROW_LABELS[row.kind]
    said = " ".join(part for part in (day, name, what) if part)
    return Line(said, "", row.label, row.note)


def _number(row: ExplainedRow) -> int:
    return row.id if isinstance(row.id, int) else 0
