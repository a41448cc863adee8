"""What the unit and the department fill in on a sheet."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.assessments.fields import LockedForm, own_address, points_field, text_field
from reports.assessments.scoring import plain
from reports.assessments.sheets import CheckScore, SelfScore
from reports.models import AssessmentItem, AssessmentScore
from sessions.screened_form import ScreenedForm
from units.day_input import DayInput


class ScoresForm(LockedForm):
    """Fields for every item that people judge, named after it.

    With `is_final` every item needs a score, and a reason where points are taken off.
    """

    names: tuple[str, ...] = ()

    def __init__(
        self,
        data: Any = None,
        *,
        items: Iterable[AssessmentItem],
        scores: Iterable[AssessmentScore],
        is_final: bool = False,
    ) -> None:
        self.items = [item for item in items if item.kind == AssessmentItem.Kind.JUDGEMENT]
        entered = {score.item_id: score for score in scores}
        initial = {
            self.field(name, item): getattr(entered[item.pk], self.column(name))
            for item in self.items
            if item.pk in entered
            for name in self.names
        }
        super().__init__(data, initial=initial)
        self.is_final = is_final
        for item in self.items:
            for name, field in self.fields_of(item).items():
                self.fields[self.field(name, item)] = field
        self._ask_for_scores(data is None)

    def full_clean(self) -> None:
        super().full_clean()
        self._ask_for_scores(True)

    def _ask_for_scores(self, is_asked: bool) -> None:
        """Pages show scores as asked for; only a finished form is held to it."""
        for item in self.items:
            self.fields[self.field("score", item)].required = is_asked

    @staticmethod
    def field(name: str, item: AssessmentItem) -> str:
        return f"{name}_{item.pk}"

    def column(self, name: str) -> str:
        """The column of a score in which a field is stored."""
        return name

    def fields_of(self, item: AssessmentItem) -> Mapping[str, forms.Field]:
        raise NotImplementedError

    @property
    def rows(self) -> list[tuple[AssessmentItem, list[forms.BoundField]]]:
        """Every item with its fields."""
        return [(item, [self[self.field(name, item)] for name in self.names])
                for item in self.items]  # fmt: skip

    def fields_by_item(self) -> dict[int, list[forms.BoundField]]:
        return {item.pk: fields for item, fields in self.rows}

    def said(self, name: str, item: AssessmentItem) -> Any:
        return self.cleaned_data.get(self.field(name, item))

    def require(self, item: AssessmentItem) -> None:
        """What a finished form asks of an item: a score, and why points are taken off."""
        score: Decimal | None = self.said("score", item)
        if score is None:
            if self.field("score", item) not in self.errors:
                self.add_error(self.field("score", item), _("请评分；不扣分就填满分。"))
        elif score < item.points and not self.said("reason", item):
            self.add_error(self.field("reason", item), _("有扣分，请写明原因。"))


class SelfForm(ScoresForm):
    """The unit's own scores."""

    names = ("score", "reason", "evidence", "link")

    def __init__(self, *args: Any, host: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def column(self, name: str) -> str:
        return f"self_{name}"

    def fields_of(self, item: AssessmentItem) -> Mapping[str, forms.Field]:
        most = plain(item.points)
        return {
            "score": points_field(_("自查评分（满分 %s）") % most, item.points, required=False),
            "reason": text_field(_("自查说明"), 300, rows=2, required=False,
                                 help_text=_("有扣分的写明原因。")),
            "evidence": text_field(_("佐证材料"), 200, required=False,
                                   help_text=_("材料名称，纸质的写明存放处。")),
            "link": text_field(_("佐证页面"), 200, required=False,
                               help_text=_("本平台里有记录的，粘贴那一页的地址。")),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for item in self.items:
            name = self.field("link", item)
            try:
                cleaned[name] = own_address(cleaned.get(name) or "", self.host)
            except forms.ValidationError as error:
                self.add_error(name, error)
            if self.is_final:
                self.require(item)
        return cleaned

    @property
    def entered(self) -> dict[int, SelfScore]:
        return {
            item.pk: SelfScore(*(self.said(name, item) for name in self.names))
            for item in self.items
        }


class CheckForm(ScoresForm):
    """The department's scores."""

    names = ("score", "reason", "is_excused")

    def fields_of(self, item: AssessmentItem) -> Mapping[str, forms.Field]:
        most = plain(item.points)
        return {
            "score": points_field(_("检查评分（满分 %s）") % most, item.points, required=False),
            "reason": text_field(_("扣分原因"), 300, rows=2, required=False),
            "is_excused": forms.BooleanField(
                label=_("对该单位不适用"), required=False,
                help_text=_("不计入总分，在扣分原因里写明理由。"),
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for item in self.items:
            if self.said("is_excused", item):
                if not self.said("reason", item):
                    self.add_error(self.field("reason", item), _("不适用的，请写明理由。"))
            elif self.is_final:
                self.require(item)
        return cleaned

    @property
    def entered(self) -> dict[int, CheckScore]:
        return {
            item.pk: CheckScore(*(self.said(name, item) for name in self.names))
            for item in self.items
        }


class AdjustForm(LockedForm):
    """A decided score in place of what the data came to."""

    def __init__(self, *args: Any, most: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"] = points_field(
            _("例外评分"), most, required=False,
            help_text=_("满分 %s。留空就是取消例外，按系统核算的计。") % plain(most),
        )  # fmt: skip
        self.fields["reason"] = text_field(
            _("例外理由"), 300, rows=3, required=False,
            help_text=_("写明依据和批准情况；单位看得到。"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("score") is not None and not cleaned.get("reason"):
            self.add_error("reason", _("例外评分必须写明理由。"))
        return cleaned


class ReturnForm(ScreenedForm):
    reason = forms.CharField(
        label=gettext_lazy("退回理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写明要改哪一项，单位看得到。"),
    )
    due = forms.DateField(
        label=gettext_lazy("重新报送期限"),
        widget=DayInput(),
        help_text=gettext_lazy("只对这个单位有效。"),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due(self) -> dt.date:
        day: dt.date = self.cleaned_data["due"]
        if day < self.today:
            raise forms.ValidationError(_("期限不能早于今天。"))
        return day


class TextForm(ScreenedForm):
    """A text of some lines: an explanation, a reply."""

    text = forms.CharField(
        label=gettext_lazy("内容"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 500}),
        help_text=gettext_lazy("不超过 500 字。"),
    )


class ReasonForm(ScreenedForm):
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200}),
        help_text=gettext_lazy("记入审计，有关单位看得到。"),
    )


class SettingsForm(forms.Form):
    is_ranked = forms.BooleanField(
        label=gettext_lazy("年终考评显示名次"),
        required=False,
        help_text=gettext_lazy(
            "只用于全年考评、结果公布之后，只有宣传部和县领导看得到；按月、按季不得排名。"
        ),
    )
