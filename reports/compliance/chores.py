"""What a unit has to see to now, each with until when and where to do it."""

import datetime as dt
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from reports.compliance import links
from reports.compliance.last_year import LastYear
from reports.compliance.on_record import (
    RETURNED_PLAN,
    RETURNED_REPORT,
    RETURNED_SESSION,
    ItemOnRecord,
    OnRecord,
    SessionOnRecord,
)
from reports.evaluation import Evaluated
from reports.makeup_terms import terms_in
from reports.periods import parse_period
from reports.rules import registry as keys
from reports.rules.documents import DocumentState, document_events, document_state
from reports.rules.explain import explain
from reports.rules.facts import RuleSetFacts, SessionFacts
from reports.rules.phrases import period_name, short_date
from reports.rules.reasons import FILE_INCOMPLETE
from reports.rules.registry import RULES
from reports.rules.service import in_office
from reports.rules.tally import Tally
from reports.rules.words import ABSENT, AT_RISK, MISSED, PENDING
from sessions.models import Status

SHOWN: Final = 4
"""So many of a kind are shown at once; the rest unfold."""

PROBLEM_LENGTH: Final = 40
"""So many characters of a finding are enough to know it by."""

DOCUMENT_NOTICE: Final = dt.timedelta(days=31)
"""A paper is named so long before it is due."""


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to see to; `until` is the last day in words, '' if there is none."""

    text: str
    address: str = ""
    until: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chores:
    """Chores of one kind; `presses` marks those that somebody else waits for."""

    title: str
    icon: str
    items: tuple[Chore, ...]
    presses: bool = False
    address: str = ""

    @property
    def first(self) -> tuple[Chore, ...]:
        return self.items[:SHOWN]

    @property
    def others(self) -> tuple[Chore, ...]:
        return self.items[SHOWN:]


def chores(
    judged: Evaluated, record: OnRecord, *, may_write: bool, last: LastYear | None = None
) -> list[Chores]:
    """All kinds that have anything, the pressing ones first; what is left of `last` year leads."""
    desk = _Desk(judged, record, may_write=may_write)
    past = _Desk(*last, may_write=may_write) if last else None

    def all_of(work: Callable[[_Desk], Iterator[Chore]]) -> tuple[Chore, ...]:
        return (*(past.dated(work(past)) if past else ()), *work(desk))

    papers = past.dated(past.papers({keys.ANNUAL_REPORT})) if past else ()
    kinds = (
        Chores(_("已退回，待更正重报"), "arrow-repeat", all_of(_Desk.returned), True),
        Chores(
            _("待整改的问题"),
            "exclamation-triangle",
            tuple(desk.findings()),
            True,
            reverse("finding_list"),
        ),
        Chores(
            _("名册变动后待核对出勤"),
            "people",
            all_of(_Desk.to_reconfirm),
            True,
            reverse("session_reconfirm", args=[judged.code]),
        ),
        Chores(_("通知要求报送的报告"), "envelope", tuple(desk.notices())),
        Chores(_("可以说明情况的通报草稿"), "file-earmark-word", tuple(desk.circulars())),
        Chores(_("年终考评自查"), "clipboard-check", tuple(desk.assessments())),
        Chores(_("计划和报告"), "file-earmark-word", (*papers, *desk.papers())),
        Chores(_("待补学"), "journal-text", all_of(_Desk.makeups), address=reverse("makeup_list")),
        Chores(_("材料不齐"), "archive", all_of(_Desk.files)),
        Chores(_("草稿，尚未报送"), "pencil", all_of(_Desk.drafts)),
        Chores(_("近期计划"), "calendar-check", tuple(desk.plan_items())),
        Chores(
            _("提示线索，可作说明"),
            "info-circle",
            tuple(Chore(one.kind, reverse("own_hint", args=[one.id])) for one in record.hints),
            address=reverse("own_hint_list"),
        ),
    )
    return [kind for kind in kinds if kind.items]


class _Desk:
    def __init__(self, judged: Evaluated, record: OnRecord, *, may_write: bool) -> None:
        self._judged = judged
        self._may_write = may_write
        self._record = record
        self._context = judged.context
        self._tally = Tally(judged.facts, judged.context)

    def dated(self, found: Iterator[Chore]) -> Iterator[Chore]:
        """With the year before the name."""
        year = self._context.year.label
        return (replace(one, text=f"{year}{one.text}") for one in found)

    def returned(self) -> Iterator[Chore]:
        """Sessions and papers that stand returned today, with the reason."""
        window = {one.id: one for one in self._tally.correcting}
        for session in self._in_status(Status.RETURNED):
            facts = window.get(session.id)
            until = self._day(self._correct_by(facts)) if facts else ""
            note = self._returned_for(RETURNED_SESSION, session.id, until)
            yield Chore(self._named(session), self._to_finish(session), until, note)
        plan = self._record.plan
        if plan and plan[1] == Status.RETURNED:
            until = self._paper_window(keys.PLAN_FILED)
            note = self._returned_for(RETURNED_PLAN, plan[0], until)
            yield Chore(_("年度学习计划"), links.of_plan(plan), until, note)
        for kind, report in self._record.reports.items():
            if report[1] == Status.RETURNED:
                rule = _REPORT_RULES[kind]
                until = self._paper_window(rule)
                note = self._returned_for(RETURNED_REPORT, report[0], until)
                yield Chore(RULES[rule].title, links.of_report(report), until, note)

    def findings(self) -> Iterator[Chore]:
        """Findings to put right and answer, the most urgent first."""
        route = "finding_reply" if self._may_write else "finding_detail"
        for one in sorted(self._record.findings, key=lambda each: (each.due, each.id)):
            words = Truncator(one.problem).chars(PROBLEM_LENGTH)
            note = _("期限已过") if one.due < self._context.as_of else ""
            yield Chore(words, reverse(route, args=[one.id]), self._day(one.due), note)

    def notices(self) -> Iterator[Chore]:
        """Notices that ask for a report which is not handed in, the most urgent first."""
        for one in sorted(self._record.notices, key=lambda each: (each.due, each.id)):
            note = _("通知的期限已过") if one.due < self._context.as_of else ""
            address = reverse("report_notice_detail", args=[one.id])
            yield Chore(one.title, address, self._day(one.due), note)

    def circulars(self) -> Iterator[Chore]:
        """Circulars about to be issued whose words about the unit it may explain."""
        for one in sorted(self._record.circulars, key=lambda each: (each.due, each.id)):
            yield Chore(one.title, reverse("circular_detail", args=[one.id]), self._day(one.due))

    def assessments(self) -> Iterator[Chore]:
        """Assessments whose own scores are not handed in."""
        route = "assessment_self" if self._may_write else "assessment_sheet"
        for one in self._record.assessments:
            yield Chore(one.title, reverse(route, args=[one.id]), self._day(one.due))

    def drafts(self) -> Iterator[Chore]:
        """Sessions written but not handed in."""
        for session in self._in_status(Status.DRAFT):
            yield Chore(self._named(session), self._to_finish(session))

    def papers(self, rules: Container[str] = RULES) -> Iterator[Chore]:
        """Plan and reports that are due soon, or overdue; of these rules."""
        for result in self._judged.evaluation.results:
            rule = RULES[result.rule]
            wanted = rule.family == keys.DOCUMENTS and result.rule in rules
            if not wanted or result.outcome not in {AT_RISK, PENDING, MISSED}:
                continue
            due = self._context.params(result.rule).day("due")
            if self._context.as_of < due - DOCUMENT_NOTICE or self._stands_returned(result.rule):
                continue
            said = explain(self._judged.facts, self._context, result)
            yield Chore(rule.title, self._paper_page(result.rule), note=said.deadline)

    def makeups(self) -> Iterator[Chore]:
        """Absences of counted sessions that nobody has confirmed as made up."""
        rules = self._judged.rule_set
        terms = terms_in(rules.facts if rules else RuleSetFacts(self._context.year.year, ()))
        for session in self._tally.counted:
            number = sum(
                group.number
                for group in session.attendance
                if (group.status == ABSENT or group.leave_kind in terms.owing)
                and not self._confirmed(group.makeup_confirmed_on)
            )
            if number:
                until = terms.deadline(session.date)
                note = _("%(number)d 人次待补学") % {"number": number}
                said = self._day(until) if until else ""
                yield self._about(session, said, self._with_lateness(note, until))

    def files(self) -> Iterator[Chore]:
        """Counted sessions whose file lacks a required kind of material."""
        for result in self._judged.evaluation.results:
            if result.rule != keys.SESSION_FILE:
                continue
            said = explain(self._judged.facts, self._context, result)
            for row in said.rows.left_out:
                session = self._record.sessions.get(row.id) if isinstance(row.id, int) else None
                if row.reason == FILE_INCOMPLETE and session:
                    yield Chore(self._named(session), links.of_session(session), note=row.note)

    def to_reconfirm(self) -> Iterator[Chore]:
        """The year's sessions handed in whose attendance is not of those in office that day."""
        for session in sorted(self._record.sessions.values(), key=_session_day):
            if session.status == Status.DRAFT or session.on.year != self._context.year.year:
                continue
            recorded = self._record.attended.get(session.id, [])
            due = in_office(self._judged.facts.terms, session.on)
            if len(recorded) != len(due) or set(recorded) != due:
                yield Chore(
                    self._named(session),
                    links.of_session(session),
                    note=_mismatch(len(recorded), len(due)),
                )

    def plan_items(self) -> Iterator[Chore]:
        """Items of the plan for these weeks that are not carried out yet."""
        address = links.of_plan(self._record.plan)
        for item in sorted(self._record.items, key=_last_day):
            yield Chore(f"{period_name(item.period)} {item.topic}", address)

    def _returned_for(self, source: str, key: int, until: str) -> str:
        """The reason, and the day whoever returned it has set where the rules count another."""
        due, reason = self._record.last_return(source, key)
        day = self._day(due) if due else ""
        if day in {"", until}:
            return reason
        return _("%(reason)s（退回时要求%(day)s前更正）") % {"reason": reason, "day": day}

    def _in_status(self, status: str) -> list[SessionOnRecord]:
        found = [one for one in self._record.sessions.values() if one.status == status]
        return sorted(found, key=_session_day)

    def _about(self, session: SessionFacts, until: str, note: str) -> Chore:
        known = self._record.sessions.get(session.id) if isinstance(session.id, int) else None
        name = self._named(known) if known else self._day(session.date)
        return Chore(name, links.of_session(known), until, note)

    def _to_finish(self, session: SessionOnRecord) -> str:
        return links.to_finish(session, may_write=self._may_write)

    def _named(self, session: SessionOnRecord) -> str:
        return f"{self._day(session.on)} {session.title}"

    def _day(self, day: dt.date) -> str:
        return short_date(day, self._context)

    def _confirmed(self, on: dt.date | None) -> bool:
        return on is not None and on <= self._context.as_of

    def _with_lateness(self, note: str, until: dt.date | None) -> str:
        late = until is not None and until < self._context.as_of
        return _("%(note)s，期限已过") % {"note": note} if late else note

    def _correct_by(self, session: SessionFacts) -> dt.date:
        returns = [event.on for event in session.events if event.on <= self._context.as_of]
        return self._context.correction_ends[max(returns)]

    def _stands_returned(self, rule: str) -> bool:
        return self._paper_state(rule).returned

    def _paper_state(self, rule: str) -> DocumentState:
        events = document_events(self._judged.facts, rule)
        return document_state(events, self._context.as_of, self._context.correction_ends)

    def _paper_window(self, rule: str) -> str:
        by = self._paper_state(rule).correct_by
        return self._day(by) if by and by >= self._context.as_of else ""

    def _paper_page(self, rule: str) -> str:
        if rule == keys.PLAN_FILED:
            return links.of_plan(self._record.plan)
        kind = next(kind for kind, key in _REPORT_RULES.items() if key == rule)
        return links.of_report(self._record.reports.get(kind))


def _mismatch(recorded: int, due: int) -> str:
    if recorded == due:
        return _("出勤登记的成员与现名册当日在职的不一致")
    return _("出勤登记了 %(recorded)d 人，按现名册当日在职 %(due)d 人") % {
        "recorded": recorded,
        "due": due,
    }


def _session_day(session: SessionOnRecord) -> tuple[dt.date, int]:
    return session.on, session.id


def _last_day(item: ItemOnRecord) -> dt.date:
    return parse_period(item.period).last


_REPORT_RULES: Final = {"half_year": keys.HALF_YEAR_REPORT, "annual": keys.ANNUAL_REPORT}
