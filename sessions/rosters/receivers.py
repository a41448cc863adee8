"""Answers what a change of a roster touches."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from sessions.models import Status, StudySession
from units.models import Unit
from units.roster.consequences import Touched
from units.roster.terms import Term, due_on
from units.signals import due_change_asked


@receiver(due_change_asked, dispatch_uid="sessions_of_due_change")
def sessions_touched(
    unit: Unit, before: tuple[Term, ...], after: tuple[Term, ...], **_signal: Any
) -> list[Touched]:
    """The unit's sessions, drafts aside, whose due members are others after the change."""
    differing = set(before) ^ set(after)
    if not differing:
        return []
    first = min(term.start for term in differing)
    sessions = StudySession.objects.filter(unit=unit, date__gte=first)
    touched = []
    for session in sessions.exclude(status=Status.DRAFT).order_by("date", "id"):
        was, will = due_on(before, session.date), due_on(after, session.date)
        if was.keys() == will.keys():
            continue
        touched.append(
            Touched(
                key=session.pk,
                day=session.date,
                what=session.theme or _("（内容不上网）"),
                state=session.get_status_display(),
                come=tuple(name for person, name in will.items() if person not in was),
                gone=tuple(name for person, name in was.items() if person not in will),
            )
        )
    return touched
