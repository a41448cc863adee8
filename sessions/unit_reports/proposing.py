"""The page on which a report's next steps become items of the next year's plan."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.trail import record_for
from sessions.models import AnnualPlan, Form, PlanItem, UnitReport
from sessions.plans.contents import ItemContent
from sessions.plans.periods import period_choices
from sessions.plans.proposing import Proposed, propose_items
from sessions.plans.services import usual_title
from sessions.screening import find_mark, mark_sentence
from sessions.services import ReviewError
from sessions.unit_reports.next_steps import Sentence, proposes, sentences_of, taken
from sessions.unit_reports.views import reports_named
from units.access.objects import find, reachable
from units.access.requests import PortalRequest

CONFLICT = 409


class ItemForm(forms.Form):
    """A sentence as an item of the plan; only what is picked must be right."""

    picked = forms.BooleanField(label=gettext_lazy("列入计划"), required=False)
    topic = forms.CharField(label=gettext_lazy("学习专题"), max_length=200, required=False)
    period = forms.ChoiceField(label=gettext_lazy("时间"), required=False)
    form = forms.ChoiceField(
        label=gettext_lazy("学习形式"),
        required=False,
        choices=[("", gettext_lazy("请选择")), *Form.choices],
    )

    def __init__(self, data: Any = None, *, sentence: Sentence, year: int) -> None:
        super().__init__(data, prefix=sentence.key, initial={"topic": sentence.topic})
        self.sentence = sentence
        periods: Any = self.fields["period"]
        periods.choices = [("", _("请选择")), *period_choices(year)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("picked"):
            return values
        asked = {
            "topic": _("请填写学习专题。"),
            "period": _("请选择哪个月或哪个季度。"),
            "form": _("请选择学习形式。"),
        }
        for name, sentence in asked.items():
            if not values.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if mark := find_mark(values.get("topic") or ""):
            self.add_error("topic", mark_sentence(mark))
        return values

    def item(self) -> ItemContent:
        """Only of a valid form that is picked."""
        values = self.cleaned_data
        return ItemContent(
            period=values["period"],
            topic=values["topic"],
            content=self.sentence.text,
            form=values["form"],
            is_discussion=values["form"] == Form.DISCUSSION,
            speakers="",
            owner="",
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence on the page; one the plan has already has no form."""

    sentence: Sentence
    form: ItemForm | None


@require_http_methods(["GET", "HEAD", "POST"])
def unit_report_plan_items(request: PortalRequest, pk: int) -> HttpResponse:
    report = find(request, reports_named(), pk=pk)
    if not proposes(report, timezone.localdate()):
        messages.info(request, _("只有写了“下一步打算”的最近一份年度总结，才能列入下年计划。"))
        return redirect("unit_report_detail", pk)
    sent = request.POST if request.method == "POST" else None
    rows = _rows(request, report, sent)
    if sent is None:
        return _page(request, report, rows)
    forms_sent = [row.form for row in rows if row.form is not None]
    if False in [form.is_valid() for form in forms_sent]:
        return _page(request, report, rows, status=400)
    if _is_stale(sent, rows):
        messages.error(request, _("打开本页以后，“下一步打算”有改动，请核对后重新勾选。"))
        return _page(request, report, _rows(request, report, None), status=CONFLICT)
    picked = [form.item() for form in forms_sent if form.cleaned_data["picked"]]
    if not picked:
        messages.error(request, _("没有新勾选的打算。已列入计划的不会重复加入。"))
        return _page(request, report, rows, status=400)
    return _add(request, report, rows, picked)


def _add(
    request: PortalRequest, report: UnitReport, rows: list[Row], picked: list[ItemContent]
) -> HttpResponse:
    acting, year = request.access.acting, report.year + 1
    title = usual_title(acting.unit, getattr(acting, "unit_short_name", "") or "", year)
    try:
        with transaction.atomic():
            done = propose_items(
                unit=acting.unit,
                year=year,
                title=title,
                items=picked,
                at=timezone.now(),
                by=request.access.user,
            )
            if done.added or done.is_new:
                _note(request, report, done)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
        return _page(request, report, rows, status=CONFLICT)
    said = _("已加入%(year)d年计划 %(count)d 项，请补充发言人、责任人后报送。")
    messages.success(request, said % {"year": year, "count": len(done.added)})
    return redirect("plan_detail", done.plan.pk)


def _note(request: PortalRequest, report: UnitReport, done: Proposed) -> None:
    after = {"report": report.pk, "created": done.is_new, "items": done.added}
    record_for(request, action="plan.propose", about=done.plan, after=after)


def _rows(request: PortalRequest, report: UnitReport, sent: QueryDict | None) -> list[Row]:
    year = report.year + 1
    plans = reachable(request, AnnualPlan.objects.filter(unit=report.unit_id, year=year))
    items = list(PlanItem.objects.filter(plan__in=plans).values_list("topic", "content"))
    return [
        Row(one, None if taken(one, items) else ItemForm(sent, sentence=one, year=year))
        for one in sentences_of(report)
    ]


def _is_stale(sent: QueryDict, rows: list[Row]) -> bool:
    """Whether something was picked that the report no longer says."""
    known = {f"{row.sentence.key}-picked" for row in rows}
    return any(name.endswith("-picked") and name not in known for name in sent)


def _page(
    request: PortalRequest, report: UnitReport, rows: list[Row], status: int = 200
) -> HttpResponse:
    context = {
        "report": report,
        "rows": rows,
        "year": report.year + 1,
        "has_open": any(row.form is not None for row in rows),
    }
    return render(request, "sessions/unit_reports/plan_items.html", context, status=status)
