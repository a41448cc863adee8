"""What is filled in of a notice that asks for reports."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.models import ReportNotice, UnitReport
from sessions.report_notices.services import NoticeContent
from sessions.screening import marked_fields
from units.day_input import DayInput
from units.models import Category


class NoticeForm(forms.Form):
    """Year and kind are fixed once a notice is out."""

    year = forms.IntegerField(
        label=_("年度"), widget=forms.NumberInput(attrs={"class": "form-control year"})
    )
    kind = forms.ChoiceField(label=_("报告类别"), choices=UnitReport.Kind)
    title = forms.CharField(
        label=_("通知标题"),
        max_length=200,
        help_text=_(
            "如“关于报送2026年度理论学习中心组学习情况的通知”。各单位的报告以“根据…要求”引用。"
            "未公开的文件标题和文号不要填写。"
        ),
    )
    due = forms.DateField(
        label=_("报送期限"),
        widget=DayInput(),
        help_text=_("通知里写的期限，用来提醒。是否按期仍按考核规则的截止日期判定。"),
    )
    requirements = forms.CharField(
        label=_("要求"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("选填。各单位在待办和填写页看得到。"),
    )
    categories = forms.ModelMultipleChoiceField(
        label=_("发至单位类别"),
        queryset=Category.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不勾选，发至全部单位。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, today: date, notice: ReportNotice | None = None
    ) -> None:
        super().__init__(data, initial=_initial(today) if notice is None else _stored(notice))
        self.today, self.notice = today, notice
        categories: Any = self.fields["categories"]
        categories.queryset = Category.objects.filter(units__has_group=True).distinct()
        if notice is not None:
            self.fields["year"].disabled = self.fields["kind"].disabled = True

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if self.notice is None and year not in (self.today.year, self.today.year - 1):
            raise forms.ValidationError(_("只能要求本年度或上年度的报告。"))
        return year

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        texts = {name: values.get(name, "") for name in ("title", "requirements")}
        for name, sentence in marked_fields(texts).items():
            self.add_error(name, sentence)
        due, year = values.get("due"), values.get("year")
        if due and year and due.year not in (year, year + 1):
            self.add_error("due", _("报送期限应在报告年度或次年。"))
        return values

    def content(self) -> NoticeContent:
        names = ("title", "year", "kind", "due", "requirements")
        return NoticeContent(**{name: self.cleaned_data[name] for name in names})


def _initial(today: date) -> dict[str, object]:
    half = today.month < 9
    kind = UnitReport.Kind.HALF_YEAR if half else UnitReport.Kind.ANNUAL
    return {"year": today.year, "kind": kind}


def _stored(notice: ReportNotice) -> dict[str, object]:
    names = ("title", "year", "kind", "due", "requirements", "version")
    return {name: getattr(notice, name) for name in names} | {
        "categories": list(notice.categories.all())
    }
