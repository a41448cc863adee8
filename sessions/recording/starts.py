"""What a new record starts with, before anything is stored."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sessions.models import Form, PlanItem, StudySession
from sessions.recording.written import COLUMNS, Mark, Written, written_of
from units.models import RosterEntry

# What a copy takes over; content, attendance and speeches must be said anew each time.
REPEATED = (
    *("theme", "form", "place", "chair", "lecturer", "scope", "is_offline_only", "archive_place"),
    *(name for name in COLUMNS if name.startswith("guests_")),
)
BETWEEN_NAMES = re.compile(r"[、，,;；\s]+")


def blank(*, day: date, due: Iterable[RosterEntry], place: str = "") -> Written:
    """A half-day of the group's own, chaired by the leader, everybody present."""
    due = list(due)
    chair = next((each.person.name for each in due if each.role == RosterEntry.Role.LEADER), "")
    facts: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    facts |= dict.fromkeys([name for name in COLUMNS if name.startswith("guests_")], 0)
    facts |= {
        "date": day,
        "end_date": day,
        "half_days": 1,
        "form": Form.COLLECTIVE,
        "scope": StudySession.Scope.GROUP,
        "place": place,
        "chair": chair,
        "plan_item_id": None,
        "is_offline_only": False,
    }
    return Written(facts, marks={each.person_id: Mark() for each in due})


def start_from_plan_item(
    *, item: PlanItem, day: date, due: Iterable[RosterEntry], place: str = ""
) -> Written:
    """As planned: theme, content, form, and those named as key speakers."""
    due = list(due)
    start = blank(day=day, due=due, place=place)
    facts = {
        **start.facts,
        "theme": item.topic,
        "content": item.content,
        "form": item.form,
        "plan_item_id": item.pk,
    }
    planned = set(BETWEEN_NAMES.split(item.speakers))
    marks = {each.person_id: Mark(key=each.person.name in planned) for each in due}
    return replace(start, facts=facts, marks=marks)


def copy_session(*, source: StudySession, day: date, due: Iterable[RosterEntry]) -> Written:
    """What repeats itself, and the length of a single day; see REPEATED."""
    due = list(due)
    before, start = written_of(source).facts, blank(day=day, due=due)
    facts = {**start.facts, **{name: before[name] for name in REPEATED}}
    if source.end_date == source.date:
        facts["half_days"] = before["half_days"]
    return replace(start, facts=facts)
