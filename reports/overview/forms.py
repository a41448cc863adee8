"""Which day, which units, and which of them to show."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.compliance.forms import AsOfForm
from reports.rules.words import AT_RISK, MET_LATE, MISSED, STANDING_LABELS, WAIVED

AREAS: Final = ""
"""The units without a group right below the place, each with what lies under it in one line."""
EVERY_UNIT: Final = "units"
OWN_UNITS: Final = "own"
"""The place's units that lie in no area."""


class HomeForm(AsOfForm):
    """The day, and what to narrow the table to; `categories` are names by code."""

    category = forms.ChoiceField(label=_("单位类别"), required=False)
    standing = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *STANDING_LABELS.items()],
    )

    def __init__(self, *args: Any, categories: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("category", [("", _("全部类别")), *categories.items()])

    def _choose(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)


class MatrixForm(HomeForm):
    """Besides: below which unit, with which outcomes, and unit by unit or area by area.

    `places` are names by code, the role's own place first; a field with a single choice is left
    out.
    """

    within = forms.ChoiceField(label=_("单位范围"), required=False)
    outcome = forms.ChoiceField(
        label=_("事项结果"),
        required=False,
        choices=[
            ("", _("不限")),
            (MISSED, _("有未达标的事项")),
            (AT_RISK, _("有预警的事项")),
            (MET_LATE, _("有逾期完成的事项")),
            (WAIVED, _("有豁免的事项")),
        ],
    )
    rows = forms.ChoiceField(
        label=_("显示方式"),
        required=False,
        choices=[
            (AREAS, _("按下级地区汇总")),
            (EVERY_UNIT, _("逐个单位")),
            (OWN_UNITS, _("只看直属单位")),
        ],
    )
    field_order = ("as_of", "within", "category", "standing", "outcome", "rows")

    def __init__(
        self, *args: Any, places: Mapping[str, str], has_areas: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        (_own, name), *others = places.items()
        self._choose("within", [("", name), *others])
        if not others:
            del self.fields["within"]
        if not has_areas:
            del self.fields["rows"]
