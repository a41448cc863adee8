"""Study sessions and what hangs on them, in two queries for any number of units."""

import datetime as dt
from collections.abc import Hashable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from django.db.models import F, QuerySet

from reports.gather import attendance, events
from reports.gather.attendance import GroupReader
from reports.gather.events import Events
from reports.gather.texts import read, summed
from reports.gather.unions import Among, JoinedText, Words, word
from reports.rules.facts import EvidenceFacts, SessionFacts, SpeechFacts
from sessions.models import Attendance, Evidence, ReviewEvent, Speech, StudySession
from units.models import RosterEntry

EVENTS, ATTENDANCE, SPEECHES, EVIDENCE, TOPICS = SOURCES = "EASFT"

by_day = itemgetter(1, 0)

Head = tuple[dt.date, dt.date, int, str]


class Heads(dict[str, Head]):
    """First day, last day, half-days and form by their words."""

    def __missing__(self, text: str) -> Head:
        first, last, half_days, form = text.split(" ")
        day = dt.date.fromisoformat
        return self.setdefault(text, (day(first), day(last), int(half_days), form))


class Files(dict[str, tuple[EvidenceFacts, ...]]):
    """Evidence by its words."""

    def __missing__(self, text: str) -> tuple[EvidenceFacts, ...]:
        pairs = [one.split(" ") for one in text.split(",") if one]
        files = tuple(EvidenceFacts(kind, dt.date.fromisoformat(on)) for kind, on in pairs)
        return self.setdefault(text, files)


class Links(dict[str, tuple[Hashable, ...]]):
    """Ids of topics by their words."""

    def __missing__(self, text: str) -> tuple[Hashable, ...]:
        return self.setdefault(text, tuple(int(one) for one in text.split(",") if one))


class Sessions:
    """The year's sessions of some units as texts; they become facts when a unit is asked for."""

    def __init__(self, unit_ids: Sequence[int], year: int) -> None:
        mine = StudySession.objects.of_year(year).filter(Among("unit_id", unit_ids)).order_by()
        words = Words("date", "end_date", "half_days", "form")
        self._sessions: dict[int, list[tuple[int, str]]] = {}
        ids = []
        for unit, key, text in mine.values_list("unit_id", "id", words):
            self._sessions.setdefault(unit, []).append((key, text))
            ids.append(key)
        self._texts = read(_branches(ids), sources=SOURCES, ordered=EVENTS)
        self._heads, self._events, self._files, self._links = Heads(), Events(), Files(), Links()
        self._groups = GroupReader().groups

    def take(self, unit: int) -> tuple[SessionFacts, ...]:
        """The sessions of a unit in the order of their days; once only, the rows are let go."""
        rows = self._sessions.pop(unit, [])
        # ISO dates come first in the words: sorted as texts, they are in the order of days.
        rows.sort(key=by_day)
        return tuple([self._session(key, text) for key, text in rows])

    def _session(self, key: int, text: str) -> SessionFacts:
        said = self._texts
        spoken = said[SPEECHES].get(key)
        return SessionFacts(
            key,
            *self._heads[text],
            self._events[said[EVENTS].get(key, "")],
            self._groups(said[ATTENDANCE].get(key, "")),
            _speeches(spoken) if spoken else (),
            self._links[said[TOPICS].get(key, "")],
            self._files[said[EVIDENCE].get(key, "")],
        )


def _speeches(text: str) -> tuple[SpeechFacts, ...]:
    pairs = [one.split(" ") for one in text.split(",")]
    return tuple([SpeechFacts(int(person), kind) for person, kind in pairs])


def _branches(ids: Sequence[int]) -> Iterator[QuerySet[Any, Any]]:
    # Sessions by id, not by their unit and year: nothing has to be joined.
    mine, session = Among("session_id", ids), F("session_id")
    steps = ReviewEvent.objects.filter(mine, kind__in=events.KNOWN)
    yield summed(steps, EVENTS, session, events.said())
    rows = Attendance.objects.filter(mine)
    yield summed(rows, ATTENDANCE, session, attendance.said())
    speeches = Speech.objects.filter(mine, member__role__in=RosterEntry.DUE_ROLES)
    yield summed(speeches, SPEECHES, session, JoinedText(Words("member__person_id", "kind")))
    # A file held for its markings is not on file: it must leave this system.
    evidence = Evidence.objects.filter(mine).exclude(checked__in=Evidence.KEPT_BACK)
    yield summed(evidence, EVIDENCE, session, JoinedText(Words("kind", "on")))
    links = StudySession.topics.through.objects.filter(Among("studysession_id", ids))
    yield summed(links, TOPICS, F("studysession_id"), JoinedText(word("topic_id")))
