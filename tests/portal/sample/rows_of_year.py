"""A unit's year counted from its rows alone: nothing here knows the rules' engine or its facts."""

import datetime as dt
from collections import Counter
from fractions import Fraction
from functools import cached_property

from sessions.models import (
    AnnualPlan,
    Attendance,
    Evidence,
    Outcome,
    PersonalRecord,
    Speech,
    StudySession,
    Topic,
)
from units.models import RosterEntry, Unit

ABSENT_LEAVE = ("official_trip", "superior_meeting", "sick", "personal", "annual_leave", "other")


class RowsOfYear:
    """Counts of one unit up to a day, as somebody with the paper files would make them."""

    def __init__(self, unit: Unit, until: dt.date) -> None:
        self.unit = unit
        self.until = until

    @cached_property
    def sessions(self) -> list[StudySession]:
        found = StudySession.objects.filter(unit=self.unit, date__lte=self.until)
        reported = found.filter(status__in=["submitted", "accepted"])
        return list(reported.exclude(form="adjacent").order_by("date", "id"))

    @property
    def attendance(self) -> list[Attendance]:
        return list(Attendance.objects.filter(session__in=self.sessions))

    @property
    def present(self) -> int:
        return sum(row.status in ("present", "late", "left_early") for row in self.attendance)

    @property
    def absences(self) -> list[Attendance]:
        return [
            row
            for row in self.attendance
            if row.status == "absent" or (row.status == "leave" and row.leave_kind in ABSENT_LEAVE)
        ]

    @property
    def made_up(self) -> int:
        return sum(
            row.makeup_confirmed_on is not None and row.makeup_confirmed_on <= self.until
            for row in self.absences
        )

    @property
    def base(self) -> int:
        return self.present + len(self.absences)

    @property
    def attendance_rate(self) -> str:
        return in_per_cent(self.present, self.base)

    @property
    def participation_rate(self) -> str:
        return in_per_cent(self.present + self.made_up, self.base)

    @property
    def days(self) -> str:
        return f"{sum(one.half_days for one in self.sessions) / 2:g}"

    @property
    def months(self) -> int:
        return len({one.date.month for one in self.sessions})

    @property
    def discussions(self) -> int:
        spoken = Speech.objects.filter(session__in=self.sessions)
        people = spoken.values_list("session", "member__person").distinct()
        spoke = Counter(session for session, _ in people)
        forms = ("discussion", "reading_class")
        return sum(one.form in forms and spoke[one.pk] >= 2 for one in self.sessions)

    def form(self, form: str) -> int:
        return sum(one.form == form for one in self.sessions)

    def speeches(self, kind: str) -> int:
        return Speech.objects.filter(session__in=self.sessions, kind=kind).count()

    @property
    def key_speakers(self) -> int:
        spoken = Speech.objects.filter(session__in=self.sessions, kind="key")
        return spoken.values("member__person").distinct().count()

    @property
    def speech_texts(self) -> int:
        files = Evidence.objects.filter(session__in=self.sessions, kind="speech_text")
        return files.values("session").distinct().count()

    def topics(self, level: str) -> list[str]:
        found = Topic.objects.filter(level=level, sessions__in=self.sessions)
        return list(found.distinct().order_by("id").values_list("name", flat=True))

    @property
    def content_groups(self) -> list[str]:
        found = Topic.objects.filter(sessions__in=self.sessions).order_by("content_group")
        numbers = dict.fromkeys(found.values_list("content_group", flat=True))
        return [str(Topic.ContentGroup(number).label) for number in numbers]

    def guests(self, kind: str) -> int:
        return sum(getattr(one, f"guests_{kind}") for one in self.sessions)

    def scope(self, scope: str) -> int:
        return sum(one.scope == scope for one in self.sessions)

    @property
    def adjacent(self) -> int:
        beside = StudySession.objects.filter(unit=self.unit, form="adjacent")
        return beside.filter(status__in=["submitted", "accepted"]).count()

    def records(self, kind: str) -> list[PersonalRecord]:
        found = PersonalRecord.objects.filter(person__unit=self.unit, kind=kind)
        return list(found.filter(date__lte=self.until).order_by("date", "id"))

    def outcomes(self, kind: str) -> list[Outcome]:
        found = Outcome.objects.filter(unit=self.unit, kind=kind, date__lte=self.until)
        return list(found.order_by("date", "id"))

    @property
    def leader(self) -> RosterEntry:
        leaders = RosterEntry.objects.of_unit(self.unit).filter(role="leader")
        return leaders.select_related("person").latest("start_date")

    @property
    def chaired_by_leader(self) -> int:
        return sum(one.chair == self.leader.person.name for one in self.sessions)

    @property
    def plan(self) -> AnnualPlan:
        return AnnualPlan.objects.get(unit=self.unit)

    @property
    def items_done(self) -> int:
        return self.plan.items.filter(state="done").count()


def in_per_cent(part: int, whole: int) -> str:
    hundredths = Fraction(part, whole) * 10_000
    return f"{int(hundredths + Fraction(1, 2)) / 100:.2f}%"
