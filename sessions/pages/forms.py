"""The fields of a record that are the session's own; its members' rows are in answers.py."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from sessions.models import PlanItem, StudySession
from sessions.pages.choices import Choices, choices_of
from sessions.plans.periods import period_label
from sessions.recording.written import COLUMNS, CONTENT_COLUMNS, Mark, Written
from units.day_input import DayInput
from units.models import Unit

# Django's form classes take their types only when they are checked, not when they run.
if TYPE_CHECKING:
    PlanItemChoice = forms.ModelChoiceField[PlanItem]
    SessionModelForm = forms.ModelForm[StudySession]
else:
    PlanItemChoice, SessionModelForm = forms.ModelChoiceField, forms.ModelForm

DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
GUESTS = ("guests_expanded", "guests_attending", "guests_observing", "guests_teaching")
CONTENT_FIELDS = [name for name in CONTENT_COLUMNS if name != "plan_item_id"]
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONG_TEXTS = ("content", "problem_solved")
# A cell of a workbook holds 32,767 characters; what is longer would be cut there.
MOST_CHARACTERS = 30_000


class Length(TextChoices):
    HALF = "half", _("半天")
    DAY = "day", _("全天")
    DAYS = "days", _("多天")


# Another date, other members: htmx fetches what follows from the date.
MEMBERS_AGAIN = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-target": "#dated",
    "hx-swap": "outerHTML",
    "hx-vals": '{"members": "1"}',
}


class PlanItemField(PlanItemChoice):
    def label_from_instance(self, item: PlanItem) -> str:
        return f"{period_label(item.period)}　{item.topic}"


class SessionForm(SessionModelForm):
    """Takes an incomplete record; what a submission needs is asked by its checks."""

    use_required_attribute = False
    length = forms.ChoiceField(label=_("时长"), choices=Length, widget=forms.RadioSelect)
    date = forms.DateField(
        label=_("学习时间"), input_formats=DAY_FORMATS, widget=DayInput(MEMBERS_AGAIN)
    )
    end_date = forms.DateField(
        label=_("结束日期"), input_formats=DAY_FORMATS, widget=DayInput, required=False
    )
    half_days = forms.IntegerField(
        label=_("共几个半天"), min_value=1, max_value=400, required=False
    )
    plan_item = PlanItemField(
        label=_("对应计划"),
        queryset=PlanItem.objects.none(),
        required=False,
        empty_label=_("计划外学习"),
    )

    class Meta:
        model = StudySession
        fields: ClassVar = [
            *("theme", "date", "length", "end_date", "half_days", "form", "place", "chair"),
            *("lecturer", "plan_item", "topics", "content", "problem_solved", "scope"),
            *GUESTS,
            *("joint_units", "is_offline_only", "archive_place"),
        ]
        help_texts: ClassVar = {
            "form": _("有成员发言讨论的选“集体学习研讨”；党课、主题党日选“相关活动”，不计次数。"),
        }
        widgets: ClassVar = {
            "theme": forms.TextInput(attrs={"autocomplete": "off"}),
            "place": forms.TextInput(attrs={"list": "places"}),
            "chair": forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
            "content": forms.Textarea(attrs={"rows": 5}),
            "problem_solved": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(
        self,
        data: Any = None,
        *,
        unit: Unit,
        day: dt.date,
        written: Written | None = None,
        choices: Choices | None = None,
    ) -> None:
        super().__init__(
            data, instance=StudySession(unit=unit), initial=_initial(written) if written else None
        )
        for name, rows in (choices or choices_of(unit, day))._asdict().items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a choice field
        for name in LONG_TEXTS:
            self.fields[name].validators.append(MaxLengthValidator(MOST_CHARACTERS))
            self.fields[name].widget.attrs["maxlength"] = MOST_CHARACTERS
        for name in GUESTS:
            self.fields[name].required = False
            self.fields[name].widget.attrs["min"] = 0

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("年份有误，请检查学习时间。"))
        return day

    def clean(self) -> dict[str, Any]:
        """The length follows from the choice; only several days are typed in."""
        cleaned = self.cleaned_data
        for name in GUESTS:
            cleaned[name] = cleaned.get(name) or 0
        for name in LONG_TEXTS:
            # Browsers send their own line ends; stored text has plain ones.
            cleaned[name] = cleaned.get(name, "").replace("\r\n", "\n")
        if cleaned.get("is_offline_only"):
            cleaned |= dict.fromkeys(CONTENT_FIELDS, "") | {"plan_item": None}
        day, length = cleaned.get("date"), cleaned.get("length")
        if day is None or length is None:
            return cleaned
        end = (cleaned.get("end_date") or day) if length == Length.DAYS else day
        usual = 1 if length == Length.HALF else 2 * ((end - day).days + 1)
        if end < day:
            self.add_error("end_date", _("结束日期不能早于学习时间。"))
            return cleaned
        typed = cleaned.get("half_days") if length == Length.DAYS else None
        cleaned["end_date"], cleaned["half_days"] = end, typed or usual
        return cleaned

    def written(self, marks: Mapping[int, Mark]) -> Written:
        """What a valid form says, together with the members' rows."""
        cleaned = self.cleaned_data
        item = cleaned["plan_item"]
        facts = {name: cleaned[name] for name in COLUMNS if name != "plan_item_id"}
        return Written(
            facts={**facts, "plan_item_id": item.pk if item else None},
            topics=_ids(cleaned["topics"]),
            joint_units=_ids(cleaned["joint_units"]),
            marks=marks,
        )


def _ids(chosen: QuerySet[Any]) -> frozenset[int]:
    """The database is not asked, nor a statement written, where nothing was chosen."""
    return frozenset() if chosen.query.is_empty() else frozenset(row.pk for row in chosen)


def _initial(written: Written) -> dict[str, Any]:
    facts = written.facts
    length = Length.DAYS
    if facts["date"] == facts["end_date"] and facts["half_days"] <= 2:
        length = Length.HALF if facts["half_days"] == 1 else Length.DAY
    several = length is Length.DAYS
    return {
        **facts,
        "length": length,
        "end_date": facts["end_date"] if several else None,
        "half_days": facts["half_days"] if several else None,
        "plan_item": facts["plan_item_id"],
        "topics": written.topics,
        "joint_units": written.joint_units,
    }
