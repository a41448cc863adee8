"""The plan's page: its head, and its items as rows."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from sessions.models import Form, PlanItem
from sessions.plans.contents import ItemContent
from sessions.plans.periods import period_choices
from sessions.screening import marked_fields
from units.day_input import DayInput

if TYPE_CHECKING:
    _FormSet = BaseFormSet["PlanItemForm"]
else:  # the class takes no parameter when it runs
    _FormSet = BaseFormSet

State = PlanItem.State
MAX_ROWS = 80
TOO_MANY = _("一份计划最多 %(num)d 个项目，请合并或删去一些。")
YEARS_BACK = 3
EXPLAINED = frozenset({State.ADJUSTED, State.POSTPONED, State.CANCELLED})


class NewPlanForm(forms.Form):
    """Which year, and whether to begin from the plan of the year before."""

    year = forms.IntegerField(
        label=_("年度"), widget=forms.NumberInput(attrs={"class": "form-control year"})
    )
    copy = forms.BooleanField(
        label=_("沿用上年度计划"),
        required=False,
        help_text=_("把上年度的项目抄成草稿，再逐项修改。"),
    )

    def __init__(self, data: Any = None, *, today: date, year: int | None = None) -> None:
        super().__init__(data, initial={"year": year or today.year})
        self.today = today

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        first, last = self.today.year - YEARS_BACK, self.today.year + 1
        if not first <= year <= last:
            raise forms.ValidationError(
                _("只能编制 %(first)d 至 %(last)d 年的计划。"),
                params={"first": first, "last": last},
            )
        return year


class PlanForm(forms.Form):
    title = forms.CharField(
        label=_("标题"), max_length=200, error_messages={"required": _("请填写计划的标题。")}
    )
    basis = forms.CharField(
        label=_("制定依据"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "如：中心组学习规则、县委年度学习安排、本单位年度重点任务。请勿填写涉密文件的标题和文号。"
        ),
    )
    approved_by = forms.CharField(
        label=_("审定人"),
        required=False,
        max_length=60,
        help_text=_("审定计划的组长。草稿可以空着，报送前须填写。"),
    )
    approved_on = forms.DateField(
        label=_("审定日期"),
        required=False,
        widget=DayInput(),
        error_messages={"invalid": _("日期无法识别，请写成“2026-01-20”这样的形式。")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_approved_on(self) -> date | None:
        day: date | None = self.cleaned_data["approved_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("审定日期不能晚于今天。"))
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        _refuse_marks(self, "title", "basis")
        return values


def _refuse_marks(form: forms.Form, *names: str) -> None:
    """Texts that bear the mark of a classified paper may not be stored."""
    texts = {name: form.cleaned_data.get(name, "") for name in names}
    for name, sentence in marked_fields(texts).items():
        form.add_error(name, sentence)


class PlanItemForm(forms.Form):
    """A row. One without any words counts as empty and is left out.

    ``stored`` holds the plan's items by id. Only in a plan that was filed before a row says its
    state and why it changed.
    """

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    period = forms.ChoiceField(label=_("时间"))
    topic = forms.CharField(
        label=_("学习专题"),
        max_length=200,
        error_messages={"required": _("请填写学习专题；不要这一项就删除整行。")},
    )
    form = forms.ChoiceField(label=_("学习形式"), choices=Form)
    is_discussion = forms.BooleanField(label=_("研讨"), required=False)
    content = forms.CharField(
        label=_("学习内容"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    speakers = forms.CharField(label=_("重点发言人"), required=False, max_length=200)
    owner = forms.CharField(label=_("责任单位/责任人"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("状态"), choices=State)
    note = forms.CharField(label=_("备注（调整情况）"), required=False, max_length=200)

    WORDS = ("pk", "topic", "content", "speakers", "owner", "note")

    def __init__(
        self,
        *args: Any,
        year: int,
        stored: Mapping[int, ItemContent],
        was_filed: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"] = forms.ChoiceField(
            label=_("时间"),
            choices=period_choices(year),
            error_messages={"invalid_choice": _("请选择本年度的月份或季度。")},
        )
        self.stored = stored
        self.was_filed = was_filed
        if not was_filed:
            del self.fields["state"], self.fields["note"]

    def has_changed(self) -> bool:
        return any(str(self[name].data or "").strip() for name in self.WORDS if name in self.fields)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        _refuse_marks(self, "topic", "content", *(["note"] if self.was_filed else []))
        if not self.was_filed or self.errors:
            return values
        before = self.stored.get(values.get("pk") or 0)
        row = self.row()
        is_changed = before is not None and before.substance != row.substance
        if is_changed and row.state == State.PLANNED:
            values["state"] = State.ADJUSTED
        if (is_changed or values["state"] in EXPLAINED) and not values["note"]:
            self.add_error("note", _("已备案的项目有变动，请写明调整情况，如“因防汛延至6月”。"))
        return values

    def row(self) -> ItemContent:
        """The row as values; only after validation."""
        values = dict(self.cleaned_data)
        before = self.stored.get(values["pk"] or 0)
        if before is not None and not self.was_filed:
            values |= {"state": before.state, "note": before.note}
        return ItemContent(**values)


class _Rows(_FormSet):
    """Rows in the order of the page. None of them is fixed, so none is initial to Django."""

    default_error_messages: ClassVar = {"too_many_forms": TOO_MANY}

    def __init__(self, *args: Any, blank: int = 0, kept: Mapping[int, str], **kwargs: Any) -> None:
        self.extra = len(kwargs.get("initial") or ()) + blank
        self.kept = kept
        super().__init__(*args, **kwargs)

    def initial_form_count(self) -> int:
        return 0

    def clean(self) -> None:
        """Items that sessions refer to, or that were filed, stay in the plan."""
        present = {form.cleaned_data.get("pk") for form in self.forms if form.is_valid()}
        gone = [topic for pk, topic in self.kept.items() if pk not in present]
        if gone and all(form.is_valid() for form in self.forms):
            raise forms.ValidationError(
                _(
                    "已备案或已有学习记录的项目不能删除：%(topics)s。"
                    "不再开展的，请把状态改为“取消”并写明原因。"
                ),
                params={"topics": "、".join(gone)},
            )

    def rows(self) -> tuple[ItemContent, ...]:
        """The rows that are not empty and not at fault, in order."""
        return tuple(form.row() for form in self.forms if form.has_changed() and form.is_valid())


PlanRows: Any = formset_factory(
    PlanItemForm,
    formset=_Rows,
    max_num=MAX_ROWS,
    absolute_max=MAX_ROWS + 20,
    validate_max=True,
)
