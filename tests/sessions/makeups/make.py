"""Members who were away."""

from datetime import date

from sessions.models import Attendance, StudySession
from tests.sessions.evidence.make import make_session
from units.models import Person, RosterEntry, Unit


def make_member(unit: Unit, name: str = "测甲", **changes) -> RosterEntry:
    person, _ = Person.objects.get_or_create(unit=unit, name=name)
    values = {"role": "member", "start_date": date(2020, 1, 1), "post": "委员"} | changes
    return RosterEntry.objects.create(person=person, **values)


def make_absence(unit: Unit, day: date, name: str = "测甲", **changes) -> Attendance:
    """An absence of a session that was accepted."""
    session = changes.pop("session", None) or make_day(unit, day)
    entry = RosterEntry.objects.filter(person__unit=unit, person__name=name).first()
    values = {"status": "absent"} | changes
    return Attendance.objects.create(
        session=session, member=entry or make_member(unit, name), **values
    )


def make_day(unit: Unit, day: date, status: str = "accepted", **changes) -> StudySession:
    return make_session(unit, status, date=day, end_date=day, **changes)
