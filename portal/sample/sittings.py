"""One unit's sessions of the year, with everything that hangs on them."""

import datetime as dt
from collections import Counter
from itertools import cycle
from random import Random

from portal.sample import themes
from portal.sample.county import SampleUnit
from portal.sample.days import SampleDays
from portal.sample.fates import Fate
from portal.sample.reviews import Reviews
from portal.sample.rosters import Roster, Seat
from portal.sample.rows import Rows
from portal.sample.session_files import evidence_of
from portal.sample.themes import Theme
from portal.sample.turnout import Turnout
from sessions.models import Attendance, Form, Speech, StudySession, Topic

OTHER_FORMS = (Form.COLLECTIVE,) * 6 + (Form.DISCUSSION,) * 3 + (Form.LECTURE,) * 2 + (Form.FIELD,)
LONG_FORMS = (Form.DISCUSSION, Form.FIELD)
OFFLINE_MONTH, JOINT_MONTH = 4, 6


class Sittings:
    """Invents a unit's sessions month by month; what was written so far decides what is due."""

    def __init__(
        self,
        member: SampleUnit,
        roster: Roster,
        topics: list[Topic],
        reviews: Reviews,
        chance: Random,
    ) -> None:
        self.member = member
        self.habits = member.habits
        self.roster = roster
        self.topics = topics
        self.reviews = reviews
        self.days: SampleDays = reviews.days
        self.chance = chance
        self.turnout = Turnout(roster, self.habits, self.days, chance)
        self.themes = cycle(chance.sample(themes.THEMES, len(themes.THEMES)))
        self.open_topics = [
            theme
            for theme in themes.TOPIC_THEMES
            if not (self.habits.skips_topic and theme.topic == 1)
        ]
        self.key_speeches: Counter[int] = Counter()
        self.reading_month = chance.choice((6, 8, 9, 0, 0))
        self.discussed: set[int] = set()
        # What comes instead of the next plain session, so that each form is there.
        self.to_show = [Form.FIELD, Form.LECTURE] if member.is_first else []
        is_joint = member.fate in (Fate.JOINT_LEAD, Fate.JOINT_PARTNER)
        self.joint_day = self.days.workdays(JOINT_MONTH)[9] if is_joint else None

    def record(self, rows: Rows) -> None:
        """Adds every session that has begun by the end of the data."""
        if self.member.fate is Fate.PREPARING:
            return
        for month in self.days.months:
            dates = self._dates(month)
            for day in dates:
                self._hold(rows, day, self._form(month))
            self._extras(rows, month, [day for day in self._days(month) if day not in dates])

    def _dates(self, month: int) -> list[dt.date]:
        if month in self.habits.months_skipped:
            return []
        days = self._days(month)
        number = min(len(days), self.chance.choice(self.habits.sessions_a_month))
        return sorted(self.chance.sample(days, number))

    def _days(self, month: int) -> list[dt.date]:
        """The month's working days in the unit's life on which this group studies."""
        unit = self.member.unit
        return [
            day
            for day in self.days.workdays(month)
            if self.days.seen(day)
            and day.day <= self.habits.last_day
            and day != self.joint_day
            and (unit.established_on is None or unit.established_on <= day)
            and (unit.abolished_on is None or day < unit.abolished_on)
        ]

    def _form(self, month: int) -> Form:
        """A discussion in each quarter; in the quarter without one, at most the name of one."""
        quarter = (month + 2) // 3
        if month == self.reading_month and quarter != self.habits.quarter_without_discussion:
            self.reading_month = 0
            self.discussed.add(quarter)
            return Form.READING_CLASS
        form = self.chance.choice(OTHER_FORMS)
        if quarter == self.habits.quarter_without_discussion:
            return form
        if quarter not in self.discussed and month % 3 != 1:
            form = Form.DISCUSSION
        if form == Form.DISCUSSION:
            self.discussed.add(quarter)
        if form == Form.COLLECTIVE and self.to_show:
            return self.to_show.pop()
        return form

    def _theme(self, day: dt.date) -> Theme:
        """A topic whose window is open, before anything else."""
        for theme in self.open_topics:
            topic = self.topics[theme.topic or 0]
            if topic.from_date <= day <= topic.due:
                self.open_topics.remove(theme)
                return theme
        return next(self.themes)

    def _extras(self, rows: Rows, month: int, days: list[dt.date]) -> None:
        """What is not plain study, on days yet free: related, joint and paper-only sessions."""
        joint = self.joint_day
        if joint and joint.month == month and self.days.seen(joint):
            session = self._hold(rows, joint, Form.DISCUSSION, themes.JOINT)
            rows.joint.append((session, self.member))
        if not days:
            return
        if self.chance.random() < 0.1:
            name = self.chance.choice(themes.ADJACENT_THEMES)
            self._hold(rows, self.chance.choice(days), Form.ADJACENT, Theme(name, ""))
        if self.member.fate is Fate.OFFLINE and month == OFFLINE_MONTH:
            session = self._hold(rows, days[-1], Form.COLLECTIVE, Theme("", ""))
            session.is_offline_only, session.place, session.chair = True, "", ""
            session.archive_place = "机关档案室2号柜"
        if month == self.habits.month_left_returned:
            self._hold(rows, days[len(days) // 2], Form.COLLECTIVE, left_returned=True)

    def _hold(
        self,
        rows: Rows,
        day: dt.date,
        form: Form,
        theme: Theme | None = None,
        *,
        left_returned: bool = False,
    ) -> StudySession:
        theme = theme or (themes.READING_CLASS if form == Form.READING_CLASS else self._theme(day))
        session = self._session(day, form, theme)
        rows.sessions.append(session)
        if theme.topic is not None:
            rows.topics.append((session, self.topics[theme.topic]))
        attendance = self.turnout.of(session)
        rows.attendance += attendance
        here = [row for row in attendance if row.status in Attendance.HERE]
        session.chair = here[0].member.person.name
        if form in (Form.DISCUSSION, Form.READING_CLASS):
            rows.speeches += self._speeches(session, here)
        self._report(rows, session, left_returned=left_returned)
        return session

    def _session(self, day: dt.date, form: Form, theme: Theme) -> StudySession:
        chance = self.chance
        end, half_days = day, 1
        if form == Form.READING_CLASS:
            end = self._last_day(day)
            half_days = 2 * ((end - day).days + 1)
        elif form in LONG_FORMS and chance.random() < 0.3:
            half_days = 2
        session = StudySession(
            unit=self.member.unit,
            theme=theme.name,
            date=day,
            end_date=end,
            half_days=half_days,
            form=form,
            place=chance.choice(themes.FIELD_PLACES if form == Form.FIELD else themes.PLACES),
            content=theme.content,
        )
        if form == Form.LECTURE:
            session.lecturer = chance.choice(themes.LECTURERS)
            session.guests_teaching = 1
        if theme.content and chance.random() < 0.15:
            session.problem_solved = chance.choice(themes.PROBLEMS)
        if chance.random() < 0.2:
            session.scope = chance.choice(
                (StudySession.Scope.SECTION_HEADS, StudySession.Scope.ALL_STAFF)
            )
            session.guests_expanded = chance.randint(6, 40)
        session.guests_attending = chance.choice((0, 0, 0, 1, 2, 3))
        session.guests_observing = int(chance.random() < 0.04)
        return session

    def _last_day(self, day: dt.date) -> dt.date:
        """Two or three working days in a row, as far as the calendar and the unit's life allow."""
        end = day
        for _ in range(self.chance.choice((1, 2))):
            ahead = end + dt.timedelta(days=1)
            abolished = self.member.unit.abolished_on
            if not self.days.calendar.is_workday(ahead) or ahead == abolished:
                break
            end = ahead
        return end

    def _speeches(self, session: StudySession, here: list[Attendance]) -> list[Speech]:
        """Key speeches go first to those who have not had their turn this year.

        One speaker alone makes no discussion, whatever the session is called.
        """
        entries = {id(row.member) for row in here}
        present = [seat for seat in self.roster.due_on(session.date) if id(seat.entry) in entries]
        order = sorted(present, key=lambda seat: self.key_speeches[seat.holder])
        alone = (session.date.month + 2) // 3 == self.habits.quarter_without_discussion
        number = 1 if alone else self.chance.randint(2, 4)
        speeches = [self._speech(session, seat, Speech.Kind.KEY) for seat in order[:number]]
        self.key_speeches.update(seat.holder for seat in order[:number])
        rest = order[number:]
        wish = 0 if alone else self.chance.randint(0, 3)
        others = self.chance.sample(rest, min(len(rest), wish))
        speeches += [self._speech(session, seat, Speech.Kind.EXCHANGE) for seat in others]
        return speeches

    def _speech(self, session: StudySession, seat: Seat, kind: Speech.Kind) -> Speech:
        title = self.chance.choice(themes.SPEECH_TITLES) if kind == Speech.Kind.KEY else ""
        return Speech(session=session, member=seat.entry, kind=kind, title=title)

    def _report(self, rows: Rows, session: StudySession, *, left_returned: bool) -> None:
        habits = self.habits
        if left_returned:
            steps = self.reviews.left_returned(
                self.days.after(session.end_date, 2), themes.RETURN_REASONS[0]
            )
        elif session.date.month in habits.months_unreported:
            steps = []
        else:
            steps = self.reviews.of_session(
                session.end_date, late=habits.reported_late, returned=habits.returned
            )
        rows.events += self.reviews.put(session, steps)
        if steps:
            rows.evidence += evidence_of(session, habits, self.days, self.chance)
