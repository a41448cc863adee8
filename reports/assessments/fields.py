"""Fields of assessments: points, choices of what may be scored, texts that name nothing locked."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from reports.assessments.locked import LOCKED_KINDS, refusal, sentence
from reports.assessments.scoring import NOTHING, plain
from reports.rules.registry import LOCKED_ITEMS
from sessions.screened_form import ScreenedForm

MOST_POINTS = Decimal(1000)
_LOCKED_TITLES = {
    **LOCKED_ITEMS,
    "photo": "照片",
    "notes": LOCKED_ITEMS["study_notes"],
    "awards": "获奖",
}


class LockedForm(ScreenedForm):
    """A form whose texts bear no mark of a classified paper and name nothing that is locked."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, text in list(cleaned.items()):
            if isinstance(text, str) and (fault := refusal(text)):
                self.add_error(name, fault)
        return cleaned


class ScorableChoice(forms.ChoiceField):
    """A choice among kinds that may be scored; a locked one is refused by its name."""

    def validate(self, value: Any) -> None:
        if value in LOCKED_KINDS or value in LOCKED_ITEMS:
            raise forms.ValidationError(sentence(_LOCKED_TITLES.get(value, value)))
        super().validate(value)


def points_field(label: str, most: Decimal, **options: Any) -> forms.DecimalField:
    """Points with two decimals from nothing up to the most there are."""
    options.setdefault(
        "error_messages",
        {
            "max_value": _("不能多于 %s 分。") % plain(most),
            "min_value": _("不能少于 0 分。"),
            "invalid": _("请填数字，最多两位小数。"),
            "max_decimal_places": _("最多两位小数。"),
        },
    )
    return forms.DecimalField(
        label=label, min_value=NOTHING, max_value=most, max_digits=6, decimal_places=2, **options
    )


def text_field(label: str, length: int, *, rows: int = 0, **options: Any) -> forms.CharField:
    """A text of one line or of several."""
    attrs = {"rows": rows, "maxlength": length}
    widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=length, widget=widget, **options)


def own_address(text: str, host: str) -> str:
    """The part of an address of this portal that its pages link to; '' for none.

    Raises ValidationError for an address of elsewhere and for one that leads to no page.
    """
    if not text.strip():
        return ""
    parts = urlsplit(text.strip())
    if parts.scheme in {"", "http", "https"} and parts.netloc in {"", host} and _leads(parts.path):
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    raise forms.ValidationError(_("请粘贴本平台内页面的地址，例如某次学习记录的地址；没有就留空。"))


def _leads(path: str) -> bool:
    """Whether a path of this portal is that of a page."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return path.startswith("/") and not path.startswith("//")
