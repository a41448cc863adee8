"""Fields whose values the form of a page judges, so that page and API say the same of them.

Here only the kind of JSON value is looked at; what is missing, too long or no choice, the form
says. The published description has each field's real limits.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import SkipField, empty

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NON_FIELD = "__all__"


class Judged:
    """Passes a JSON value of the right kind on as it came; None stands for an empty field."""

    kind: ClassVar[type] = str
    told: ClassVar[Any] = gettext_lazy("这里应填文字（JSON 字符串）。")

    def run_validation(self, data: Any = empty) -> Any:
        if data is empty:
            raise SkipField
        if data is not None and type(data) is not self.kind:
            raise ValidationError(self.told, code="invalid")
        return data


class Text(Judged, serializers.CharField):
    pass


class Choice(Judged, serializers.ChoiceField):
    pass


class Day(Judged, serializers.DateField):
    """A day as 2026-03-04; the page's form takes other spellings too, a program needs none."""

    def run_validation(self, data: Any = empty) -> Any:
        word = super().run_validation(data)
        if word and not ISO_DAY.fullmatch(word):
            raise ValidationError(str(forms.DateField.default_error_messages["invalid"]))
        return word


class Whole(Judged, serializers.IntegerField):
    kind = int
    told = gettext_lazy("这里应填整数。")


class Flag(Judged, serializers.BooleanField):
    kind = bool
    told = gettext_lazy("这里应填 true 或 false。")


def errors_of(form: forms.BaseForm, names: Mapping[str, str]) -> dict[str, list[ErrorDetail]]:
    """What the form says, by the fields of the API; ``names`` where those differ."""
    return {
        "" if name == NON_FIELD else names.get(name, name): [
            ErrorDetail(str(text), code=error["code"] or "invalid")
            for text, error in zip(form.errors[name], errors, strict=True)
        ]
        for name, errors in form.errors.get_json_data().items()
    }


def require_valid(form: forms.BaseForm, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form cleaned. Raises ValidationError with its own sentences."""
    if not form.is_valid():
        raise ValidationError(errors_of(form, names or {}))
    return form.cleaned_data


def _named(values: Iterable[tuple[Any, Any]], lead: Any = "") -> str:
    return f"{lead}{'；'.join(f'{value} {label}' for value, label in values)}。"


# The meaning of a choice field's values, for the published description.
named = lazy(_named, str)
