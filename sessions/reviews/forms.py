"""What is filled in when something is accepted or returned."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sessions.reviews.decisions import ReturnNote
from sessions.screening import marked_fields
from units.day_input import DayInput

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_CORRECTION = timedelta(days=90)


class VersionForm(forms.Form):
    """The version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(VersionForm):
    """Why, what and until when. The reason is what was ticked, then what was written."""

    usual = forms.MultipleChoiceField(
        label=_("常用原因"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("补充说明"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清楚哪里不对、怎样改，单位会在对应栏目看到。"),
    )
    fields_named = forms.MultipleChoiceField(
        label=_("涉及栏目"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due = forms.DateField(label=_("更正期限"), widget=DayInput())

    def __init__(
        self,
        data: Any = None,
        *,
        version: int,
        usual: Sequence[str],
        parts: "Sequence[tuple[str, StrOrPromise]]",
        today: date,
        correct_by: date,
    ) -> None:
        super().__init__(
            data, initial={"version": version, "due": correct_by}, auto_id="id_return_%s"
        )
        self.today = today
        self.fields["usual"].choices = [(text, text) for text in usual]  # type: ignore[attr-defined]  # a choice field
        self.fields["fields_named"].choices = list(parts)  # type: ignore[attr-defined]  # a choice field
        self.fields["due"].help_text = _now(
            "按考核规则，%(day)s及以前更正重报的，原报送日期有效；期限可以另定，考核仍以这一天为准。"
        ) % {"day": f"{correct_by.year}年{correct_by.month}月{correct_by.day}日"}

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if not self.today <= due <= self.today + LONGEST_CORRECTION:
            raise forms.ValidationError(_("更正期限须在今天至 90 天之内。"))
        return due

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        words = values.get("words", "")
        if not self.errors and not words and not values.get("usual"):
            self.add_error("words", _("请勾选常用原因，或写明退回的原因。"))
        for name, sentence in marked_fields({"words": words}).items():
            self.add_error(name, sentence)
        return values

    def note(self) -> ReturnNote:
        values = self.cleaned_data
        reason = "\n".join([*values["usual"], *filter(None, [values["words"].strip()])])
        return ReturnNote(reason, values["due"], values["fields_named"])
