"""Sit-ins of the department and what they found: something in every state."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from portal.sample.county import County, SampleUnit
from portal.sample.days import SampleDays
from portal.sample.logins import Logins
from reports.models import Finding, FindingEvent, SitIn, SitInEvent, SitInFeedback
from sessions.models import Status, StudySession

FEEDBACK_WORKDAYS, NOTICE_WORKDAYS = 5, 3
FINDING_DAYS = dt.timedelta(days=28)
FEEDBACK = {
    "procedure": "会前有方案，主要负责同志主持，先传达学习再研讨发言。",
    "quality": "发言能联系本单位工作，个别发言照念材料。",
    "archive": "签到表、会议记录齐全，发言材料尚缺一份。",
    "overall": "学习组织有序，主题贴近业务，成员到会情况较好。",
    "highlights": "把学习和当月重点工作一起布置、一起督办。",
    "problems": "研讨不够深入；个别成员没有书面发言材料。",
    "advice": "会前三天把研讨题目发给成员，发言围绕一个实际问题展开。",
}
PROBLEMS = ("个别成员没有书面发言材料，研讨以念稿为主。", "一季度集中学习的签到表没有归档。")
ANSWER = {
    "measures": "研讨题目提前三天发到成员，由学习秘书收齐发言提纲后再开会。",
    "leader": "单位分管负责同志",
    "office": "办公室",
    "person": "学习秘书",
    "progress": "已按新做法组织一次研讨，发言提纲全部归档。",
}
# Findings by place of the unit in official order: state, and weeks before the end of the data.
FOUND = ((0, "closed", 12), (0, "replied", 3), (1, "sent_back", 3), (2, "open", 6), (3, "open", 1))


def write_sit_ins(county: County, days: SampleDays, logins: Logins) -> None:
    """Writes those of the first few units that stand all year; to be called after the sessions."""
    units = [one for one in county.members if _stands(one)][:6]
    desk = _Desk(days, logins.auditor)
    for unit in units[3:]:
        desk.last_year(unit)
    stories = (desk.fed_back, desk.fed_back, desk.held, desk.agreed, desk.planned, desk.planned)
    for unit, tell in zip(units, stories, strict=False):
        tell(unit)
    for place, status, weeks in FOUND:
        if place < len(units):
            desk.find(units[place], status, dt.timedelta(weeks=weeks))


def _stands(member: SampleUnit) -> bool:
    return member.unit.established_on is None and member.unit.abolished_on is None


class _Desk:
    def __init__(self, days: SampleDays, auditor: User | None) -> None:
        self._days = days
        self._auditor = auditor

    def last_year(self, member: SampleUnit) -> None:
        """Listened to and fed back in the year before."""
        day = dt.date(self._days.year - 1, 9, 16)
        self._give_feedback(self._held(member, day, None), theme="全面依法治国")

    def fed_back(self, member: SampleUnit) -> None:
        """At the last session the unit had reported four weeks before the end of the data."""
        reported = StudySession.objects.filter(unit=member.unit).exclude(status=Status.DRAFT)
        session = reported.filter(date__lte=self._weeks_ago(4)).order_by("-date", "-id").first()
        if session is not None:
            self._give_feedback(self._held(member, session.date, session))

    def held(self, member: SampleUnit) -> None:
        """Listened to so long ago that the feedback is overdue."""
        self._held(member, self._days.after(self._weeks_ago(3), 1), None)

    def agreed(self, member: SampleUnit) -> None:
        """Agreed upon for the coming days."""
        until = self._days.until
        day = self._days.after(until, NOTICE_WORKDAYS)
        if day.year == self._days.year:
            values = {"date": day, "agreed_on": until, "status": SitIn.Status.AGREED}
            self._make(member, day, (SitInEvent.Kind.AGREE, until), **values)

    def planned(self, member: SampleUnit) -> None:
        """On the plan for the end of the year."""
        self._make(member, dt.date(self._days.year, 12, 1))

    def find(self, member: SampleUnit, status: str, before: dt.timedelta) -> None:
        """A finding in the state, found so long before the end of the data."""
        found_on = self._days.until - before
        is_closed = status == Finding.Status.CLOSED
        finding = Finding.objects.create(
            unit=member.unit,
            source=Finding.Source.ARCHIVE,
            found_on=found_on,
            problem=PROBLEMS[status == Finding.Status.OPEN],
            due=found_on + FINDING_DAYS,
            status=status,
            closed_on=found_on + FINDING_DAYS if is_closed else None,
            **({} if status == Finding.Status.OPEN else ANSWER),
        )
        kinds = {
            Finding.Status.OPEN: ("note",),
            Finding.Status.REPLIED: ("note", "reply"),
            Finding.Status.SENT_BACK: ("note", "reply", "send_back"),
            Finding.Status.CLOSED: ("note", "reply", "sign_off"),
        }[Finding.Status(status)]
        for number, kind in enumerate(kinds):
            FindingEvent.objects.create(
                finding=finding,
                kind=kind,
                at=_at(found_on + dt.timedelta(days=7 * number)),
                by=None if kind == "reply" else self._auditor,
                note="发言提纲还缺两份，请补齐。" if kind == "send_back" else "",
            )

    def _held(self, member: SampleUnit, day: dt.date, session: StudySession | None) -> SitIn:
        due = self._days.after(day, FEEDBACK_WORKDAYS)
        told_on = day - dt.timedelta(days=7)
        kinds = ((SitInEvent.Kind.AGREE, told_on), (SitInEvent.Kind.HOLD, day))
        values = {"date": day, "agreed_on": told_on, "feedback_due": due, "session": session}
        return self._make(member, day, *kinds, status=SitIn.Status.HELD, **values)

    def _give_feedback(self, sit_in: SitIn, **heard: str) -> None:
        on = sit_in.feedback_due or self._days.until
        SitInFeedback.objects.create(sit_in=sit_in, fed_back_on=on, **FEEDBACK, **heard)
        SitIn.objects.filter(pk=sit_in.pk).update(status=SitIn.Status.FED_BACK)
        self._tell(sit_in, SitInEvent.Kind.FEED_BACK, on)

    def _make(
        self,
        member: SampleUnit,
        day: dt.date,
        *kinds: tuple[SitInEvent.Kind, dt.date],
        **values: Any,
    ) -> SitIn:
        sit_in = SitIn.objects.create(unit=member.unit, year=day.year, month=day.month, **values)
        if self._auditor is not None:
            sit_in.listeners.add(self._auditor)
        for kind, on in ((SitInEvent.Kind.PLAN, dt.date(day.year, 1, 8)), *kinds):
            self._tell(sit_in, kind, on)
        return sit_in

    def _tell(self, sit_in: SitIn, kind: SitInEvent.Kind, on: dt.date) -> None:
        SitInEvent.objects.create(sit_in=sit_in, kind=kind, at=_at(on), by=self._auditor)

    def _weeks_ago(self, weeks: int) -> dt.date:
        return self._days.until - dt.timedelta(weeks=weeks)


def _at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
