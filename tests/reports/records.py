"""Rows of a small county for the tests of gathering, facts, evaluation and closing."""

import datetime as dt
from collections.abc import Iterable, Sequence

from reports.evaluation import Evaluated, evaluate_unit
from reports.models import RuleSet
from reports.rule_sets import create_default, publish
from sessions.models import Attendance, PersonalRecord, ReviewEvent, Speech, StudySession
from sessions.services import announce, record_event
from units.models import Category, Person, RosterEntry, Unit

YEAR = 2026
ROOT = "QS"


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T10:00:00+08:00")


def make_root() -> Unit:
    category, _ = Category.objects.get_or_create(code="county", name="县")
    return Unit.objects.get_or_create(
        code=ROOT, defaults={"category": category, "path": f"{ROOT}/", "has_group": False}
    )[0]


def make_unit(code: str = "QS01", *, members: int = 3, category: str = "bureau", **values) -> Unit:
    root = make_root()
    kind, _ = Category.objects.get_or_create(code=category, name=category)
    unit = Unit.objects.create(
        code=code, category=kind, parent=root, path=f"{root.path}{code}/", **values
    )
    for number in range(members):
        make_entry(unit, f"成员{number}", role="member" if number else "leader")
    return unit


def make_entry(unit: Unit, name: str, *, role: str = "member", start="2020-01-01", end=None):
    person, _ = Person.objects.get_or_create(unit=unit, name=name)
    return RosterEntry.objects.create(person=person, role=role, start_date=start, end_date=end)


def make_session(
    unit: Unit,
    day: str = "2026-03-10",
    *,
    steps: Sequence[str] = ("submit",),
    statuses: Iterable[str] = (),
    speakers: int = 0,
    **values,
) -> StudySession:
    """A session attended by everybody in office, then submitted; `statuses` by rank."""
    session = StudySession.objects.create(
        unit=unit, date=day, end_date=day, **{"form": "collective", **values}
    )
    session.refresh_from_db()
    due = list(RosterEntry.objects.of_unit(unit).in_office(session.date).due())
    given = dict(enumerate(statuses))
    for rank, entry in enumerate(due):
        status = given.get(rank, "present")
        kind = "offsite_training" if status == "leave" else ""
        Attendance.objects.create(session=session, member=entry, status=status, leave_kind=kind)
    for entry in due[:speakers]:
        Speech.objects.create(session=session, member=entry, kind="key", title="发言")
    for step in steps:
        review(session, step, day)
    announce(unit_ids={unit.pk}, years={session.date.year})
    return session


def review(session: StudySession, step: str, day: str) -> None:
    kind = ReviewEvent.Kind(step)
    record_event(about=session, kind=kind, at=at(day), reason="不全" if step == "return" else "")


def make_record(unit: Unit, day: str = "2026-03-10", kind: str = "reflection") -> PersonalRecord:
    person = unit.people.order_by("id")[0]
    number = PersonalRecord.objects.count()
    record = PersonalRecord.objects.create(person=person, kind=kind, date=day, title=str(number))
    announce(unit_ids={unit.pk}, years={dt.date.fromisoformat(day).year})
    return record


def judged(unit: Unit, as_of: dt.date, **values) -> Evaluated:
    """The evaluation of a unit that owes something."""
    evaluated = evaluate_unit(unit, as_of, **values)
    assert evaluated is not None
    return evaluated


def make_rules(*, title: str = "考核规则", effective: str = "2026-01-01", **changes) -> RuleSet:
    """A published default rule set with some columns changed."""
    draft = create_default(
        year=YEAR,
        title=title,
        effective_from=dt.date.fromisoformat(effective),
        unit=changes.pop("unit", None),
        categories=changes.pop("categories", ()),
    )
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save()
    return publish(rule_set=draft, at=at("2026-01-01"), by=None)
