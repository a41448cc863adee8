"""The occurrences behind a folded line, one row each."""

import datetime as dt
from collections.abc import Iterable

from reports.rules import reasons
from reports.rules import registry as keys
from reports.rules.explanation import SESSION, ExplainedRow, Rows
from reports.rules.facts import RuleFacts, SessionFacts
from reports.rules.folded import MakeupsDone, ReportedOnTime, SessionFile, occurrence
from reports.rules.horizon import Horizon
from reports.rules.phrases import short_date
from reports.rules.reasons import why_not_counted, why_not_the_years
from reports.rules.tally import Tally, state_at
from reports.rules.words import ABSENT, EVIDENCE_LABELS, MET, OUTCOME_LABELS


def rule_facts(horizon: Horizon, key: str) -> RuleFacts:
    """The rule as it stands in the rule set."""
    return next(rule for rule in horizon.rule_set.rules if rule.key == key)


def report_rows(tally: Tally) -> Rows:
    """Each of the year's sessions that has ended, by its first submission."""
    horizon = tally.horizon
    rule = ReportedOnTime(rule_facts(horizon, keys.REPORTED_ON_TIME), horizon)
    counted: list[ExplainedRow] = []
    left_out: list[ExplainedRow] = []
    for session in _by_day(tally):
        reason = why_not_the_years(session, tally)
        if not reason and session.end_date > horizon.as_of:
            reason = reasons.NOT_ENDED
        if reason:
            left_out.append(_row(session, reason))
            continue
        submitted = state_at(session.events, horizon.as_of)[2]
        row = _occurrence(
            session,
            submitted,
            rule.deadlines[session.end_date],
            horizon,
            "session",
            reasons.NOT_REPORTED,
        )
        (counted if submitted else left_out).append(row)
    return Rows(tuple(counted), tuple(left_out))


def makeup_rows(tally: Tally) -> Rows:
    """Each group of absences of the counted sessions; other sessions with absences left out."""
    horizon = tally.horizon
    rule = MakeupsDone(rule_facts(horizon, keys.MAKEUPS_DONE), horizon)
    counted: list[ExplainedRow] = []
    left_out: list[ExplainedRow] = []
    for session in _by_day(tally):
        uncounted = why_not_counted(session, tally)
        for group in session.attendance:
            owed = horizon.counts_as(group.status, group.leave_kind) == ABSENT
            if uncounted or not owed:
                if owed or group.makeup_date is not None:
                    reason = uncounted or reasons.MAKEUP_NOT_NEEDED
                    left_out.append(_row(session, reason, f"{group.number} 人次"))
                continue
            confirmed = group.makeup_confirmed_on
            done = group.makeup_date if confirmed and confirmed <= horizon.as_of else None
            open_reason = (
                reasons.MAKEUP_UNCONFIRMED
                if group.makeup_date and group.makeup_date <= horizon.as_of
                else reasons.NOT_MADE_UP
            )
            deadline = rule.deadline(session.date)
            row = _occurrence(session, done, deadline, horizon, "makeup", open_reason)
            row = row._replace(note=f"{group.number} 人次，{row.note}")
            (counted if done else left_out).append(row)
    return Rows(tuple(counted), tuple(left_out))


def file_rows(tally: Tally) -> Rows:
    """Each counted session, with the kinds of material still missing."""
    horizon = tally.horizon
    rule = SessionFile(rule_facts(horizon, keys.SESSION_FILE), horizon)
    counted: list[ExplainedRow] = []
    left_out: list[ExplainedRow] = []
    for session in _by_day(tally):
        reason = why_not_counted(session, tally)
        if reason:
            left_out.append(_row(session, reason))
            continue
        done = rule.completed(session.evidence)
        row = _occurrence(
            session,
            done,
            rule.deadlines[session.end_date],
            horizon,
            "session",
            reasons.FILE_INCOMPLETE,
        )
        if done:
            counted.append(row)
        else:
            lacking = _lacking(session, rule.required_kinds, horizon.as_of)
            left_out.append(row._replace(note=f"缺{lacking}，{row.note}"))
    return Rows(tuple(counted), tuple(left_out))


def _by_day(tally: Tally) -> list[SessionFacts]:
    return sorted(tally.unit.sessions, key=lambda session: session.date)


def _row(session: SessionFacts, reason: str, note: str = "") -> ExplainedRow:
    return ExplainedRow(SESSION, session.id, session.date, reason, note)


def _occurrence(
    session: SessionFacts,
    done: dt.date | None,
    deadline: dt.date,
    horizon: Horizon,
    warn: str,
    open_reason: str,
) -> ExplainedRow:
    outcome = occurrence(done, deadline, horizon, warn)
    until = f"期限{short_date(deadline, horizon)}"
    if done is None:
        return _row(session, open_reason, f"{until}，{OUTCOME_LABELS[outcome]}")
    reason = reasons.DONE if outcome == MET else reasons.DONE_LATE
    return _row(session, reason, f"{until}，完成于{short_date(done, horizon)}")


def _lacking(session: SessionFacts, wanted: Iterable[str], as_of: dt.date) -> str:
    there = {kind for kind, on in session.evidence if on <= as_of}
    return "、".join(EVIDENCE_LABELS.get(kind, kind) for kind in sorted(set(wanted) - there))
