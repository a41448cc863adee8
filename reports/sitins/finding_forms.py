"""What is filled in to note a problem, to answer it, to send it back and to look for one."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import Finding
from reports.rulebook.choosing import UnitField
from sessions.screened_form import ScreenedForm
from units.day_input import DayInput
from units.models import Unit, UnitName

STATES = [
    ("", gettext_lazy("全部")),
    ("unfinished", gettext_lazy("未销号")),
    ("overdue", gettext_lazy("逾期未整改")),
    *Finding.Status.choices,
]
ANSWER = ("measures", "leader", "office", "person", "progress")


def _words(label: Any, limit: int, rows: int, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=limit, widget=widget, **options)


class FindingForm(ScreenedForm):
    """What is wrong, who answers for it, until when. The rest is the unit's to say."""

    source = forms.ChoiceField(label=gettext_lazy("来源"), choices=Finding.Source.choices)
    found_on = forms.DateField(label=gettext_lazy("发现日期"), widget=DayInput())
    problem = _words(
        gettext_lazy("具体问题"),
        500,
        3,
        help_text=gettext_lazy("一条写一个问题。单位看得到这里的内容。"),
    )
    due = forms.DateField(
        label=gettext_lazy("整改时限"),
        widget=DayInput(),
        help_text=gettext_lazy("单位回复整改情况的最后一天。"),
    )
    leader = forms.CharField(
        label=gettext_lazy("责任领导"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("可以留给单位回复时填写。"),
    )
    office = forms.CharField(label=gettext_lazy("责任单位（处室）"), max_length=100, required=False)
    person = forms.CharField(label=gettext_lazy("责任人"), max_length=60, required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_found_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["found_on"]
        if day > self.today:
            raise forms.ValidationError(_("发现日期还没有到。"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        found_on, due = cleaned.get("found_on"), cleaned.get("due")
        if found_on and due and due < found_on:
            self.add_error("due", _("整改时限不能早于发现日期。"))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The columns of a finding."""
        names = ("source", "found_on", "problem", "due", "leader", "office", "person")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class NewFindingForm(FindingForm):
    """Of any unit in reach; of a sit-in, its unit and source are known."""

    form_token = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, units: QuerySet[Unit] | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_token": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if units is None:
            del self.fields["source"]
            return
        source: Any = self.fields["source"]
        source.choices = [one for one in Finding.Source.choices if one[0] != "sit_in"]
        self.fields["unit"] = UnitField(units, label=_("单位"))
        self.order_fields(["form_token", "unit"])


class AnswerForm(ScreenedForm):
    """What the unit does and how far it is."""

    measures = _words(gettext_lazy("整改措施"), 500, 3)
    leader = forms.CharField(label=gettext_lazy("责任领导"), max_length=60)
    office = forms.CharField(label=gettext_lazy("责任单位（处室）"), max_length=100, required=False)
    person = forms.CharField(label=gettext_lazy("责任人"), max_length=60)
    progress = _words(
        gettext_lazy("整改进度"),
        500,
        3,
        help_text=gettext_lazy(
            "做到了哪一步、何时完成。没有做完的先“保存进度”，做完再“报请销号”。"
        ),
    )


class SendBackForm(ScreenedForm):
    reason = _words(
        gettext_lazy("退回理由"),
        500,
        3,
        help_text=gettext_lazy("还差什么、怎样才算整改到位。单位看得到这里的内容。"),
    )
    due = forms.DateField(label=gettext_lazy("新的整改时限"), widget=DayInput())

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due(self) -> dt.date:
        day: dt.date = self.cleaned_data["due"]
        if day < self.today:
            raise forms.ValidationError(_("新的整改时限不能早于今天。"))
        return day


class FilterForm(forms.Form):
    """Reads the address; what does not fit is left out of the filter."""

    status = forms.ChoiceField(label=gettext_lazy("状态"), choices=STATES, required=False)
    source = forms.ChoiceField(
        label=gettext_lazy("来源"),
        choices=[("", gettext_lazy("全部")), *Finding.Source.choices],
        required=False,
    )
    year = forms.IntegerField(
        label=gettext_lazy("发现年度"),
        min_value=2000,
        max_value=2999,
        required=False,
        widget=forms.NumberInput(attrs={"placeholder": gettext_lazy("全部")}),
    )
    q = forms.CharField(label=gettext_lazy("单位或问题"), max_length=60, required=False)

    def narrowed(self, rows: QuerySet[Finding], today: dt.date) -> QuerySet[Finding]:
        self.is_valid()
        asked = self.cleaned_data
        state = asked.get("status")
        if state == "unfinished":
            rows = rows.exclude(status=Finding.Status.CLOSED)
        elif state == "overdue":
            rows = rows.filter(status__in=Finding.AWAITING_UNIT, due__lt=today)
        elif state:
            rows = rows.filter(status=state)
        if asked.get("source"):
            rows = rows.filter(source=asked["source"])
        if asked.get("year"):
            rows = rows.filter(found_on__year=asked["year"])
        return _containing(rows, asked["q"]) if asked.get("q") else rows

    @property
    def words(self) -> str:
        """The filter in words, for the workbook."""
        said = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value:
                choices: Any = getattr(field, "choices", ())
                known = {str(key): str(label) for key, label in choices}
                said.append(f"{field.label}：{known.get(str(value), value)}")
        return "，".join(said) or _("全部")

    @property
    def asked(self) -> dict[str, Any]:
        """The filter as the trail keeps it."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def _containing(rows: QuerySet[Finding], words: str) -> QuerySet[Finding]:
    named = UnitName.objects.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
    return rows.filter(
        Q(problem__icontains=words) | Q(unit__in=named.values("unit")) | Q(unit__code__iexact=words)
    )
