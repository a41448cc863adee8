"""Sessions reported after their month was closed (补录), told by the room that closes months."""

from django.db.models import BooleanField, Exists, QuerySet, Value

from sessions.models import StudySession
from sessions.signals import late_asked


def with_lateness(sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
    """Annotates ``is_late``; false where nobody closes months. Costs no query of its own."""
    answers = [answer for _, answer in late_asked.send(sender=StudySession)]
    told = next((answer for answer in answers if isinstance(answer, Exists)), None)
    if told is None:
        return sessions.annotate(is_late=Value(value=False, output_field=BooleanField()))
    return sessions.annotate(is_late=told)
