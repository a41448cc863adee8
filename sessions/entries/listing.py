"""The lists of personal records and outcomes, filtered by year, kind, member and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.entries.services import Entry
from sessions.models import Outcome, PersonalRecord
from units.models import UnitName

YEARS_BACK = 5


class FilterForm(forms.Form):
    year = forms.TypedChoiceField(
        label=gettext_lazy("年度"), coerce=int, required=False, empty_value=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    q = forms.CharField(label=gettext_lazy("姓名或题目"), required=False, max_length=50)

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, Any]], today: date) -> None:
        super().__init__(*args)
        years = range(today.year, today.year - YEARS_BACK, -1)
        choices: dict[str, list[tuple[str, Any]]] = {
            "year": [("", _("全部")), *((str(year), str(year)) for year in years)],
            "kind": [("", _("全部")), *kinds],
        }
        for name, listed in choices.items():
            field: Any = self.fields[name]
            field.choices = listed


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of either list, in the words of its columns."""

    pk: int
    day: date
    unit: str
    who: str
    kind: str
    title: str
    more: str
    session: str


def filtered(rows: QuerySet[Any], form: FilterForm) -> QuerySet[Any]:
    """What the filter asks for, the latest first; a filter that makes no sense asks for all."""
    if not form.is_valid():
        return rows.order_by("-date", "-pk")
    year, kind, words = (form.cleaned_data[name] for name in ("year", "kind", "q"))
    if year:
        rows = rows.filter(date__year=year)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        who = "person__name" if rows.model is PersonalRecord else "authors"
        rows = rows.filter(title__icontains=words) | rows.filter(**{f"{who}__icontains": words})
    return rows.order_by("-date", "-pk")


def with_names(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Fetches what ``listed`` shows, in one query."""
    is_personal = rows.model is PersonalRecord
    related = ("person", "session") if is_personal else ("session",)
    names = UnitName.objects.filter(unit=OuterRef("of_unit"), valid_from__lte=today)
    short = names.order_by("-valid_from").values("short_name")[:1]
    found: QuerySet[Any] = rows.select_related(*related)
    found = found.annotate(of_unit=F("person__unit" if is_personal else "unit"))
    named: QuerySet[Any] = found.annotate(unit_name=Subquery(short, output_field=CharField()))
    return named


def listed(entry: Entry) -> Listed:
    linked = entry.session
    if isinstance(entry, Outcome):
        who = entry.authors
        principal = _("主要领导") if entry.by_principal else ""
        more = (str(entry.get_level_display()), principal, entry.outlet, entry.conversion)
    else:
        who, more = entry.person.name, ("", "", "", "")
    return Listed(
        pk=entry.pk,
        day=entry.date,
        unit=getattr(entry, "unit_name", "") or "",
        who=who,
        kind=entry.get_kind_display(),
        title=entry.title,
        more="，".join(filter(None, more)),
        session=f"{linked.date} {linked.theme}" if linked is not None else "",
    )
