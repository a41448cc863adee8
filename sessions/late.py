"""Belated entries (补录): sessions reported after their month was closed, told by the room that
closes months, and sessions out of the ledger of a year that was over when it was imported.
"""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from sessions.models import LedgerImport, StudySession
from sessions.signals import late_asked


def with_lateness(sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
    """Annotates ``is_late``. Costs no query of its own."""
    answers = [answer for _, answer in late_asked.send(sender=StudySession)]
    told = [answer for answer in answers if isinstance(answer, Exists)]
    of_an_old_year = LedgerImport.objects.filter(
        pk=OuterRef("ledger_import"), at__year__gt=OuterRef("date__year")
    )
    is_late = Q(Exists(of_an_old_year), *told, _connector=Q.OR)
    return sessions.annotate(is_late=ExpressionWrapper(is_late, BooleanField()))
