from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent
from portal.trail.words import known_actions, names_of, object_words
from units.administration.supervision import TrailQuerySet
from units.day_input import DayInput

FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)


def _day(label: Any) -> forms.DateField:
    widget = DayInput()
    said = _("请填写 2000 年以后的日期，例如 2026-06-30。")
    within = [MinValueValidator(FIRST, said), MaxValueValidator(LAST, said)]
    return forms.DateField(label=label, required=False, widget=widget, validators=within)


class TrailForm(forms.Form):
    """What of the trail is asked for; whatever is left empty narrows nothing."""

    first = _day(_("从"))
    last = _day(_("至"))
    who = forms.CharField(label=_("操作人或账号"), max_length=60, required=False)
    # Not a choice: lines may bear actions that no version of the portal writes any more.
    action = forms.CharField(label=_("操作"), max_length=60, required=False)
    unit = forms.CharField(label=_("单位"), max_length=100, required=False)
    result = forms.ChoiceField(
        label=_("结果"), required=False, choices=[("", _("全部")), *AuditEvent.Result.choices]
    )
    kind = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    number = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].widget = forms.Select(choices=[("", _("全部")), *known_actions()])

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        first, last = asked.get("first"), asked.get("last")
        if first and last and last < first:
            raise ValidationError(_("截止日期早于起始日期，请核对。"))
        return asked

    def asked(self) -> dict[str, Any]:
        """What narrows the trail, by name."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def about(self) -> str:
        """The object asked for, in words; empty if any."""
        kind = self.cleaned_data.get("kind", "") if self.is_valid() else ""
        return f"{object_words(kind)} #{self.cleaned_data['number']}" if kind else ""

    def narrow(self, rows: TrailQuerySet) -> TrailQuerySet:
        """The lines asked for. The form must be valid."""
        asked = self.asked()
        rows = rows.between(asked.get("first"), asked.get("last"))
        if "who" in asked:
            rows = rows.by_anybody_called(asked["who"].strip())
        if "unit" in asked:
            rows = rows.in_units_called(asked["unit"].strip())
        if "action" in asked:
            rows = rows.filter(action=asked["action"])
        if "result" in asked:
            rows = rows.filter(result=asked["result"])
        if "kind" in asked:
            number = asked.get("number", "")
            rows = rows.filter(object_type__in=names_of(asked["kind"]), object_id=number)
        return rows
