"""Dated steps of sessions and documents, in the order in which they were entered."""

import datetime as dt

from django.db.models import F

from reports.gather.texts import OrderedText
from reports.gather.unions import Words
from reports.rules.facts import EventFacts
from sessions.models import ReviewEvent

# Approval inside the unit changes no status; the rules do not know it.
KNOWN = frozenset(ReviewEvent.Kind.values) - {ReviewEvent.Kind.APPROVE.value}


def said() -> OrderedText:
    """The text of all events of one session or document."""
    return OrderedText(Words("on", "kind"), F("id"))


class Events(dict[str, tuple[EventFacts, ...]]):
    """Events by what `said` wrote; equal texts share one tuple, made when it is first asked for."""

    def __missing__(self, text: str) -> tuple[EventFacts, ...]:
        pairs = [one.split(" ") for one in text.split(",") if one]
        made = tuple(EventFacts(dt.date.fromisoformat(on), kind) for on, kind in pairs)
        return self.setdefault(text, made)
