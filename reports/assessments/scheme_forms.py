"""The forms of a scheme: where it starts from, what it is called, and one form an item."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.assessments.defaults import DEFAULT_GRADES, GRADE_WORDS
from reports.assessments.fields import MOST_POINTS, LockedForm, ScorableChoice, points_field
from reports.assessments.scoring import NOTHING, plain
from reports.models import AssessmentItem, AssessmentScheme
from reports.rulebook.choosing import categories_field
from reports.rules.registry import RULES
from units.access.numbers import sent_number
from units.day_input import DayInput

Kind = AssessmentItem.Kind
DEFAULT, MOST_ITEMS, BLANK_ITEMS = "default", 60, 3
GRADE_FIELDS = ("least_best", "least_good", "least_fair")


class NewForm(LockedForm):
    """Where a draft starts from."""

    source = forms.ChoiceField(
        label=gettext_lazy("从哪里开始"),
        help_text=gettext_lazy("可以照抄以前年度或其他类别的方案，建成草稿后再修改。"),
    )
    title = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=60,
        help_text=gettext_lazy("例如“乡镇党委理论学习中心组学习考评方案”。"),
    )

    def __init__(self, *args: Any, sources: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["source"]
        field.choices = [(DEFAULT, _("默认方案（各地通行的考评内容，100 分）")), *sources]


class HeadForm(LockedForm):
    """Name, units, last day of the self-check, grades."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    self_due = forms.DateField(
        label=gettext_lazy("自查截止日期"),
        widget=DayInput(),
        help_text=gettext_lazy("单位在这一天（含）之前填写并报送自查评分。"),
    )
    has_grades = forms.BooleanField(
        label=gettext_lazy("评定等次"),
        required=False,
        help_text=gettext_lazy("按得分占应得分的百分比评定；不勾选就只有分数。"),
    )

    def __init__(self, data: Any, *, scheme: AssessmentScheme) -> None:
        stored = dict(scheme.grades or DEFAULT_GRADES)
        initial = {
            "title": scheme.title,
            "self_due": scheme.self_due,
            "has_grades": bool(scheme.grades),
            "categories": [category.pk for category in scheme.categories.all()],
        }
        grades = dict(zip(GRADE_FIELDS, GRADE_WORDS, strict=False))
        initial |= {name: stored.get(word) for name, word in grades.items()}
        super().__init__(data, initial=initial)
        self.year = scheme.year
        self.fields["categories"] = categories_field(
            label=_("适用类别"),
            required=False,
            help_text=_("一个也不勾选，适用于没有单独方案的全部单位。"),
        )
        for name, word in grades.items():
            label = _("“%s”不低于（%%）") % word
            self.fields[name] = points_field(label, Decimal(100), required=False)
        self.order_fields(["title", "categories", "self_due", "has_grades", *GRADE_FIELDS])

    def clean_self_due(self) -> dt.date:
        day: dt.date = self.cleaned_data["self_due"]
        if not dt.date(self.year, 1, 1) <= day <= dt.date(self.year + 1, 3, 31):
            raise forms.ValidationError(
                _("请填 %(year)s 年内、最迟次年 3 月 31 日的日期。"), params={"year": self.year}
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("has_grades"):
            asked = [cleaned.get(name) for name in GRADE_FIELDS]
            above: Decimal | None = None
            for name, least in zip(GRADE_FIELDS, asked, strict=True):
                if name in self.errors:
                    continue
                if least is None:
                    self.add_error(name, _("评定等次的，请填这一等次的百分比。"))
                elif above is not None and least >= above:
                    self.add_error(name, _("应低于上一等次。"))
                above = least
        return cleaned

    @property
    def grades(self) -> list[list[str]]:
        """The grades as a scheme stores them; the last word takes whatever is left."""
        if not self.cleaned_data["has_grades"]:
            return []
        least = [plain(self.cleaned_data[name]) for name in GRADE_FIELDS]
        return [list(pair) for pair in zip(GRADE_WORDS, [*least, "0"], strict=True)]


class ItemForm(LockedForm):
    """One item. A blank one is left out."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    position = forms.IntegerField(
        label=gettext_lazy("序号"), min_value=1, max_value=999, required=False
    )
    project = forms.CharField(label=gettext_lazy("考评项目"), max_length=40)
    content = forms.CharField(label=gettext_lazy("考评内容"), max_length=200)
    standard = forms.CharField(
        label=gettext_lazy("评分标准"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )
    kind = ScorableChoice(
        label=gettext_lazy("评定方式"),
        choices=Kind.choices,
        help_text=gettext_lazy("系统核算的按学习记录自动扣分；人工评定的由单位自评、宣传部检查。"),
    )
    rule = ScorableChoice(
        label=gettext_lazy("核算依据的规则"),
        required=False,
        help_text=gettext_lazy("系统核算的必选：按这条规则未达标的次数扣分。"),
    )
    evidence = ScorableChoice(
        label=gettext_lazy("考评依据"), choices=AssessmentItem.Evidence.choices
    )
    is_gone = forms.BooleanField(label=gettext_lazy("删去这一项"), required=False)

    def __init__(self, data: Any, *, number: int, item: AssessmentItem | None) -> None:
        names = ("pk", "position", "project", "content", "points", "standard", "kind", "rule",
                 "deduction", "cap", "evidence")  # fmt: skip
        initial: dict[str, Any] = {name: getattr(item, name) for name in names} if item else {}
        super().__init__(data, prefix=f"item{number}", initial=initial or {"position": number})
        self.item, self.number = item, number
        self.empty_permitted, self.use_required_attribute = item is None, False
        field: Any = self.fields["rule"]
        scorable = [(key, spec.title) for key, spec in RULES.items() if spec.points_allowed]
        field.choices = [("", _("（人工评定的不选）")), *scorable]
        self.fields["points"] = points_field(_("分值"), MOST_POINTS)
        self.fields["deduction"] = points_field(
            _("每次扣分"), MOST_POINTS, required=False,
            help_text=_("每有一次未达标扣多少分。"),
        )  # fmt: skip
        self.fields["cap"] = points_field(
            _("最多扣分"), MOST_POINTS, required=False,
            help_text=_("不填就是扣完本项为止；任何一项都不会扣成负分。"),
        )  # fmt: skip
        self.order_fields(
            ["pk", "position", "project", "content", "points", "kind", "rule", "deduction",
             "cap", "standard", "evidence", "is_gone"]
        )  # fmt: skip

    def has_changed(self) -> bool:
        """A new item is one in which somebody wrote a text or points."""
        if self.item is not None or not self.is_bound:
            return super().has_changed()
        texts = ("project", "content", "standard", "points")
        return any((self.data.get(self.add_prefix(name)) or "").strip() for name in texts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        points = cleaned.get("points")
        if points is not None and points <= NOTHING:
            self.add_error("points", _("分值要大于 0；不计分的内容请不要列入。"))
        if cleaned.get("kind") == Kind.DATA:
            if not cleaned.get("rule") and "rule" not in self.errors:
                self.add_error("rule", _("系统核算的，请选一条规则。"))
            deduction = cleaned.get("deduction")
            if not deduction and "deduction" not in self.errors:
                self.add_error("deduction", _("系统核算的，请填每次扣多少分。"))
            elif deduction and points and deduction > points:
                self.add_error("deduction", _("每次扣分不能多于本项分值。"))
        cap = cleaned.get("cap")
        if cap is not None and points and not NOTHING < cap <= points:
            self.add_error("cap", _("最多扣分要大于 0，不能多于本项分值。"))
        return cleaned

    def written(self) -> AssessmentItem:
        """The item as it was filled in; only of a valid form that is not blank."""
        item, cleaned = self.item or AssessmentItem(), self.cleaned_data
        is_data = cleaned["kind"] == Kind.DATA
        for name in ("project", "content", "points", "standard", "kind", "evidence"):
            setattr(item, name, cleaned[name])
        item.rule = cleaned["rule"] if is_data else ""
        item.deduction = (cleaned["deduction"] or NOTHING) if is_data else NOTHING
        item.cap = cleaned["cap"] if is_data else None
        return item


class SchemeEditor:
    """A draft on its page: all its forms, filled in and checked at once."""

    def __init__(
        self,
        scheme: AssessmentScheme,
        items: Sequence[AssessmentItem],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.scheme, self._data = scheme, data
        self.head = HeadForm(data, scheme=scheme)
        by_id = {item.pk: item for item in items}
        rows: list[AssessmentItem | None] = list(items)
        if data is not None:
            rows = [by_id.get(self._sent(number, "pk")) for number in self._numbers()]
        else:
            rows += [None] * BLANK_ITEMS
        self.items = [
            ItemForm(data, number=number, item=row) for number, row in enumerate(rows, start=1)
        ]

    def _numbers(self) -> range:
        sent = sent_number(str((self._data or {}).get("items", ""))) or 0
        return range(1, min(sent, MOST_ITEMS) + 1)

    def _sent(self, number: int, name: str) -> int:
        return sent_number(str((self._data or {}).get(f"item{number}-{name}", ""))) or 0

    @property
    def faults(self) -> int:
        """How many fields are wrong."""
        return sum(len(form.errors) for form in (self.head, *self.items))

    def is_valid(self) -> bool:
        if self._data is None:
            return False
        valid = [form.is_valid() for form in (self.head, *self.items)]
        known = {form.item.pk for form in self.items if form.item}
        if len(known) < sum(form.item is not None for form in self.items):
            self.head.add_error(None, _("同一项内容出现了两次，请刷新页面后重填。"))
            return False
        return all(valid)

    def written(self) -> list[AssessmentItem]:
        """The items that stay, in their new order; only of a valid editor."""
        kept = [
            form for form in self.items
            if (form.item or form.has_changed()) and not form.cleaned_data.get("is_gone")
        ]  # fmt: skip
        kept.sort(key=lambda form: (form.cleaned_data.get("position") or 1000, form.number))
        return [form.written() for form in kept]

    def changes(self) -> dict[str, object]:
        """The columns of the scheme as they are stored."""
        cleaned = self.head.cleaned_data
        return {
            "title": cleaned["title"],
            "self_due": cleaned["self_due"],
            "grades": self.head.grades,
        }
