"""Rows in, facts out: a unit's half-year or year, live or as its month was closed.

A fixed number of queries, whatever is on record.
"""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from django.utils import timezone

from reports.closing import closing_at
from reports.closings.changes import Difference, difference_of
from reports.closings.rows import member_row, session_row
from reports.evaluation import Evaluated, evaluate_unit
from reports.models import ClosedUnit, Closing
from reports.rules.engine import RuleContext
from reports.rules.facts import UnitFacts
from reports.rules.reasons import REASON_LABELS, SHORT_OF_QUOTA, why_not_counted
from reports.rules.registry import (
    ANNUAL_DAYS,
    ATTENDANCE_RATE,
    MONTHLY_SESSIONS,
    REFLECTIONS_PER_MEMBER,
    SPEECHES_PER_MEMBER,
    Params,
)
from reports.rules.results import UnitEvaluation
from reports.rules.rows import rows_behind
from reports.rules.tally import Tally, is_discussion, state_at
from reports.rules.words import (
    ADJACENT,
    DRAFT,
    MEASURE_LABELS,
    RETURNED,
    STATUS_LABELS,
)
from reports.stored import StoredEvaluations
from reports.workbook.basis import titled
from reports.workbook.collect import held_by
from reports.workbook.data import MemberRow, SessionRow
from reports.workbook.member_rows import member_rows_in
from reports.workbook.session_rows import session_rows_in
from reports.workbook.unit_keys import UnitKey
from reports.yearly.counting import count
from reports.yearly.facts import AdjacentSession, LeftOut, YearFacts
from reports.yearly.figures import About, Asked, YearFigures
from reports.yearly.reading import OnRecord
from reports.yearly.spans import Span
from units.models import Unit

SPEECH_TEXT = "speech_text"
AFTERWARDS = "在统计截至日之后报送"


class UnitSpan(NamedTuple):
    """The figures of a unit's span; `changed` is what was recorded or changed since the closing
    of its last month (封账后变动), None where nothing was or the month is open.
    """

    figures: YearFigures
    changed: Difference | None = None


class _Printed(NamedTuple):
    """The parts that a closing stores, and the rules they were judged by."""

    name: str
    category: str
    evaluation: UnitEvaluation
    ledger: tuple[tuple[int, SessionRow], ...]
    members: tuple[MemberRow, ...]
    rules: str
    context: RuleContext


def year_figures(
    unit: Unit, span: Span, *, today: dt.date, handed_in: dt.date | None = None
) -> UnitSpan | None:
    """A unit's figures; None where it owes nothing in the year. Those of a report that is
    `handed_in` end with that day: what it says cannot be of later.

    `unit` has its names of the day and its category (`Unit.objects.named(...)`). Where the month
    that ends the span is closed, sessions, members and judgement are the closing's, whatever was
    recorded since; everything else is looked up for these sessions and up to the same day.
    """
    as_of = span.as_of(handed_in or today)
    closing = closing_at(unit, as_of)
    judged = evaluate_unit(unit, max(today, as_of) if closing else as_of, year=span.year)
    if judged is None:
        return None
    printed = _closed(unit, closing) if closing else None
    if closing is None or printed is None:
        if closing is not None:
            judged = evaluate_unit(unit, as_of, year=span.year) or judged
        return UnitSpan(_figures(unit, span, as_of, _live(unit, judged, as_of), judged.facts))
    closed_on = timezone.localdate(closing.closed_at)
    figures = _figures(unit, span, as_of, printed, judged.facts, closed_on)
    return UnitSpan(figures, difference_of(closing, judged))


def _figures(
    unit: Unit,
    span: Span,
    as_of: dt.date,
    printed: _Printed,
    facts: UnitFacts,
    closed_on: dt.date | None = None,
) -> YearFigures:
    about = About(
        unit_id=unit.pk,
        name=printed.name,
        category=unit.category.code,
        party_body=unit.party_body,
        year=span.year,
        kind=span.kind,
        first=span.first,
        last=span.last,
        as_of=as_of,
        rule_set=printed.rules,
        closed_on=closed_on,
    )
    return count(_facts(about, printed, facts, OnRecord(unit, span, as_of)))


def _live(unit: Unit, judged: Evaluated, as_of: dt.date) -> _Printed:
    """As the workbook would print it of what is on record; six queries."""
    context, facts = judged.context, judged.facts
    key = UnitKey(unit.pk, "", facts.established_on, facts.abolished_on, context)
    uncounted = {unit.pk: held_by(key, facts).uncounted}
    rows = session_rows_in([key], {unit.pk: facts}, context.year.year)
    return _Printed(
        name=_name_of(unit),
        category=unit.category.name,
        evaluation=judged.evaluation,
        ledger=tuple((int(str(session)), row) for _unit, session, row in rows),
        members=tuple(row for _unit, row in member_rows_in([key], as_of, uncounted)),
        rules=titled(judged.rule_set.title, judged.rule_set.version) if judged.rule_set else "",
        context=context,
    )


def _closed(unit: Unit, closing: Closing) -> _Printed | None:
    """As the closing stored it; None where the unit had no part in it. Four queries."""
    own = Unit.objects.filter(pk=unit.pk)
    stored = StoredEvaluations(closing.as_of, closing, own)
    row = ClosedUnit.objects.filter(closing=closing, unit=unit).defer("attendance", "mail").first()
    if row is None or unit.pk not in stored.unit_ids:
        return None
    evaluated = stored.of(unit.pk)
    rules = evaluated.rule_set
    return _Printed(
        name=row.name,
        category=row.category,
        evaluation=evaluated.evaluation,
        ledger=tuple((one["id"], session_row(one)) for one in row.sessions),
        members=tuple(map(member_row, row.members)),
        rules=titled(rules.title, rules.version) if rules.version else "",
        context=rules.context,
    )


def _name_of(unit: Unit) -> str:
    name: str | None = getattr(unit, "name", None)
    return name or unit.code


def _facts(about: About, printed: _Printed, facts: UnitFacts, record: OnRecord) -> YearFacts:
    context = printed.context
    visible = [session for session in facts.sessions if session.date <= about.as_of]
    number = {session.id: int(str(session.id)) for session in visible}
    themes = record.themes()
    return YearFacts(
        about=about,
        asked=asked_of(context, printed.evaluation),
        evaluation=printed.evaluation,
        ledger=printed.ledger,
        members=printed.members,
        counted_words=frozenset(STATUS_LABELS[word] for word in context.counted_statuses),
        discussions=frozenset(
            number[session.id]
            for session in visible
            if is_discussion(session, context.min_speakers)
        ),
        with_texts=frozenset(
            number[session.id]
            for session in visible
            if any(file.kind == SPEECH_TEXT and file.on <= about.as_of
                   for file in session.evidence)
        ),
        more=record.more(),
        partners=record.partners(),
        adjacent=tuple(
            AdjacentSession(number[session.id], session.date, themes[number[session.id]][0])
            for session in sorted(visible, key=lambda session: session.date)
            if session.form == ADJACENT
            and number[session.id] in themes
            and state_at(session.events, about.as_of)[0] not in {DRAFT, RETURNED}
        ),
        left_out=_left_out(about, printed, facts, themes),
        topics=record.topics(),
        speeches=record.speeches(),
        records=record.records(),
        outcomes=record.outcomes(),
        plan=record.plan(),
        items=record.items(),
        steps=record.steps(),
        problems=record.problems(),
        heard=record.heard(),
        leaders=record.leaders(),
        short=_short(printed, facts, record.people()),
    )  # fmt: skip


def _left_out(
    about: About, printed: _Printed, facts: UnitFacts, themes: Mapping[int, tuple[str, dt.date]]
) -> tuple[LeftOut, ...]:
    """Sessions handed in that do not count at the day; a draft is the unit's own affair.

    Of a closed month those it was closed with; what came later is a change since.
    """
    context = printed.context
    counted = {STATUS_LABELS[word] for word in context.counted_statuses}
    if about.closed_on:
        return tuple(
            LeftOut(key, row.date, row.theme, row.status)
            for key, row in printed.ledger
            if row.status not in counted
        )
    tally = Tally(facts, context)
    counting = {key for key, row in printed.ledger if row.status in counted}
    found = []
    for session in sorted(facts.sessions, key=lambda session: session.date):
        key = int(str(session.id))
        is_draft = state_at(session.events, dt.date.max)[0] == DRAFT
        if key in counting or is_draft or key not in themes or session.form == ADJACENT:
            continue
        reason = why_not_counted(session, tally)
        words = AFTERWARDS if reason == DRAFT else REASON_LABELS.get(reason, AFTERWARDS)
        found.append(LeftOut(key, session.date, themes[key][0], words))
    return tuple(found)


def _short(
    printed: _Printed, facts: UnitFacts, people: Mapping[int, str]
) -> dict[str, tuple[str, ...]]:
    """By rule, who is short of it, as explanations of the results name them."""
    tally = Tally(facts, printed.context)
    return {
        result.rule: tuple(
            people[int(str(row.id))]
            for row in rows_behind(tally, result).left_out
            if row.reason == SHORT_OF_QUOTA and int(str(row.id)) in people
        )
        for result in printed.evaluation.results
        if result.rule in {SPEECHES_PER_MEMBER, REFLECTIONS_PER_MEMBER}
    }


def asked_of(context: RuleContext, evaluation: UnitEvaluation) -> Asked:
    """What the rule set asks, rule by rule; what it does not ask stays None."""
    rules = {rule.key: context.params(rule.key) for rule in context.rule_set.rules if rule.enabled}
    rate = rules.get(ATTENDANCE_RATE)
    return Asked(
        month_sessions=_required(rules, MONTHLY_SESSIONS),
        year_days=next(
            (result.required for result in evaluation.results if result.rule == ANNUAL_DAYS), None
        ),
        rate=Fraction(rate.text("required")) if rate else None,
        measure=MEASURE_LABELS[rate.text("measure")] if rate else "",
        speeches=_required(rules, SPEECHES_PER_MEMBER),
        reflections=_required(rules, REFLECTIONS_PER_MEMBER),
    )


def _required(rules: Mapping[str, Params], key: str) -> int | None:
    return rules[key].number("required") if key in rules else None
