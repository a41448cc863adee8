"""What members wrote, and what study led to."""

import datetime as dt
from random import Random
from typing import NamedTuple

from portal.sample.days import SampleDays
from portal.sample.fates import Fate
from portal.sample.rosters import Roster, Seat
from portal.sample.rows import Rows
from portal.sample.unit_names import RESEARCH
from reports.periods import DAY, holds
from sessions.models import Outcome, PersonalRecord, StudySession, Topic

Kind = PersonalRecord.Kind
TITLES = {
    Kind.REFLECTION: ("学习心得：联系实际抓落实", "读原著的几点体会", "从学习中找方法"),
    Kind.RESEARCH: ("基层服务事项调研报告", "重点项目推进情况调研报告"),
    Kind.SELF_STUDY: ("自学规定书目", "自学政策法规", "在“学习强国”平台自学专题课程"),
}
SHARES = {Kind.RESEARCH: 0.15, Kind.SELF_STUDY: 0.1}
SHARES_OF_FIRST = {Kind.RESEARCH: 0.3, Kind.SELF_STUDY: 0.6}


class Result(NamedTuple):
    """Something study may lead to, and the share of units that have it: of research offices, of
    others.
    """

    kind: Outcome.Kind
    title: str
    level: str
    of_research: float
    of_others: float
    outlet: str = ""
    conversion: str = ""
    by_principal: bool = False


K, L = Outcome.Kind, Topic.Level
RESULTS = (
    Result(K.RESEARCH_TOPIC, "县域产业协作课题", L.COUNTY, 0.9, 0.1),
    Result(K.RESEARCH_TOPIC, "基层治理减负增效课题", L.CITY, 0.7, 0.05,
           conversion="转有关部门研究"),
    Result(K.LEADERS_REMARK, "关于闲置资产利用的建议", L.COUNTY, 0.6, 0.1),
    Result(K.LEADERS_REMARK, "关于优化县域营商环境的调研报告", L.CITY, 0.7, 0.05,
           conversion="批转有关部门借鉴落实", by_principal=True),
    Result(K.INTERNAL_REFERENCE, "山区产业振兴的做法与建议", L.PROVINCE, 0.4, 0.02),
    Result(K.ARTICLE, "联系实际学理论的做法", L.CITY, 0.6, 0.1, outlet="青石日报理论版"),
    Result(K.AWARD, "优秀调研成果", L.CITY, 0.5, 0.08, outlet="调研成果评选优秀奖"),
    Result(K.MEASURE, "关于优化办事流程的若干措施", "", 0.5, 0.15, conversion="已印发执行"),
    Result(K.SITE_MEETING, "学用结合现场会", L.COUNTY, 0.1, 0.05),
    Result(K.EXTERNAL_RESULT, "意识形态工作责任制考核评为好等次", L.COUNTY, 0.2, 0.05),
)  # fmt: skip


class Writings:
    """Invents one unit's personal records and outcomes."""

    def __init__(self, roster: Roster, days: SampleDays, chance: Random) -> None:
        self.roster = roster
        self.days = days
        self.chance = chance

    def records(self, rows: Rows) -> None:
        """A reflection by nearly everybody between April and September, some papers more."""
        if self.roster.member.fate is Fate.PREPARING:
            return
        shares = SHARES_OF_FIRST if self.roster.member.is_first else SHARES
        wishes = ((Kind.REFLECTION, self.roster.member.habits.reflections), *shares.items())
        written: set[tuple[int, str]] = set()
        for seat in self.roster.seats:
            if seat.entry.role not in seat.entry.DUE_ROLES:
                continue
            for kind, share in wishes:
                if (seat.holder, kind) in written or self.chance.random() >= share:
                    continue
                record = self._record(seat, kind)
                if record is not None:
                    written.add((seat.holder, kind))
                    rows.records.append(record)

    def _record(self, seat: Seat, kind: PersonalRecord.Kind) -> PersonalRecord | None:
        year = self.days.year
        entry = seat.entry
        first = max(dt.date(year, 4, 1), entry.start_date + DAY * 7)
        day = self.days.some(self.chance, first, max(first, dt.date(year, 9, 28)))
        if not self.days.seen(day) or not holds(entry.start_date, entry.end_date, day):
            return None
        title = self.chance.choice(TITLES[kind])
        return PersonalRecord(person=entry.person, kind=kind, date=day, title=title)

    def outcomes(self, rows: Rows, sessions: list[StudySession]) -> None:
        """Research offices have much to show, others now and then, the first units everything."""
        member = self.roster.member
        research = member.title.category == RESEARCH
        for result in RESULTS if sessions else ():
            share = result.of_research if research else result.of_others
            luck, session = self.chance.random(), self.chance.choice(sessions)
            day = session.date + DAY * self.chance.randint(5, 40)
            if member.is_first:
                day = min(day, self.days.until)
            if self.days.seen(day) and (member.is_first or luck < share):
                rows.outcomes.append(self._outcome(result, session, day))

    def _outcome(self, result: Result, session: StudySession, day: dt.date) -> Outcome:
        return Outcome(
            unit=session.unit,
            kind=result.kind,
            title=result.title,
            date=day,
            authors=session.chair,
            level=result.level,
            by_principal=result.by_principal,
            outlet=result.outlet,
            conversion=result.conversion,
            session=session,
        )
