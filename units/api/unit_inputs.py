"""What may be sent about a unit, judged by the rules for a row of an imported list."""

from collections.abc import Mapping
from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from units.imports.unit_columns import PARTY_BODY_WORDS
from units.imports.unit_drafts import Categories, read_unit
from units.models import Unit
from units.registering import UnitError, UnitFacts
from units.rest.inputs import Input
from units.rest.judged import Text, named
from units.spreadsheets.reader import Value
from units.spreadsheets.tables import Cell, Row

MOST_IN_ORDER = 999_999
# The fields of the API by the columns of a list.
COLUMNS = {
    "code": "code",
    "name": "name",
    "short_name": "short_name",
    "category": "category",
    "party_body": "party_body",
    "rank": "rank_order",
    "email": "email",
    "has_group": "has_group",
    "established": "established_on",
    "abolished": "abolished_on",
}
BODY_WORDS = {str(body): word for word, body in PARTY_BODY_WORDS.items()}


class Line(Text):
    """Text whose length and meaning a row's rules judge."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        word = super().run_validation(data)
        if word:
            ProhibitNullCharactersValidator()(word)
        return word


class UnitChanges(Input):
    """What is to be different; everything that is not named stays as it is."""

    name = Line(max_length=100, required=False, help_text=_("全称。改名须同时写 valid_from。"))
    short_name = Line(
        max_length=40,
        required=False,
        allow_blank=True,
        help_text=_("简称；写了全称而不写它的，与全称相同。"),
    )
    valid_from = serializers.DateField(
        required=False,
        help_text=_(
            "名称从哪一天起启用，改名时必填；此前的学习仍用原名称。"
            "更正已有名称的错字，写该名称的启用日期，见 names。"
        ),
    )
    category = Line(max_length=60, required=False, help_text=_("单位类别的编码"))
    party_body = serializers.ChoiceField(
        choices=Unit.PartyBody.choices, required=False, help_text=named(Unit.PartyBody.choices)
    )
    rank_order = serializers.IntegerField(
        min_value=0, max_value=MOST_IN_ORDER, required=False, help_text=_("各种报表中的先后。")
    )
    email = Line(
        max_length=254, required=False, allow_blank=True, help_text=_("每月通报发到这个邮箱。")
    )
    has_group = serializers.BooleanField(required=False, help_text=_("设中心组；不设的不考核。"))
    established_on = serializers.DateField(
        required=False, allow_null=True, help_text=_("成立日期；年内新成立的单位填写。")
    )
    abolished_on = serializers.DateField(
        required=False, allow_null=True, help_text=_("撤销日期：从这一天起不再考核。")
    )
    successor = serializers.CharField(
        max_length=30,
        required=False,
        allow_null=True,
        help_text=_("承接单位的编码；撤销的单位才有。"),
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        renames = {"name", "short_name"} & attrs.keys()
        if renames and "valid_from" not in attrs:
            raise ValidationError(
                {"valid_from": [_now("改名须写明从哪一天起启用；更正错字，写原名称的启用日期。")]}
            )
        if "valid_from" in attrs and not renames:
            raise ValidationError({"valid_from": [_now("只在改名时填写。")]})
        return attrs


class UnitInput(Input):
    """A new unit. What it is called, it has always been called; changes are dated."""

    code = Line(max_length=30, help_text=_("全县唯一，一经使用不再更改；不能有空格和斜线。"))
    name = Line(max_length=100, help_text=_("全称"))
    short_name = Line(
        max_length=40, required=False, allow_blank=True, help_text=_("不填则与全称相同。")
    )
    category = Line(max_length=60, help_text=_("单位类别的编码"))
    party_body = serializers.ChoiceField(
        choices=Unit.PartyBody.choices, help_text=named(Unit.PartyBody.choices)
    )
    parent = serializers.CharField(  # type: ignore[assignment]  # taken out of the class
        max_length=30, help_text=_("上级单位的编码")
    )
    rank_order = serializers.IntegerField(
        min_value=0,
        max_value=MOST_IN_ORDER,
        required=False,
        help_text=_("各种报表中的先后；不填，排在同一上级的其他单位之后。"),
    )
    email = Line(
        max_length=254, required=False, allow_blank=True, help_text=_("每月通报发到这个邮箱。")
    )
    has_group = serializers.BooleanField(required=False, help_text=_("设中心组；不填为 true。"))
    established_on = serializers.DateField(
        required=False, allow_null=True, help_text=_("成立日期；年内新成立的单位填写。")
    )
    abolished_on = serializers.DateField(
        required=False, allow_null=True, help_text=_("撤销日期：从这一天起不再考核。")
    )


def facts_in(sent: Mapping[str, Any], position: int) -> UnitFacts:
    """The facts as a row of a list would be read. Raises ValidationError in its words."""
    cells = {column: Cell(_written(sent.get(name)), name, name) for column, name in COLUMNS.items()}
    draft, problems = read_unit(Row("", 0, cells), Categories(create=False), position)
    if draft is None:
        told: dict[str, list[str]] = {}
        for problem in problems:
            told.setdefault(problem.column, []).append(f"{problem.message}{problem.advice}")
        raise ValidationError(told)
    return draft.facts


def refusal_of(error: UnitError) -> ValidationError:
    return ValidationError({error.field: [f"{error.message}{error.advice}"]})


def _written(value: Any) -> Value:
    """A value as a clerk would write it into a cell."""
    if isinstance(value, bool):
        return "是" if value else "否"
    written: Value = BODY_WORDS.get(value, value) if isinstance(value, str) else value
    return written
