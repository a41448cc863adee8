"""The forms of a rule set: whom it binds, what its rules share, and one form a rule."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import RuleSet
from reports.rulebook.choosing import UnitField, UnitsField, categories_field
from reports.rulebook.rule_sets.fields import (
    DEDUCTION_HELP,
    POINTS_HELP,
    amount,
    field_of,
    shown,
    stored,
    whole_number,
)
from reports.rulebook.rule_sets.practice import COMMON
from reports.rulebook.rule_sets.reading import COUNTED_LABELS, COUNTED_TEXT, SHARED, summary
from reports.rulebook.years import FIRST, LAST
from reports.rules.facts import RuleFacts, RuleSetFacts
from reports.rules.registry import Params, RuleSpec
from reports.rules.words import (
    ACCEPTED,
    COUNTS_AS_LABELS,
    LEAVE_LABELS,
    SEVERITY_LABELS,
    WARN_LABELS,
)
from reports.rules.words import SUBMITTED as REPORTED
from units.day_input import DayInput
from units.models import Unit

ALL, CATEGORIES, UNITS = "all", "categories", "units"
WHOM: Final = [
    (ALL, gettext_lazy("全部单位")),
    (CATEGORIES, gettext_lazy("若干类别的单位")),
    (UNITS, gettext_lazy("指定单位（例外）")),
]
COUNTED: Final[Mapping[str, frozenset[str]]] = {
    "both": frozenset({REPORTED, ACCEPTED}),
    "accepted": frozenset({ACCEPTED}),
}


class AudienceForm(forms.Form):
    """Whom a rule set binds."""

    whom = forms.ChoiceField(
        label=gettext_lazy("适用范围"),
        choices=WHOM,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "同一单位同时有几套规则时，指定单位的优先，其次是类别的，最后是全部单位的。"
        ),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], several: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"] = categories_field(
            label=_("类别"), required=False, help_text=_("适用范围选“若干类别的单位”时勾选。")
        )
        kind: type[UnitsField | UnitField] = UnitsField if several else UnitField
        text = _("适用范围选“指定单位”时选择。")
        if several:
            text += _("可选多个，每个单位各建一份草稿。")
        self.fields["units"] = kind(units, label=_("单位"), required=False, help_text=text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        whom = cleaned.get("whom")
        for name, sentence in (
            (CATEGORIES, _("请至少勾选一个类别，或把适用范围改为“全部单位”。")),
            (UNITS, _("请选择单位，或改变适用范围。")),
        ):
            if whom != name:
                cleaned[name] = () if name == CATEGORIES else None
            elif not cleaned.get(name):
                self.add_error(name, sentence)
        return cleaned


class NewForm(AudienceForm):
    """Where a draft starts from."""

    source = forms.ChoiceField(
        label=gettext_lazy("从哪里开始"),
        help_text=gettext_lazy("照抄以前年度的，截止日期移到新的年度。"),
    )
    title = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=60,
        help_text=gettext_lazy("例如“党委（党组）中心组学习考核规则”。同名的自动编为下一版本。"),
    )
    effective_from = forms.DateField(
        label=gettext_lazy("生效日期"),
        widget=DayInput(),
        help_text=gettext_lazy("规则所属年度由这一天决定；从年初起适用的填 1 月 1 日。"),
    )
    field_order = ("source", "title", "effective_from", "whom")

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, several=True, **kwargs)
        field: Any = self.fields["source"]
        field.choices = [("default", _("默认规则（国家规定加各地通行要求）")), *sources]

    def clean_effective_from(self) -> dt.date:
        day: dt.date = self.cleaned_data["effective_from"]
        if not FIRST <= day.year <= LAST:
            raise forms.ValidationError(_("年份不正确，请填四位年份。"))
        return day


class HeadForm(AudienceForm):
    """The set itself, and all that its rules share."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=100)
    effective_from = forms.DateField(label=gettext_lazy("生效日期"), widget=DayInput())
    counted_statuses = forms.ChoiceField(
        label=gettext_lazy("计入的学习"),
        choices=[(key, COUNTED_LABELS[statuses]) for key, statuses in COUNTED.items()],
        help_text=COUNTED_TEXT,
    )
    field_order = ("title", "effective_from", "whom")

    def __init__(self, *args: Any, rule_set: RuleSet, facts: RuleSetFacts, **kwargs: Any) -> None:
        kwargs["initial"] = _head_initial(rule_set, facts)
        super().__init__(*args, several=False, **kwargs)
        self.year = facts.year
        for name, shared in SHARED.items():
            least = 1 if name == "min_speakers" else 0
            self.fields[name] = whole_number(
                title=shared.title, text=shared.text, unit=shared.unit, least=least
            )
        for kind, label in LEAVE_LABELS.items():
            self.fields[f"leave_{kind}"] = forms.ChoiceField(
                label=label, choices=list(COUNTS_AS_LABELS.items())
            )
        for name, label in WARN_LABELS.items():
            self.fields[f"warn_{name}"] = forms.IntegerField(
                label=label, min_value=0, max_value=366
            )

    def clean_effective_from(self) -> Any:
        day = self.cleaned_data["effective_from"]
        if day.year != self.year:
            raise forms.ValidationError(
                _("生效日期应在 %(year)s 年内；别的年度请另建一套规则。"),
                params={"year": self.year},
            )
        return day

    @property
    def basics(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "effective_from", "whom", "categories", "units")]

    @property
    def shared(self) -> list[forms.BoundField]:
        return [self[name] for name in (*SHARED, "counted_statuses")]

    @property
    def leave(self) -> list[forms.BoundField]:
        return [self[f"leave_{kind}"] for kind in LEAVE_LABELS]

    @property
    def warn(self) -> list[forms.BoundField]:
        return [self[f"warn_{name}"] for name in WARN_LABELS]


def _head_initial(rule_set: RuleSet, facts: RuleSetFacts) -> dict[str, Any]:
    categories = [category.pk for category in rule_set.categories.all()]
    narrow = CATEGORIES if categories else ALL
    counted = {statuses: key for key, statuses in COUNTED.items()}
    return {
        "title": rule_set.title,
        "effective_from": rule_set.effective_from,
        "whom": UNITS if rule_set.unit_id else narrow,
        "categories": categories,
        "units": rule_set.unit_id,
        "counted_statuses": counted.get(facts.counted_statuses, "both"),
        **{name: getattr(facts, name) for name in SHARED},
        **{f"leave_{kind}": worth for kind, worth in facts.leave_counts_as.items()},
        **{f"warn_{name}": days for name, days in facts.warn_days.items()},
    }


class RuleForm(forms.Form):
    """One rule: on or off, how heavy, its parameters, and points where the rule may carry any."""

    enabled = forms.BooleanField(label=gettext_lazy("启用"), required=False)
    severity = forms.ChoiceField(
        label=gettext_lazy("性质"),
        choices=list(SEVERITY_LABELS.items()),
        help_text=gettext_lazy("“必须”的未达标，单位即为未达标；“提醒”的只列为需关注。"),
    )

    def __init__(self, data: Any, *, spec: RuleSpec, rule: RuleFacts, year: int) -> None:
        values = Params.of(rule, year).values
        initial = {"enabled": rule.enabled, "severity": rule.severity}
        initial |= {param.name: shown(param, values[param.name]) for param in spec.params}
        initial |= {"points": rule.points or 0, "deduction": rule.deduction or 0}
        super().__init__(data, prefix=spec.key, initial=initial)
        self.spec = spec
        self.summary = summary(spec, rule, year)
        for param in spec.params:
            field = field_of(param)
            field.help_text = f"{field.help_text}{COMMON.get((spec.key, param.name), '')}"
            self.fields[param.name] = field
        if spec.points_allowed:
            self.fields["points"] = amount(_("分值"), POINTS_HELP)
            self.fields["deduction"] = amount(_("每项扣分"), DEDUCTION_HELP)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("points") and not cleaned.get("deduction") and "deduction" in cleaned:
            self.add_error("deduction", _("计分的事项，请填每项扣多少分。"))
        return cleaned

    def written(self) -> RuleFacts:
        """The rule as it was filled in; only of a valid form."""
        cleaned = self.cleaned_data
        return RuleFacts(
            key=self.spec.key,
            enabled=cleaned["enabled"],
            severity=cleaned["severity"],
            params={spec.name: stored(spec, cleaned[spec.name]) for spec in self.spec.params},
            points=cleaned.get("points") or Decimal(0),
            deduction=cleaned.get("deduction") or Decimal(0),
        )
