"""What members wrote or studied alone, by the roster's entries."""

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from sessions.api.entries import EntryResource
from sessions.api.entry_shapes import (
    PersonalRecordChanges,
    PersonalRecordInput,
    PersonalRecordSerializer,
)
from sessions.api.filters import WholeNumber
from sessions.api.references import References
from sessions.entries.books import PERSONAL
from sessions.models import PersonalRecord
from units.access.objects import find
from units.models import RosterEntry
from units.rest.filtering import Filters, OrderingFilter, UnitFilter
from units.rest.inputs import LARGEST_ID
from units.rest.replaying import once

NEW_RECORD = OpenApiExample(
    "new_record",
    summary=_("一篇心得体会"),
    value={
        "member": 1201,
        "kind": "reflection",
        "date": "2026-03-20",
        "title": "守住招投标的廉政底线",
        "session": 508,
    },
    request_only=True,
)


class PersonalRecordFilters(Filters):
    unit = UnitFilter(field_name="person__unit", label=_("单位的编码"))
    member = WholeNumber(
        method="of_member", min_value=1, max_value=LARGEST_ID, label=_("名册条目的编号")
    )
    kind = django_filters.ChoiceFilter(choices=PersonalRecord.Kind.choices)
    year = WholeNumber(field_name="date__year", min_value=2000, max_value=2100, label=_("年度"))
    ordering = OrderingFilter(fields=(("date", "date"), ("title", "title"), ("kind", "kind")))

    class Meta:
        model = PersonalRecord
        fields = ()

    def of_member(
        self, rows: QuerySet[PersonalRecord], name: str, value: int
    ) -> QuerySet[PersonalRecord]:
        request: Any = self.request
        entry = find(request._request, RosterEntry.objects.all(), pk=value)
        return rows.filter(person=entry.person_id)


class PersonalRecordResource(EntryResource[PersonalRecord]):
    """Counted where the rules in force say so; no notes are asked for, no hours."""

    tag = _("个人学习")
    notes = {  # noqa: RUF012  as the parent declares it
        "create": _("同一人同一天同类同题的已经登记过的，不重复登记，答复 200 和原有的一条。"),
    }
    queryset = PersonalRecord.objects.all()
    serializer_class = PersonalRecordSerializer
    filterset_class = PersonalRecordFilters
    book = PERSONAL
    route = "api_personal_record"
    changes: ClassVar = PersonalRecordChanges

    def rows(self) -> QuerySet[PersonalRecord]:
        rows = PersonalRecord.objects.select_related("person__unit").annotate(member=_entry())
        return rows.order_by("-date", "-pk")

    @extend_schema(
        request=PersonalRecordInput,
        responses={200: PersonalRecordSerializer, 201: PersonalRecordSerializer},
        examples=[NEW_RECORD],
    )
    @once
    def create(self, request: Request) -> Response:
        sent = self.sent(PersonalRecordInput)
        member = find(self.portal, RosterEntry.objects.all(), pk=sent["member"])
        return self.added(self.form(sent, PersonalRecord(), member.person.unit))

    @extend_schema(request=PersonalRecordChanges, responses=PersonalRecordSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        return super().partial_update(request, pk)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        return super().destroy(request, pk)

    def named(self, sent: Mapping[str, Any], references: References) -> dict[str, Any]:
        if "member" not in sent:
            return {}
        found = references.find(RosterEntry.objects.all(), {"member": sent["member"]})
        return {"person": found["member"].person_id} if found else {}


def _entry() -> Coalesce:
    """The person's term on the day of the record, else the latest."""
    terms = (
        RosterEntry.objects.due().filter(person=OuterRef("person")).order_by("-start_date", "pk")
    )
    on = OuterRef("date")
    holding = terms.filter(Q(end_date=None) | Q(end_date__gt=on), start_date__lte=on)
    return Coalesce(Subquery(holding.values("pk")[:1]), Subquery(terms.values("pk")[:1]))
