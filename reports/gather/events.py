"""Dated steps of sessions and documents, in the order in which they were entered."""

from django.db.models import F

from reports.gather.texts import OrderedText
from reports.gather.unions import Words
from sessions.models import ReviewEvent

# Approval inside the unit changes no status; the rules do not know it.
KNOWN = frozenset(ReviewEvent.Kind.values) - {ReviewEvent.Kind.APPROVE.value}


def said() -> OrderedText:
    """The text of all events of one session or document."""
    return OrderedText(Words("on", "kind"), F("id"))
