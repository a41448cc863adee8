"""The list of sessions: filtered, counted, fifty at a time."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sessions.history import TONES
from sessions.late import with_lateness
from sessions.models import Attendance, Form, Status, StudySession
from sessions.pages.names import short_names
from units.access.objects import reachable
from units.access.requests import PortalRequest
from units.access.roles import Role

PAGE_LENGTH = 50
STATUSES = [(each.value, each.label) for each in Status if each is not Status.FILED]
YEARS_BACK = 5
COLUMNS = (
    *("pk", "unit_id", "theme", "date", "end_date"),
    *("form", "status", "is_offline_only", "joint_lead_id", "is_late"),
    "awaits_approval",
)


def period_choices() -> list[tuple[str, Any]]:
    months = [(f"m{month}", f"{month}月") for month in range(1, 13)]
    names = (_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度"))
    return [
        ("", _("全年")),
        *((f"q{quarter}", name) for quarter, name in enumerate(names, 1)),
        *months,
    ]


class FilterForm(forms.Form):
    """Reads the address; what does not fit is left out of the filter."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int, required=False)
    period = forms.ChoiceField(label=_("时段"), choices=period_choices, required=False)
    form = forms.ChoiceField(
        label=_("形式"), choices=[("", _("全部")), *Form.choices], required=False
    )
    status = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *STATUSES], required=False
    )
    text = forms.CharField(
        label=_("查找"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("主题、内容、地点")}),
    )

    def __init__(self, data: Mapping[str, Any], today: date, first: int | None = None) -> None:
        """``first`` is the year the records begin with; some years back are there in any case."""
        given = {"year": today.year, **data}
        super().__init__(given)
        back = today.year - YEARS_BACK
        years = range(today.year + 1, back if first is None else min(back, first - 1), -1)
        self.fields["year"].choices = [(year, f"{year}") for year in years]  # type: ignore[attr-defined]  # a choice field


class ListRow(TypedDict):
    """A row in finished words; ``until`` is empty for a session of one day.

    A dictionary, since a template tries a key before an attribute.
    """

    address: str
    theme: str
    day: str
    until: str
    unit: str
    form: str
    status: str
    tone: str
    attended: str
    brief: str
    is_joint: bool
    is_late: bool
    awaits: bool


@require_safe
def session_list(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = reachable(request, StudySession.objects.all())
    form = FilterForm(request.GET.dict(), today, first_year(rows))
    form.is_valid()
    found = filtered(rows, form.cleaned_data, today)
    if "unit" in request.GET:
        # PostgreSQL refuses to be asked for a NUL.
        found = found.filter(unit__code=request.GET["unit"].replace("\0", ""))
    wanted = with_lateness(found).order_by("-date", "-id").values_list(*COLUMNS)
    shown = Paginator(wanted, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": shown,
        "is_clerk": request.access.acting.role == Role.CLERK,
        "rows": list_rows(shown.object_list, today),
        "is_filtered": any(request.GET.get(name) for name in ("period", "form", "status", "text")),
    }
    return render(request, "sessions/list.html", context)


def first_year(sessions: QuerySet[StudySession]) -> int | None:
    """The year of the earliest, which an imported ledger may have put far back."""
    days = sessions.order_by("date", "id").values_list("date", flat=True)
    first = days.first()
    return first.year if first else None


def filtered(
    sessions: QuerySet[StudySession], chosen: Mapping[str, Any], today: date
) -> QuerySet[StudySession]:
    """The year, and within it whatever else was chosen."""
    year = chosen.get("year") or today.year
    first, last = _span(chosen.get("period") or "")
    found = sessions.filter(
        date__gte=date(year, first, 1),
        date__lt=date(year, last + 1, 1) if last < 12 else date(year + 1, 1, 1),
    )
    if form := chosen.get("form"):
        found = found.filter(form=form)
    if status := chosen.get("status"):
        found = found.filter(status=status)
    if text := chosen.get("text"):
        words = Q(theme__icontains=text) | Q(content__icontains=text) | Q(place__icontains=text)
        found = found.filter(words)
    return found


def _span(period: str) -> tuple[int, int]:
    """The first and the last month of ``q2``, ``m5`` or the year."""
    if period.startswith("q"):
        return 3 * int(period[1:]) - 2, 3 * int(period[1:])
    if period.startswith("m"):
        return int(period[1:]), int(period[1:])
    return 1, 12


def list_rows(found: Iterable[tuple[Any, ...]], today: date) -> list[ListRow]:
    """The rows of sessions read as COLUMNS; two queries more for any number of them.

    Columns, not objects, and each label translated once: what a row costs is what makes a full
    page slower than a short one.
    """
    found = list(found)
    here = Count("pk", filter=Q(status__in=Attendance.HERE))
    rows = Attendance.objects.filter(session__in=[each[0] for each in found])
    totals = rows.order_by().values("session").annotate(due=Count("pk"), here=here)
    counts = {row["session"]: (row["due"], row["here"]) for row in totals}
    names = short_names({each[1] for each in found}, today)
    labels = {str(value): str(label) for value, label in Form.choices}
    statuses = {str(value): str(label) for value, label in Status.choices}
    untold, unthemed = gettext("（含不宜上网内容）"), gettext("（未填主题）")
    brief = gettext("%(form)s，%(attended)s 人")
    shown = []
    for pk, unit, theme, first, last, form, status, is_offline, lead, is_late, awaits in found:
        due, present = counts.get(pk, (0, 0))
        shown.append(
            ListRow(
                address=reverse("session_detail", kwargs={"pk": pk}),
                theme=untold if is_offline else theme or unthemed,
                day=f"{first:%m-%d}",
                until=f"{last:%m-%d}" if last != first else "",
                unit=names.get(unit, ""),
                form=labels[form],
                status=statuses[status],
                tone=TONES[Status(status)],
                attended=f"{present}/{due}",
                brief=brief % {"form": labels[form], "attended": f"{present}/{due}"},
                is_joint=lead is not None,
                is_late=is_late,
                awaits=awaits,
            )
        )
    return shown
