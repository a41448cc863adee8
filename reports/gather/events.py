"""Dated steps of sessions and documents, in the order in which they were entered."""

import datetime as dt
from operator import itemgetter

from reports.gather.unions import Row, Words
from reports.rules.facts import EventFacts
from sessions.models import ReviewEvent

# Approval inside the unit changes no status; the rules do not know it.
KNOWN = frozenset(ReviewEvent.Kind.values) - {ReviewEvent.Kind.APPROVE.value}

entered = itemgetter(2)


def said() -> Words:
    """The text of an event's row; its number must be the event's id."""
    return Words("on", "kind")


class EventReader:
    """Makes events of what `said` wrote; equal events are one object."""

    def __init__(self) -> None:
        self._read: dict[str, EventFacts] = {}

    def events(self, rows: list[Row]) -> tuple[EventFacts, ...]:
        """The events of one session or document; their ids tell the order."""
        if len(rows) > 1:
            rows.sort(key=entered)
        read = self._read
        try:
            return tuple([read[row[3]] for row in rows])
        except KeyError:
            return tuple([self._event(row[3]) for row in rows])

    def _event(self, text: str) -> EventFacts:
        on, kind = text.split(" ")
        return self._read.setdefault(text, EventFacts(dt.date.fromisoformat(on), kind))
