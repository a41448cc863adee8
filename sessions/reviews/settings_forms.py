"""What the department's administrator sets for the review."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from sessions.reviews.papers import PLAN, REPORT, SESSION
from sessions.reviews.reasons import Reason

if TYPE_CHECKING:
    _FormSet = BaseFormSet["ReasonForm"]
else:  # the class takes no parameter when it runs
    _FormSet = BaseFormSet

BLANK_ROWS = 4
MOST_ROWS = 60


class SwitchForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    is_on = forms.BooleanField(label=_("报送后先由单位审核领导审核，再到宣传部"), required=False)


class ReasonForm(forms.Form):
    """A row; without a text it is left out."""

    text = forms.CharField(
        label=_("退回原因"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    rank = forms.IntegerField(
        label=_("顺序"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "form-control rank"}),
    )
    session = forms.BooleanField(label=_("学习"), required=False)
    plan = forms.BooleanField(label=_("计划"), required=False)
    report = forms.BooleanField(label=_("报告"), required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("text") and not self.fits:
            self.add_error("text", _("请勾选这条原因用于学习、计划还是报告。"))
        return values

    @property
    def fits(self) -> frozenset[str]:
        papers = (SESSION, PLAN, REPORT)
        return frozenset(paper for paper in papers if self.cleaned_data.get(paper))


class ReasonRows(_FormSet):
    def reasons(self) -> list[Reason]:
        """In the order of their numbers; those without one come last."""
        rows = [form for form in self.forms if form.cleaned_data.get("text")]
        rows.sort(key=lambda form: form.cleaned_data.get("rank") or MOST_ROWS * 20)
        return [Reason(form.cleaned_data["text"], form.fits) for form in rows]


_ROWS = formset_factory(
    ReasonForm, formset=ReasonRows, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


def reason_rows(data: Any = None, *, kept: Sequence[Reason] = ()) -> ReasonRows:
    """The list with a few empty rows below, or what was sent."""
    initial = [
        {"text": reason.text, "rank": number, **dict.fromkeys(reason.fits, True)}
        for number, reason in enumerate(kept, start=1)
    ]
    return cast(ReasonRows, _ROWS(data, initial=None if data else initial, prefix="reasons"))
