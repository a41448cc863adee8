"""What is filled in to write a circular, to approve, number and send it, and to explain a line."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.circulars.problems import JUDGED
from reports.models import CircularPassage
from reports.rulebook.choosing import UnitsField
from sessions.screened_form import ScreenedForm
from units.day_input import DayInput
from units.models import Unit

Naming = CircularPassage.Naming
LONGEST: Final = 1500
NO_PEOPLE: Final = gettext_lazy("通报只写单位，不写个人姓名。")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})


class HeadForm(ScreenedForm):
    """Title, addressee, sender, and what the department adds to the figures."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)
    addressee = forms.CharField(
        label=gettext_lazy("主送机关"),
        max_length=200,
        help_text=gettext_lazy("写在正文之前，如“各乡镇党委，县直各单位党委（党组）”。"),
    )
    sender = forms.CharField(
        label=gettext_lazy("落款"),
        max_length=100,
        help_text=gettext_lazy("印发机关的全称，写在日期之上。"),
    )
    remarks = forms.CharField(
        label=gettext_lazy("总体情况补充说明"),
        required=False,
        max_length=LONGEST,
        widget=_area(5),
        help_text=gettext_lazy("数据由封账结果自动写出，不用再填；这里只补充评价。"),
    )


class PracticeForm(ScreenedForm):
    """A good practice and the units it is told of."""

    title = forms.CharField(
        label=gettext_lazy("小标题"),
        max_length=40,
        help_text=gettext_lazy("如“领导带头学”。"),
    )
    text = forms.CharField(
        label=gettext_lazy("做法"), max_length=LONGEST, widget=_area(5), help_text=NO_PEOPLE
    )
    position = forms.IntegerField(label=gettext_lazy("次序"), min_value=1, max_value=99)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"] = UnitsField(
            units,
            label=_("点名的单位"),
            required=False,
            help_text=_("单位名称写在做法之前；不勾选的不点名。"),
        )
        self.order_fields(["title", "units", "text", "position"])


class ProblemForm(ScreenedForm):
    """A type of problem: who is named, and what the author adds.

    ``behind`` are the units the figures show; None for a type that people judge.
    """

    naming = forms.ChoiceField(label=gettext_lazy("是否点名"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("文字说明"),
        required=False,
        max_length=LONGEST,
        widget=_area(4),
        help_text=NO_PEOPLE,
    )

    def __init__(
        self, *args: Any, problem: str, units: QuerySet[Unit], needs_title: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_judged = problem in JUDGED
        naming: Any = self.fields["naming"]
        naming.choices = [
            choice for choice in Naming.choices if not (self.is_judged and choice[0] == Naming.ALL)
        ]
        self.fields["units"] = UnitsField(units, label=_("点名的单位"), required=False)
        if needs_title:
            self.fields["title"] = forms.CharField(label=_("小标题"), max_length=40)
        self.order_fields(["title", "naming", "units", "text"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        naming = cleaned.get("naming")
        if naming != Naming.SOME:
            cleaned["units"] = Unit.objects.none()
        elif not cleaned.get("units") and "units" not in self.errors:
            self.add_error("units", _("请勾选要点名的单位，或改选“不点名”。"))
        if self.is_judged and naming == Naming.NONE and not cleaned.get("text"):
            self.add_error("text", _("这类问题没有数据，不点名的请写明情况。"))
        return cleaned


class RequirementForm(ScreenedForm):
    """What is asked for, and until when."""

    title = forms.CharField(label=gettext_lazy("小标题"), max_length=40, required=False)
    text = forms.CharField(
        label=gettext_lazy("要求"), max_length=LONGEST, widget=_area(4), help_text=NO_PEOPLE
    )
    due = forms.DateField(
        label=gettext_lazy("完成时限"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("没有时限的不填。"),
    )
    position = forms.IntegerField(label=gettext_lazy("次序"), min_value=1, max_value=99)

    def __init__(self, *args: Any, since: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = since

    def clean_due(self) -> dt.date | None:
        due: dt.date | None = self.cleaned_data["due"]
        if due is not None and due <= self.since:
            raise forms.ValidationError(_("完成时限不能早于通报的统计截止日。"))
        return due


class OpenForm(forms.Form):
    """Until when units may explain their lines."""

    until = forms.DateField(
        label=gettext_lazy("说明期限"),
        widget=DayInput(),
        help_text=gettext_lazy("各单位在这一天之前（含当日）可以提交情况说明。"),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("说明期限不能早于今天。"))
        return until


class ExplainForm(ScreenedForm):
    text = forms.CharField(
        label=gettext_lazy("情况说明"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 500}),
        help_text=gettext_lazy("不超过 500 字。只有本单位和宣传部看得到，不写入通报。"),
    )


class ReasonForm(ScreenedForm):
    """Why a circular goes back, or is given up."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class RecordForm(ScreenedForm):
    """Which leader without an account approved on paper, and when."""

    name = forms.CharField(
        label=gettext_lazy("审定领导"),
        max_length=60,
        help_text=gettext_lazy("职务和姓名，只留在办理记录里，不写入通报。"),
    )
    on = forms.DateField(label=gettext_lazy("审定日期"), widget=DayInput())

    def __init__(self, *args: Any, since: dt.date, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since, self.today = since, today

    def clean_on(self) -> dt.date:
        return _between(self.cleaned_data["on"], self.since, self.today)


class IssueForm(ScreenedForm):
    """Number, day and recipients."""

    number = forms.CharField(
        label=gettext_lazy("发文字号"),
        max_length=60,
        help_text=gettext_lazy("如“青宣通〔2026〕5号”。非涉密公文的字号才能登记。"),
    )
    on = forms.DateField(label=gettext_lazy("印发日期"), widget=DayInput())
    whom = forms.ChoiceField(
        label=gettext_lazy("发送单位"),
        choices=[
            ("all", gettext_lazy("纳入统计的全部单位")),
            ("some", gettext_lazy("只发下面勾选的单位")),
        ],
        widget=forms.RadioSelect,
    )
    also_sent = forms.CharField(
        label=gettext_lazy("抄送"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("没有账号的机关，写在文末。"),
    )

    def __init__(
        self, *args: Any, units: QuerySet[Unit], since: dt.date, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.since, self.today, self.everybody = since, today, units
        self.fields["units"] = UnitsField(units, label=_("单位"), required=False)
        self.order_fields(["number", "on", "whom", "units", "also_sent"])

    def clean_on(self) -> dt.date:
        return _between(self.cleaned_data["on"], self.since, self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("whom") == "some" and not cleaned.get("units"):
            self.add_error("units", _("请勾选发送的单位。"))
        return cleaned

    @property
    def recipients(self) -> Iterable[Unit]:
        """The units the circular goes to."""
        if self.cleaned_data["whom"] == "all":
            return self.everybody
        chosen: QuerySet[Unit] = self.cleaned_data["units"]
        return chosen


def _between(day: dt.date, since: dt.date, today: dt.date) -> dt.date:
    if day > today:
        raise forms.ValidationError(_("这一天还没有到。"))
    if day < since:
        raise forms.ValidationError(
            _("日期不能早于%s。") % f"{since.year}年{since.month}月{since.day}日"
        )
    return day
