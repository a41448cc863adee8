"""From a parameter of the registry to a field of a form, and back to what a rule set stores."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.rulebook.rule_sets.reading import unit_words
from reports.rules.registry import (
    COUNT,
    DATE,
    DAYS,
    KINDS,
    MEASURE,
    RATE,
    WORKDAYS,
    ParamSpec,
)
from reports.rules.validation import MOST_DAYS
from reports.rules.words import EVIDENCE_LABELS, MEASURE_LABELS
from units.day_input import DayInput

HUNDRED: Final = Decimal(100)


def field_of(spec: ParamSpec) -> forms.Field:
    """The field that asks for a parameter, with its explanation and range."""
    return _FIELDS[spec.kind](spec)


def shown(spec: ParamSpec, value: Any) -> Any:
    """A stored value as its field shows it."""
    if spec.kind == RATE:
        return (Decimal(str(value)) * HUNDRED).normalize()
    if spec.kind == DATE:
        return dt.date.fromisoformat(str(value))
    return value


def stored(spec: ParamSpec, value: Any) -> Any:
    """What a field has read as a rule set stores it."""
    if spec.kind == RATE:
        return f"{value / HUNDRED:f}"
    if spec.kind == DATE:
        return value.isoformat()
    return value


def whole_number(
    *, title: Any, text: Any, unit: Any, least: int, most: int = MOST_DAYS
) -> forms.IntegerField:
    """A whole number with its unit and range in the help."""
    said = _("%(text)s填 %(least)s–%(most)s 的整数，单位：%(unit)s。") % {
        "text": text,
        "least": least,
        "most": most,
        "unit": str(unit).removeprefix("个"),
    }
    return forms.IntegerField(label=title, min_value=least, max_value=most, help_text=said)


def _number(spec: ParamSpec) -> forms.Field:
    least = 1 if spec.kind == COUNT else 0
    return whole_number(title=spec.title, text=spec.text, unit=unit_words(spec), least=least)


def _rate(spec: ParamSpec) -> forms.Field:
    return forms.DecimalField(
        label=_("%s（%%）") % spec.title,
        min_value=Decimal("0.01"),
        max_value=HUNDRED,
        decimal_places=2,
        help_text=_("%s填大于 0、不超过 100 的数。") % spec.text,
    )


def _day(spec: ParamSpec) -> forms.Field:
    return forms.DateField(label=spec.title, widget=DayInput(), help_text=spec.text)


def _kinds(spec: ParamSpec) -> forms.Field:
    return forms.MultipleChoiceField(
        label=spec.title,
        choices=list(EVIDENCE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("%s含照片的，本项不得计分。") % spec.text,
    )


def _measure(spec: ParamSpec) -> forms.Field:
    return forms.ChoiceField(
        label=spec.title, choices=list(MEASURE_LABELS.items()), help_text=spec.text
    )


_FIELDS: Final[Mapping[str, Callable[[ParamSpec], forms.Field]]] = {
    COUNT: _number,
    DAYS: _number,
    WORKDAYS: _number,
    RATE: _rate,
    DATE: _day,
    KINDS: _kinds,
    MEASURE: _measure,
}

POINTS_HELP: Final = gettext_lazy("不计分填 0。")
DEDUCTION_HELP: Final = gettext_lazy("每有一项（一个月、一个季度或全年）未达标扣多少，扣完为止。")


def amount(title: Any, text: Any) -> forms.DecimalField:
    """Points: none or more, two decimals."""
    return forms.DecimalField(
        label=title,
        min_value=Decimal(0),
        max_value=Decimal(1000),
        max_digits=6,
        decimal_places=2,
        required=False,
        help_text=text,
    )
