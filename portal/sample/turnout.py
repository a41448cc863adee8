"""Who came to a session, who did not and why, and what was made up for."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from portal.sample.days import SampleDays
from portal.sample.fates import Habits
from portal.sample.rosters import Roster, Seat
from sessions.models import Attendance, StudySession

Status, Leave, Method = Attendance.Status, Attendance.LeaveKind, Attendance.Method
SHORT_LEAVES = (
    (Leave.OFFICIAL_TRIP, "赴省里汇报工作", 30),
    (Leave.SUPERIOR_MEETING, "参加市里会议", 30),
    (Leave.SICK, "就医", 12),
    (Leave.PERSONAL, "家中有事", 10),
    (Leave.ANNUAL_LEAVE, "年休假", 8),
    (Leave.OTHER, "值守防汛", 4),
    (None, "", 6),
)
LONG_LEAVES = (
    (Leave.OFFSITE_TRAINING, "党校中青年干部培训班", 60),
    (Leave.SECONDMENT, "到乡村振兴点挂职", 150),
    (Leave.MATERNITY, "产假", 128),
    (Leave.LONG_SICK, "住院治疗", 90),
)
LONG_LEAVE_SHARE = 0.3  # of units in which somebody is away for weeks
LEADERS_SUPERIOR = "县委办公室"  # grants a leader's leave, who cannot grant it himself


@dataclass(frozen=True, slots=True)
class Away:
    """One member's weeks away."""

    holder: int
    kind: Attendance.LeaveKind
    reason: str
    first: dt.date
    last: dt.date


class Turnout:
    """Fills in one unit's attendance, one row for everybody due on the session's first day."""

    def __init__(self, roster: Roster, habits: Habits, days: SampleDays, chance: Random) -> None:
        self.roster = roster
        self.habits = habits
        self.days = days
        self.chance = chance
        self.away = self._away()

    def of(self, session: StudySession) -> list[Attendance]:
        seats = self.roster.due_on(session.date)
        rows = []
        here = len(seats)
        for seat in seats:
            row = self._row(session, seat, may_miss=here > max(3, len(seats) // 2))
            here -= row.status not in Attendance.HERE
            rows.append(row)
        return rows

    def _away(self) -> Away | None:
        members = [seat for seat in self.roster.seats[2:-1] if seat.entry.end_date is None]
        if len(members) < 3 or self.chance.random() > LONG_LEAVE_SHARE:
            return None
        kind, reason, length = self.chance.choice(LONG_LEAVES)
        first = dt.date(self.days.year, self.chance.randint(2, 8), self.chance.randint(1, 28))
        seat = self.chance.choice(members)
        return Away(seat.holder, kind, reason, first, first + dt.timedelta(days=length))

    def _row(self, session: StudySession, seat: Seat, *, may_miss: bool) -> Attendance:
        row = Attendance(session=session, member=seat.entry, status=Status.PRESENT)
        away = self.away
        if away and away.holder == seat.holder and away.first <= session.date <= away.last:
            self._grant(row, seat, away.kind, away.reason)
        elif may_miss and self.chance.random() < self.habits.absence:
            kind, reason = self._why()
            if kind is None:
                row.status = Status.ABSENT
            else:
                self._grant(row, seat, kind, reason)
            self._make_up(row, session)
        else:
            turn = self.chance.random()
            if turn < 0.03:
                row.status = Status.LATE if turn < 0.02 else Status.LEFT_EARLY
        return row

    def _why(self) -> tuple[Attendance.LeaveKind | None, str]:
        weights = [weight for _, _, weight in SHORT_LEAVES]
        kind, reason, _ = self.chance.choices(SHORT_LEAVES, weights)[0]
        return kind, reason

    def _grant(self, row: Attendance, seat: Seat, kind: Attendance.LeaveKind, reason: str) -> None:
        leader = self.roster.due_on(row.session.date)[0]
        row.status, row.leave_kind, row.reason = Status.LEAVE, kind, reason
        row.approver = LEADERS_SUPERIOR if leader.holder == seat.holder else leader.name

    def _make_up(self, row: Attendance, session: StudySession) -> None:
        """Studied alone within the month, sometimes late, sometimes not confirmed, or never."""
        chance, habits = self.chance, self.habits
        if chance.random() >= habits.made_up:
            if chance.random() < 0.5:
                return
            confirmed_after = None
        else:
            confirmed_after = chance.randint(0, 3)
        late = chance.random() < habits.made_up_late
        made_up = session.end_date + dt.timedelta(
            days=chance.randint(31, 40) if late else chance.randint(2, 16)
        )
        if not self.days.seen(made_up):
            return
        row.makeup_date = made_up
        row.makeup_method = chance.choice(list(Method))
        if confirmed_after is None:
            return
        confirmed = made_up + dt.timedelta(days=confirmed_after)
        if self.days.seen(confirmed):
            row.makeup_confirmed_on = confirmed
            row.makeup_confirmer = self.roster.secretary_on(session.date)
