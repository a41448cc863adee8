"""Sessions as every address about them finds, shows and guards them."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sessions.api.session_shapes import SessionSerializer
from sessions.late import with_lateness
from sessions.models import Attendance, ReviewEvent, Speech, StudySession
from sessions.pages.desk import with_last_return
from sessions.pages.detail import with_unit_name
from sessions.recording.findings import Finding, Level, NotReadyError
from units.rest import refusals
from units.rest.resources import Resource

Errors = list[dict[str, str]]


class RecordedSession(Resource[StudySession]):
    """Whole records, found by their ids."""

    tag = _("集中学习")
    queryset = StudySession.objects.all()
    serializer_class = SessionSerializer

    def rows(self) -> QuerySet[StudySession]:
        return whole(StudySession.objects.all()).order_by("-date", "-pk")


def whole(sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
    """With everything that hangs on them; as many queries for one as for all."""
    attendance = Attendance.objects.select_related("member__person")
    speeches = Speech.objects.order_by("member__rank_order", "member_id", "-kind", "pk")
    return named(with_last_return(sessions)).prefetch_related(
        Prefetch("attendance", attendance.order_by("member__rank_order", "member_id")),
        Prefetch("speeches", speeches),
        Prefetch("events", ReviewEvent.objects.select_related("by").order_by("on", "pk")),
        "topics",
        "joint_units",
        "evidence",
    )


def counted(sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
    """For a list: annotates ``due`` and ``here``, how many owed attendance and were there."""
    rows = Attendance.objects.filter(session=OuterRef("pk")).order_by().values("session")
    here = rows.filter(status__in=Attendance.HERE)
    return named(sessions).annotate(due=_count(rows), here=_count(here))


def named(sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
    return with_unit_name(with_lateness(sessions.select_related("unit", "joint_lead__unit")))


def _count(rows: QuerySet[Attendance, Any]) -> Coalesce:
    number = Subquery(rows.annotate(number=Count("pk")).values("number")[:1])
    return Coalesce(number, 0, output_field=IntegerField())


def told(found: list[Finding], at: str = "") -> Errors:
    """Findings as errors of the API: the code says whether one can go on all the same."""
    codes = {Level.ERROR: "required", Level.WARNING: "warning", Level.NOTICE: "notice"}
    return [
        {"field": f"{at}{each.field}", "code": codes[each.level], "message": each.text}
        for each in found
    ]


def not_ready(unready: NotReadyError) -> refusals.NotReadyError:
    """What stands in the way, in the page's words."""
    found = unready.findings
    return refusals.NotReadyError("\n".join(each.text for each in found), told(found))
