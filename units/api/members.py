"""Members of the groups, as other programs read them and keep the rosters."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any, cast

import django_filters
from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from units.api.examples import ENDED, NEW_MEMBER, PROMOTED
from units.api.member_shapes import (
    CONFIRMED,
    EndInput,
    MemberChanges,
    MemberInput,
    MemberSerializer,
    OfficeChangeInput,
)
from units.api.roster_changes import change_roster, lock_roster
from units.models import Person, RosterEntry, Unit
from units.querysets import RosterQuerySet
from units.rest.filtering import Filters, OrderingFilter, UnitFilter, found_row, found_unit
from units.rest.judged import require_valid
from units.rest.replaying import once
from units.rest.resources import Resource
from units.roster import services
from units.roster.forms import AddForm, ChangeForm, EndForm, OfficeForm, PersonForm, bare_name
from units.roster.services import office_of

Entries = QuerySet[RosterEntry]
END_NAMES = {"end_date": "on"}
WHO = ("name", "distinction")


class MemberFilters(Filters):
    unit = UnitFilter(field_name="person__unit", label=_("单位的编码"))
    on = django_filters.DateFilter(method="holding", label=_("这一天在任的"))
    role = django_filters.ChoiceFilter(choices=RosterEntry.Role.choices)
    name = django_filters.CharFilter(
        field_name="person__name", lookup_expr="icontains", max_length=60, label=_("姓名中的字")
    )
    ordering = OrderingFilter(
        fields=(
            ("rank_order", "rank_order"),
            ("start_date", "start_date"),
            ("person__name", "name"),
            ("person__unit__code", "unit"),
        )
    )

    class Meta:
        model = RosterEntry
        fields = ()

    def holding(self, entries: Entries, _name: str, day: Any) -> Entries:
        return cast(RosterQuerySet, entries).in_office(day)


class MemberResource(Resource[RosterEntry]):
    """The entries of the rosters; who is due to a session follows from them."""

    tag = _("单位与成员")
    notes = {  # noqa: RUF012  as the parent declares it
        "list": _("名册条目，含已离任的；某一天在任的用 on。按单位和领导排序。"),
        "create": _("名册里已有完全相同的一条的，不重复登记，答复 200 和原有的一条。"),
        "partial_update": _(
            "更正登记错了的内容，等于一直如此；离任用 end，职务变动用 change-office。"
        ),
        "destroy": _("这段任期从来没有过时才删除；已有出勤或发言记录的条目不能删除，答复 409。"),
        "end": _("离任：从 on 这一天起不再应到。"),
        "change_office": _("原任期到 start_date 为止，从这一天起按新的职务。答复新的一条。"),
    }
    queryset = RosterEntry.objects.all()
    serializer_class = MemberSerializer
    filterset_class = MemberFilters
    guarded = frozenset({"partial_update", "destroy", "end", "change_office"})
    words = {"destroy": frozenset({"confirmed"})}  # noqa: RUF012  as the parent declares it

    def rows(self) -> Entries:
        entries = RosterEntry.objects.select_related("person__unit")
        return entries.order_by(
            "person__unit__rank_order", "person__unit__code", "rank_order", "pk"
        )

    @extend_schema(
        request=MemberInput,
        responses={200: MemberSerializer, 201: MemberSerializer},
        examples=[NEW_MEMBER],
    )
    @once
    def create(self, request: Request) -> Response:
        sent = self.sent(MemberInput)
        unit = found_unit(self.portal, sent.pop("unit"))
        confirmed = sent.pop("confirmed", None)
        lock_roster(unit)
        form = self._add_form(unit, sent)
        entry = form.repeated(unit)
        if entry is not None:
            return self._created(entry, 200)
        said = require_valid(form)
        who = {name: said[name] for name in WHO}
        add = partial(services.add_entry, unit=unit, office=form.office(), **who)
        entry = change_roster(
            self.portal, unit, add, action="roster.add", confirmed=confirmed, after=said
        )
        return self._created(entry)

    @extend_schema(request=MemberChanges, responses=MemberSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        sent = self.sent(MemberChanges)
        confirmed = sent.pop("confirmed", None)
        with transaction.atomic():
            entry = self._opened(pk)
            if sent.keys() & set(WHO):
                self._name(entry, sent, confirmed)
            if sent.keys() - set(WHO):
                form = OfficeForm(_told(entry) | sent)
                said = require_valid(form)
                correct = partial(services.correct_entry, entry=entry, office=form.office())
                self._change(entry, correct, "roster.correct", confirmed, said)
        return self.answer(self.found(pk=pk))

    @extend_schema(
        parameters=[OpenApiParameter("confirmed", str, description=CONFIRMED)],
        responses={204: None},
    )
    def destroy(self, request: Request, pk: int) -> Response:
        confirmed = request.query_params.get("confirmed")
        with transaction.atomic():
            entry = self._opened(pk)
            before = _told(entry) | {"name": entry.person.name}
            change_roster(
                self.portal,
                entry.person.unit,
                partial(services.remove_entry, entry=entry),
                action="roster.remove",
                confirmed=confirmed,
                before=before,
                after={},
            )
        return Response(status=204)

    @extend_schema(request=EndInput, responses=MemberSerializer, examples=[ENDED])
    @once
    def end(self, request: Request, pk: int) -> Response:
        sent = self.sent(EndInput)
        entry, confirmed = self._opened(pk), sent.pop("confirmed", None)
        if "on" in sent:
            sent["end_date"] = sent.pop("on")
        said = require_valid(EndForm(sent), END_NAMES)
        on, document_no = said["end_date"], said["document_no"]
        end = partial(services.end_term, entry=entry, on=on, document_no=document_no)
        self._change(entry, end, "roster.end", confirmed, said, END_NAMES)
        return self.answer(self.found(pk=pk))

    @extend_schema(
        request=OfficeChangeInput, responses={201: MemberSerializer}, examples=[PROMOTED]
    )
    @once
    def change_office(self, request: Request, pk: int) -> Response:
        sent = self.sent(OfficeChangeInput)
        entry, confirmed = self._opened(pk), sent.pop("confirmed", None)
        told = _told(entry) | {"start_date": None, "appointment_no": "", "note": ""}
        form = ChangeForm(told | sent)
        said = require_valid(form)
        change = partial(services.change_office, entry=entry, office=form.office())
        return self._created(self._change(entry, change, "roster.change", confirmed, said))

    def _add_form(self, unit: Unit, sent: dict[str, Any]) -> AddForm:
        """The page's form. Whoever writes a distinction means another person of the name."""
        name = bare_name((sent.get("name") or "").replace("\0", ""))
        namesakes = list(Person.objects.filter(unit=unit, name=name)) if name else []
        data = dict(sent)
        if "person" in sent:
            person = found_row(self.portal, Person.objects.all(), sent["person"])
            if person not in namesakes:
                message = forms.ChoiceField.default_error_messages["invalid_choice"]
                raise ValidationError({"person": [message % {"value": person.pk}]})
        elif "distinction" in sent:
            data["person"] = "new"
        return AddForm(data, namesakes=namesakes)

    def _opened(self, pk: int) -> RosterEntry:
        """The entry as the caller read it, with its roster locked before it, as the pages do."""
        lock_roster(self.found(pk=pk).person.unit)
        return self.found_unchanged(pk=pk)

    def _name(self, entry: RosterEntry, sent: Mapping[str, Any], confirmed: str | None) -> None:
        person = entry.person
        known = {name: getattr(person, name) for name in WHO}
        said = require_valid(PersonForm(known | {name: sent[name] for name in WHO if name in sent}))
        change_roster(
            self.portal,
            person.unit,
            partial(services.name_person, person=person, **said),
            action="roster.person",
            confirmed=confirmed,
            before=known,
            after=said,
        )

    def _change(
        self,
        entry: RosterEntry,
        act: Any,
        action: str,
        confirmed: str | None,
        said: Mapping[str, Any],
        names: Mapping[str, str] | None = None,
    ) -> RosterEntry:
        changed: RosterEntry = change_roster(
            self.portal,
            entry.person.unit,
            act,
            action=action,
            confirmed=confirmed,
            before=_told(entry),
            after=said,
            names=names,
        )
        return changed

    def _created(self, entry: RosterEntry, status: int = 201) -> Response:
        response = self.answer(self.found(pk=entry.pk), status)
        response["Location"] = reverse("api_member", kwargs={"pk": entry.pk})
        return response


def _told(entry: RosterEntry) -> dict[str, Any]:
    return asdict(office_of(entry))
