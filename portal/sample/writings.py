"""What members wrote, and what study led to."""

import datetime as dt
from random import Random

from portal.sample.days import SampleDays
from portal.sample.fates import Fate
from portal.sample.rosters import Roster, Seat
from portal.sample.rows import Rows
from reports.periods import DAY, holds
from sessions.models import Outcome, PersonalRecord, StudySession, Topic

Kind = PersonalRecord.Kind
TITLES = {
    Kind.REFLECTION: ("学习心得：联系实际抓落实", "读原著的几点体会", "从学习中找方法"),
    Kind.RESEARCH: ("基层服务事项调研报告", "重点项目推进情况调研报告"),
    Kind.SELF_STUDY: ("自学规定书目", "自学政策法规"),
}
OUTCOMES = (
    (Outcome.Kind.MEASURE, "关于优化办事流程的若干措施", ""),
    (Outcome.Kind.ARTICLE, "联系实际学理论的做法", Topic.Level.CITY),
    (Outcome.Kind.RESEARCH_TOPIC, "县域产业协作课题", Topic.Level.COUNTY),
    (Outcome.Kind.AWARD, "优秀调研成果", Topic.Level.CITY),
    (Outcome.Kind.LEADERS_REMARK, "关于闲置资产利用的建议", Topic.Level.COUNTY),
)


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
        wishes = (
            (Kind.REFLECTION, self.roster.member.habits.reflections),
            (Kind.RESEARCH, 0.15),
            (Kind.SELF_STUDY, 0.1),
        )
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
        """One in three units has something to show."""
        if not sessions or self.chance.random() > 0.35:
            return
        kind, title, level = self.chance.choice(OUTCOMES)
        session = self.chance.choice(sessions)
        day = session.date + DAY * self.chance.randint(5, 40)
        if not self.days.seen(day):
            return
        measure = kind == Outcome.Kind.MEASURE
        rows.outcomes.append(
            Outcome(
                unit=session.unit,
                kind=kind,
                title=title,
                date=day,
                authors=session.chair,
                level=level,
                conversion="已印发执行" if measure else "",
                session=session,
            )
        )
