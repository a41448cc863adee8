"""The rows behind a verdict: those it counted, and those it left out with the reason."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Final

from reports.periods import parse_period
from reports.rules import reasons
from reports.rules import registry as keys
from reports.rules.documents import document_events, document_state
from reports.rules.explanation import EVENT, PERSON, RECORD, SESSION, ExplainedRow, Rows
from reports.rules.facts import EventFacts, SessionFacts
from reports.rules.quotas import RECORD_KINDS, done
from reports.rules.reasons import why_no_discussion, why_not_counted
from reports.rules.results import Result
from reports.rules.rows_folded import file_rows, makeup_rows, report_rows
from reports.rules.service import in_office
from reports.rules.tally import Tally
from reports.rules.words import DUE_ROLES, EXCLUDED, KEY_SPEECH, PRESENT, RETURN, SUBMIT, WITHDRAW


def rows_behind(tally: Tally, result: Result) -> Rows:
    """All rows that bear on one result, in the order of their days."""
    return _ROWS[result.rule](tally, result)


def _count_rows(tally: Tally, result: Result) -> Rows:
    period = parse_period(result.period)
    discussions = result.rule == keys.QUARTERLY_DISCUSSIONS
    counted: list[ExplainedRow] = []
    left_out: list[ExplainedRow] = []
    for session in sorted(tally.unit.sessions, key=_session_day):
        if session.end_date < period.first or session.date > period.last:
            continue
        reason = why_not_counted(session, tally)
        if not reason and session.date < period.first:
            reason = reasons.OTHER_PERIOD
        if not reason and discussions:
            reason = why_no_discussion(session, tally.horizon.min_speakers)
        row = _session_row(session, reason or reasons.COUNTED)
        (left_out if reason else counted).append(row)
    return Rows(tuple(counted), tuple(left_out))


def _rate_rows(tally: Tally, result: Result) -> Rows:
    rows = _count_rows(tally, result)
    by_id = {session.id: session for session in tally.counted}
    counted = tuple(row._replace(note=_attendance(by_id[row.id], tally)) for row in rows.counted)
    return rows._replace(counted=counted)


def _attendance(session: SessionFacts, tally: Tally) -> str:
    horizon = tally.horizon
    sums = {PRESENT: 0, EXCLUDED: 0}
    due = made_up = 0
    for status, leave_kind, _, confirmed_on, number in session.attendance:
        due += number
        counts_as = horizon.counts_as(status, leave_kind)
        if counts_as in sums:
            sums[counts_as] += number
        elif confirmed_on is not None and confirmed_on <= horizon.as_of:
            made_up += number
    parts = [f"应到 {due} 人", f"到会 {sums[PRESENT]} 人"]
    if sums[EXCLUDED]:
        parts.append(f"不计入应到 {sums[EXCLUDED]} 人")
    if made_up:
        parts.append(f"补学 {made_up} 人")
    return "，".join(parts)


def _topic_rows(tally: Tally, result: Result) -> Rows:
    counted: list[ExplainedRow] = []
    left_out: list[ExplainedRow] = []
    for topic in tally.unit.topics:
        if str(topic.id) != result.period:
            continue
        for session in sorted(tally.unit.sessions, key=_session_day):
            if topic.id not in session.topics:
                continue
            reason = why_not_counted(session, tally)
            if not reason and session.date < topic.start:
                reason = reasons.BEFORE_TOPIC
            if reason:
                left_out.append(_session_row(session, reason))
            else:
                late = session.date > topic.due
                word = reasons.COUNTED_LATE if late else reasons.COUNTED
                counted.append(_session_row(session, word))
    return Rows(tuple(counted), tuple(left_out))


def _quota_rows(tally: Tally, result: Result) -> Rows:
    required = tally.horizon.params(result.rule).number("required")
    numbers = Counter(done(tally, result.rule))
    counted: list[ExplainedRow] = []
    left_out: list[ExplainedRow] = []
    for person in dict.fromkeys(term.person for term in tally.unit.terms):
        note = f"已计 {numbers[person]}，应为 {required}"
        if person not in tally.bound:
            left_out.append(ExplainedRow(PERSON, person, None, _why_free(tally, person)))
        elif numbers[person] < required:
            left_out.append(ExplainedRow(PERSON, person, None, reasons.SHORT_OF_QUOTA, note))
        else:
            counted.append(ExplainedRow(PERSON, person, None, reasons.COUNTED, note))
    left_out.extend(_uncounted_contributions(tally, result.rule))
    return Rows(tuple(counted), tuple(left_out))


def _why_free(tally: Tally, person: Hashable) -> str:
    terms = tuple(term for term in tally.unit.terms if term.person == person)
    if not any(term.role in DUE_ROLES for term in terms):
        return reasons.SECRETARY_ONLY
    serving = in_office(terms, min(tally.horizon.as_of, tally.last))
    return reasons.SHORT_SERVICE if serving else reasons.NOT_IN_OFFICE


def _uncounted_contributions(tally: Tally, rule: str) -> Iterable[ExplainedRow]:
    """Key speeches in sessions that do not count, or records outside the days that count."""
    kind = RECORD_KINDS.get(rule)
    if kind is None:
        for session in sorted(tally.unit.sessions, key=_session_day):
            reason = why_not_counted(session, tally)
            if reason and any(speech.kind == KEY_SPEECH for speech in session.speeches):
                yield _session_row(session, reason)
        return
    horizon = tally.horizon
    for person, record, on in tally.unit.records:
        if record != kind:
            continue
        if not horizon.year_first <= on <= horizon.year_last:
            yield ExplainedRow(RECORD, person, on, reasons.OTHER_YEAR)
        elif on > horizon.as_of:
            yield ExplainedRow(RECORD, person, on, reasons.AFTER_AS_OF)


def _document_rows(tally: Tally, result: Result) -> Rows:
    horizon = tally.horizon
    events = tuple(sorted(document_events(tally.unit, result.rule), key=_event_day))
    final = document_state(events, horizon.as_of, horizon.correction_ends).counts
    state = document_state((), horizon.as_of, horizon.correction_ends)
    counted: list[ExplainedRow] = []
    left_out: list[ExplainedRow] = []
    for place, (on, kind) in enumerate(events):
        before = state.counts
        state = document_state(events[: place + 1], horizon.as_of, horizon.correction_ends)
        if on > horizon.as_of:
            reason = reasons.AFTER_AS_OF
        elif kind != SUBMIT:
            reason = _EVENT_REASONS.get(kind, reasons.GIVES_NO_DATE)
        elif before is not None:
            reason = reasons.SENT_AGAIN
        elif state.counts == final:
            reason = reasons.COUNTED if state.counts == on else reasons.CORRECTED_IN_TIME
        else:
            reason = reasons.NO_LONGER_COUNTS
        row = ExplainedRow(EVENT, kind, on, reason)
        counts = reason in {reasons.COUNTED, reasons.CORRECTED_IN_TIME}
        (counted if counts else left_out).append(row)
    return Rows(tuple(counted), tuple(left_out))


def _event_day(event: EventFacts) -> dt.date:
    return event.on


def _session_day(session: SessionFacts) -> dt.date:
    return session.date


def _session_row(session: SessionFacts, reason: str) -> ExplainedRow:
    return ExplainedRow(SESSION, session.id, session.date, reason)


_EVENT_REASONS: Final = {RETURN: reasons.DATE_TAKEN_OFF, WITHDRAW: reasons.WITHDRAWN}
_ROWS: Final[Mapping[str, Callable[[Tally, Result], Rows]]] = {
    keys.PLAN_FILED: _document_rows,
    keys.HALF_YEAR_REPORT: _document_rows,
    keys.ANNUAL_REPORT: _document_rows,
    keys.MONTHLY_SESSIONS: _count_rows,
    keys.QUARTERLY_DISCUSSIONS: _count_rows,
    keys.ANNUAL_SESSIONS: _count_rows,
    keys.ANNUAL_DAYS: _count_rows,
    keys.ATTENDANCE_RATE: _rate_rows,
    keys.SPEECHES_PER_MEMBER: _quota_rows,
    keys.REFLECTIONS_PER_MEMBER: _quota_rows,
    keys.RESEARCH_PER_MEMBER: _quota_rows,
    keys.REPORTED_ON_TIME: lambda tally, _: report_rows(tally),
    keys.MAKEUPS_DONE: lambda tally, _: makeup_rows(tally),
    keys.SESSION_FILE: lambda tally, _: file_rows(tally),
    keys.REQUIRED_TOPICS: _topic_rows,
}
