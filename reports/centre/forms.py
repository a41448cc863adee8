"""What is asked for: which workbook, about whom, until when."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reports.emails.names import names_on
from reports.exports.ranges import Range
from reports.models import Closing, Job
from reports.periods import Month
from units.access.roles import Role
from units.administration.forms import suggestion_of
from units.day_input import DayInput
from units.models import Assignment, Category, Unit
from units.querysets import UnitQuerySet

FIRST_YEAR = 2020
SUGGESTED = 500
"""With more units the browser is not given their list to choose from."""


class AskForm(forms.Form):
    """A range of what the acting role reaches. A county's leader gets figures only."""

    kind = forms.ChoiceField(label=_("报表"), widget=forms.RadioSelect)
    closed = forms.ChoiceField(
        label=_("月份"),
        required=False,
        help_text=_("选已封账的月份，数据与封账时一致；不选则按“统计截至”统计。"),
    )
    as_of = forms.DateField(
        label=_("统计截至"),
        required=False,
        widget=DayInput(),
        help_text=_("可选过去任何一天，按当时的审核状态统计。"),
    )
    unit = forms.CharField(
        label=_("单位"),
        max_length=130,
        required=False,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text=_("输入编码或名称；不填为全部单位。"),
    )
    alone = forms.BooleanField(
        label=_("仅该单位本身，不含下级"), required=False, widget=forms.CheckboxInput
    )
    category = forms.ChoiceField(label=_("单位类别"), required=False)
    figures_only = forms.BooleanField(
        label=_("仅数据，不含姓名"),
        required=False,
        widget=forms.CheckboxInput,
        help_text=_("不列成员学习情况，学习台账不列主持人和发言人；可提供给县领导。"),
    )

    def __init__(
        self, *args: Any, acting: Assignment, units: UnitQuerySet, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.acting, self.units, self.today = acting, units, today
        self.is_leader = acting.role == Role.COUNTY_LEADER
        self.fields["as_of"].initial = today
        self.fields["kind"].initial = Job.Kind.ROLLUP
        self._choices("kind", self._kinds())
        self.closings = {one.month: one for one in self._closings()}
        labels = ((key, _now("%s（已封账）") % Month.parse(key).label) for key in self.closings)
        self._choices("closed", [("", _("按日期统计")), *labels])
        self.categories = {
            one.code: one for one in Category.objects.filter(units__in=units.order_by()).distinct()
        }
        names = ((code, one.name) for code, one in self.categories.items())
        self._choices("category", [("", _("全部类别")), *names])
        if not self.closings:
            del self.fields["closed"]
        if self.is_leader:
            del self.fields["figures_only"]
        self.suggested = self._suggested()

    def clean_as_of(self) -> dt.date:
        day: dt.date = self.cleaned_data["as_of"] or self.today
        if day > self.today:
            raise ValidationError(_("不能晚于今天。"))
        if day.year < FIRST_YEAR:
            raise ValidationError(_("不能早于 %(year)s 年。"), params={"year": FIRST_YEAR})
        return day

    def clean_unit(self) -> Unit:
        """The unit by its code or one of its names; without one the acting role's own."""
        typed = str(self.cleaned_data["unit"]).strip()
        if not typed:
            return self.acting.unit
        code = typed.split()[0]
        named = Q(names__name=typed) | Q(names__short_name=typed) | Q(code__iexact=code)
        found = list(self.units.filter(named).distinct()[:2])
        if len(found) != 1:
            raise ValidationError(
                _("没有找到唯一的单位“%(typed)s”，请输入编码或全称。"), params={"typed": typed}
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_leader:
            cleaned["figures_only"] = True
        elif cleaned.get("kind") == Job.Kind.ATTENDANCE and cleaned.get("figures_only"):
            self.add_error(
                "figures_only", _("出勤明细逐人列出，不能不含姓名；请改选汇总表或台账。")
            )
        return cleaned

    def chosen(self) -> Range:
        """The range asked for. Only of a valid form."""
        asked = self.cleaned_data
        closing = self.closings.get(asked.get("closed", ""))
        category = self.categories.get(asked["category"])
        return Range(
            root=asked["unit"],
            as_of=closing.as_of if closing else asked["as_of"],
            category=category,
            alone=asked["alone"],
            figures_only=asked["figures_only"],
            words=self._words(asked["unit"], category, alone=asked["alone"]),
        )

    def _words(self, unit: Unit, category: Category | None, *, alone: bool) -> str:
        name = names_on([unit.pk], self.today)[unit.pk].short_name
        parts = [name]
        parts.append(_now("仅本单位") if alone else _now("全部单位"))
        if category:
            parts.append(category.name)
        return " · ".join(parts)

    def _closings(self) -> list[Closing]:
        standing = Closing.objects.standing().filter(root=self.acting.unit)
        return list(standing.order_by("-month"))

    def _kinds(self) -> list[tuple[str, Any]]:
        says = {
            Job.Kind.ROLLUP: _("汇总表（六张表）"),
            Job.Kind.LEDGER: _("学习台账（逐次）"),
            Job.Kind.ATTENDANCE: _("出勤明细（逐人逐次）"),
        }
        left_out = {Job.Kind.ATTENDANCE} if self.is_leader else set()
        return [(kind.value, words) for kind, words in says.items() if kind not in left_out]

    def _suggested(self) -> list[str]:
        found = [suggestion_of(unit) for unit in self.units.named(self.today)[: SUGGESTED + 1]]
        return found if len(found) <= SUGGESTED else []

    def _choices(self, field: str, choices: list[tuple[str, Any]]) -> None:
        chosen = self.fields[field]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = choices
