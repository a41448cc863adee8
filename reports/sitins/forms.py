"""What is filled in to plan, agree upon, hold, feed back and cancel a sit-in."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from reports.models import SitIn, SitInFeedback, SitInTerms
from reports.sitins.choosing import ListenersField, UnitsField
from reports.sitins.services import Listeners
from reports.sitins.terms import NAMES
from sessions.models import StudySession
from sessions.screened_form import ScreenedForm
from units.day_input import DayInput
from units.models import Unit

if TYPE_CHECKING:
    OneSession = forms.ModelChoiceField[StudySession]
    OfFeedback = forms.ModelForm[SitInFeedback]
else:  # Django's own classes take no parameters when run
    OneSession = forms.ModelChoiceField
    OfFeedback = forms.ModelForm

SUMMARY_LIMIT = 500
MOST_WORKDAYS = 60


class SessionField(OneSession):
    """One of the unit's sessions, by day and theme."""

    def label_from_instance(self, obj: StudySession) -> str:
        theme = _("（含不宜上网内容）") if obj.is_offline_only else obj.theme
        return f"{obj.date:%Y-%m-%d} {theme}"


class ListenersForm(ScreenedForm):
    """Has fields that say who listens."""

    other_listeners = forms.CharField(
        label=gettext_lazy("其他旁听人"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("组织部门、专家等没有账号的人，写姓名和单位。"),
    )

    def __init__(self, *args: Any, auditors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["listeners"] = ListenersField(
            auditors,
            label=_("旁听人"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def chosen(self) -> Listeners:
        cleaned = self.cleaned_data
        return Listeners(list(cleaned["listeners"]), cleaned["other_listeners"])


class PlanForm(ListenersForm):
    """Several units of the plan's page, for one month."""

    month = forms.TypedChoiceField(label=gettext_lazy("计划月份"), coerce=int)

    def __init__(self, *args: Any, units: QuerySet[Unit], first: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month: Any = self.fields["month"]
        month.choices = [(each, _("%d月") % each) for each in range(first, 13)]
        self.fields["units"] = UnitsField(
            units,
            label=_("单位"),
            error_messages={"required": _("还没有勾选单位。")},
        )
        self.order_fields(["month", "listeners", "other_listeners"])


class EditForm(ListenersForm):
    month = forms.TypedChoiceField(
        label=gettext_lazy("计划月份"),
        coerce=int,
        choices=[(each, gettext_lazy("%d月") % each) for each in range(1, 13)],
    )
    date = forms.DateField(
        label=gettext_lazy("拟定日期"),
        widget=DayInput(),
        required=False,
        help_text=gettext_lazy("还没有定下来可以不填。"),
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.order_fields(["month", "date", "listeners", "other_listeners"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        date = cleaned.get("date")
        if date and (date.year, date.month) != (self.year, cleaned.get("month")):
            self.add_error("date", _("日期须在计划年度和所选月份之内。"))
        return cleaned


class AgreeForm(ListenersForm):
    """The day agreed upon with the unit, and since when it knows."""

    date = forms.DateField(label=gettext_lazy("旁听日期"), widget=DayInput())
    told_on = forms.DateField(
        label=gettext_lazy("对接日期"),
        widget=DayInput(),
        help_text=gettext_lazy("与单位商定的那一天。"),
    )

    def __init__(self, *args: Any, year: int, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.today = year, today
        self.order_fields(["date", "told_on", "listeners", "other_listeners"])

    def clean_date(self) -> dt.date:
        return _within(self.cleaned_data["date"], self.year)

    def clean_told_on(self) -> dt.date:
        return _past(self.cleaned_data["told_on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("listeners") or cleaned.get("other_listeners")):
            self.add_error("listeners", _("请勾选旁听人，或在“其他旁听人”中写明。"))
        date, told_on = cleaned.get("date"), cleaned.get("told_on")
        if date and told_on and told_on > date:
            self.add_error("told_on", _("对接日期不能晚于旁听日期。"))
        return cleaned


class HoldForm(forms.Form):
    """The day on which it took place, which cannot lie ahead."""

    date = forms.DateField(label=gettext_lazy("旁听日期"), widget=DayInput())

    def __init__(self, *args: Any, year: int, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.today = year, today

    def clean_date(self) -> dt.date:
        return _past(_within(self.cleaned_data["date"], self.year), self.today)


class SessionForm(forms.Form):
    """Which of the unit's sessions of the day it was."""

    def __init__(self, *args: Any, sessions: QuerySet[StudySession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"] = SessionField(
            sessions,
            label=_("学习记录"),
            required=False,
            empty_label=_("不关联"),
            help_text=_("单位报送的当日学习记录。单位还没有报送的，以后再关联。"),
        )


class FeedbackForm(ScreenedForm, OfFeedback):
    """The feedback form. What a linked session says is not asked again."""

    class Meta:
        model = SitInFeedback
        fields = (
            "theme", "chair", "due", "present", "procedure", "quality", "archive",
            "overall", "highlights", "problems", "advice", "fed_back_on",
        )  # fmt: skip
        widgets = {"fed_back_on": DayInput()}  # noqa: RUF012  Django reads it so

    HEARD = ("theme", "chair", "due", "present")
    SUMMARY = ("overall", "highlights", "problems")
    LIMITS = {  # noqa: RUF012  never written
        "procedure": 200, "quality": 200, "archive": 200,
        "overall": 500, "highlights": 500, "problems": 500, "advice": 500,
    }  # fmt: skip
    HELP = {  # noqa: RUF012  never written
        "procedure": gettext_lazy(
            "第一议题、方案、主持、领学、发言等程序是否规范。不超过 200 字。"
        ),
        "quality": gettext_lazy("发言准备、联系实际、研讨深度。不超过 200 字。"),
        "archive": gettext_lazy("计划、签到、记录、发言材料等是否齐全。不超过 200 字。"),
        "overall": gettext_lazy("总体评价、特色亮点、存在问题三栏合计不超过 500 字。不打分。"),
        "problems": gettext_lazy("需要整改跟踪的，反馈后逐条登记到整改台账。"),
        "advice": gettext_lazy("不超过 500 字。"),
    }

    def __init__(self, *args: Any, sit_in: SitIn, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sit_in, self.today = sit_in, today
        if sit_in.reported_session is not None:
            for name in self.HEARD:
                del self.fields[name]
        else:
            self.fields["theme"].required = True
        for name, limit in self.LIMITS.items():
            field: Any = self.fields[name]
            field.max_length = limit
            field.widget = forms.Textarea(attrs={"rows": 3, "maxlength": limit})
        for name, text in self.HELP.items():
            self.fields[name].help_text = str(text)

    def clean_fed_back_on(self) -> dt.date:
        day = _past(self.cleaned_data["fed_back_on"], self.today)
        if self.sit_in.date and day < self.sit_in.date:
            raise forms.ValidationError(_("反馈日期不能早于旁听日期。"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, limit in self.LIMITS.items():
            if len(cleaned.get(name) or "") > limit:
                self.add_error(name, _("不能超过 %d 字。") % limit)
        length = sum(len("".join((cleaned.get(name) or "").split())) for name in self.SUMMARY)
        if length > SUMMARY_LIMIT:
            said = {"length": length, "limit": SUMMARY_LIMIT}
            message = _("总体评价、特色亮点、存在问题共 %(length)d 字，请精简到 %(limit)d 字以内。")
            self.add_error("overall", message % said)
        due, present = cleaned.get("due"), cleaned.get("present")
        if due is not None and present is not None and present > due:
            self.add_error("present", _("实到人数不能多于应到人数。"))
        return cleaned


class CancelForm(ScreenedForm):
    reason = forms.CharField(
        label=gettext_lazy("取消理由"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("已与单位对接的，单位看得到这里的内容。"),
    )


class TermsForm(forms.Form):
    notice_workdays = forms.IntegerField(
        label=gettext_lazy("提前对接"),
        min_value=0,
        max_value=MOST_WORKDAYS,
        help_text=gettext_lazy("旁听日期至少在商定之后多少个工作日。不足的给出提示，不阻止。"),
    )
    feedback_workdays = forms.IntegerField(
        label=gettext_lazy("反馈期限"),
        min_value=1,
        max_value=MOST_WORKDAYS,
        help_text=gettext_lazy("旁听之后多少个工作日内填写反馈表。"),
    )
    rectify_workdays = forms.IntegerField(
        label=gettext_lazy("整改时限"),
        min_value=1,
        max_value=250,
        help_text=gettext_lazy("登记问题时预填的时限，按工作日计，逐条可以修改。"),
    )

    @classmethod
    def showing(cls, terms: SitInTerms) -> "TermsForm":
        return cls(initial={name: getattr(terms, name) for name in NAMES})


def _within(date: dt.date, year: int) -> dt.date:
    if date.year != year:
        raise forms.ValidationError(
            _("日期须在计划年度（%d年）之内；改到下一年的，请取消后列入下一年计划。") % year
        )
    return date


def _past(date: dt.date, today: dt.date) -> dt.date:
    if date > today:
        raise forms.ValidationError(_("这一天还没有到。"))
    return date
