"""What rows behind verdicts are called, for many units at once."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import F, IntegerField
from django.db.models.functions import Cast

from reports.gather.unions import Among, branch, by_owner
from sessions.models import StudySession, Topic
from units.models import Assignment, Person

_SESSION, _PERSON, _TOPIC = "SPT"


@dataclass
class Names:
    """Themes of sessions and names of people by id, as far as the role may see them.

    A session that must not be named online has an empty theme. ``topics`` are keyed as results
    write them.
    """

    sessions: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)


def names_for(unit_ids: Collection[int], as_of: dt.date, assignment: Assignment) -> Names:
    """One query. A county's leader reads figures: no names of people."""
    ids = list(unit_ids)
    offline = Cast("is_offline_only", IntegerField())
    seen = StudySession.objects.visible_to(assignment)
    sessions = seen.filter(Among("unit_id", ids), date__year=as_of.year)
    topics = Topic.objects.filter(required=True, due__year=as_of.year)
    branches = [
        branch(sessions, _SESSION, F("id"), offline, F("theme")),
        branch(topics, _TOPIC, F("id"), F("id"), F("name")),
    ]
    if assignment.role != Assignment.Role.COUNTY_LEADER:
        people = Person.objects.filter(Among("unit_id", ids))
        branches.append(branch(people, _PERSON, F("id"), F("id"), F("name")))
    found = Names()
    for rows in by_owner(branches).values():
        for source, key, number, text in rows:
            if source == _SESSION:
                found.sessions[key] = "" if number else text
            elif source == _PERSON:
                found.people[key] = text
            else:
                found.topics[str(key)] = text
    return found
