"""How an entry of a roster looks from outside, and what may be sent about one."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from units.models import RosterEntry
from units.rest.inputs import LARGEST_ID, Input
from units.rest.judged import Choice, Day, Text, Whole, named
from units.roster.forms import AddForm, ChangeForm, EndForm, OfficeForm
from units.roster.services import NOTE_LIMIT

MOST_IN_ORDER = 9999
CONFIRMED = _(
    "变动涉及已登记的学习时，先答复 422，errors 列出涉及的学习；"
    "核对后仍要保存的，把答复中的 confirm 填在这里再发一次。"
)


def _help(form: type[AddForm | ChangeForm | EndForm | OfficeForm], name: str) -> Any:
    return form.base_fields[name].help_text


class MemberSerializer(serializers.ModelSerializer[RosterEntry]):
    """One term of one person in one office: from ``start_date`` on, no longer on ``end_date``."""

    unit = serializers.CharField(
        source="person.unit.code", read_only=True, help_text=_("单位的编码")
    )
    person = serializers.IntegerField(
        source="person_id", read_only=True, help_text=_("同一个人先后几段任期，编号相同。")
    )
    name = serializers.CharField(source="person.name", read_only=True)
    distinction = serializers.CharField(
        source="person.distinction", read_only=True, help_text=_("同名区分")
    )

    class Meta:
        model = RosterEntry
        fields = (
            *("id", "unit", "person", "name", "distinction"),
            *("post", "portfolio", "role", "rank_order"),
            *("start_date", "end_date", "appointment_no", "note"),
        )
        read_only_fields = fields


class Confirmable(Input):
    confirmed = Text(required=False, max_length=40, help_text=CONFIRMED)


class OfficeInput(Confirmable):
    role = Choice(
        required=False,
        choices=RosterEntry.Role.choices,
        help_text=named(RosterEntry.Role.choices, _help(OfficeForm, "role")),
    )
    post = Text(required=False, allow_blank=True, max_length=100, help_text=_("职务"))
    portfolio = Text(
        required=False, allow_blank=True, max_length=200, help_text=_("分管工作，印在成员名册上。")
    )
    rank_order = Whole(
        required=False,
        min_value=0,
        max_value=MOST_IN_ORDER,
        help_text=_help(OfficeForm, "rank_order"),
    )
    start_date = Day(required=False, help_text=_help(OfficeForm, "start_date"))
    appointment_no = Text(required=False, allow_blank=True, max_length=60, help_text=_("任免文号"))
    note = Text(required=False, allow_blank=True, max_length=NOTE_LIMIT)


class MemberChanges(OfficeInput):
    """What the entry should have said all along; everything that is not named stays as it is."""

    name = Text(required=False, max_length=60, help_text=_("更正这个人的姓名，各段任期都改。"))
    distinction = Text(
        required=False,
        allow_blank=True,
        max_length=60,
        help_text=_help(AddForm, "distinction"),
    )
    end_date = Day(required=False, allow_null=True, help_text=_help(OfficeForm, "end_date"))


class MemberInput(OfficeInput):
    """A term begins: of somebody new, or of somebody known who is back."""

    unit = serializers.CharField(max_length=30, help_text=_("单位的编码"))
    name = Text(max_length=60, help_text=_("一个人的姓名"))
    person = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        help_text=_(
            "名册中已有这个名字时：是同一个人的，写这个人的编号；是同名的另一个人，不写，"
            "改写 distinction。"
        ),
    )
    distinction = Text(
        required=False, allow_blank=True, max_length=60, help_text=_help(AddForm, "distinction")
    )
    role = Choice(
        choices=RosterEntry.Role.choices,
        help_text=named(RosterEntry.Role.choices, _help(OfficeForm, "role")),
    )
    rank_order = Whole(
        min_value=0, max_value=MOST_IN_ORDER, help_text=_help(OfficeForm, "rank_order")
    )
    start_date = Day(help_text=_help(OfficeForm, "start_date"))
    end_date = Day(required=False, allow_null=True, help_text=_help(OfficeForm, "end_date"))


class EndInput(Confirmable):
    on = Day(help_text=_help(EndForm, "end_date"))
    document_no = Text(
        required=False, allow_blank=True, max_length=60, help_text=_("免职文号，记入备注。")
    )


class OfficeChangeInput(OfficeInput):
    """Another office from a day on; role, post and rank stay as they are where not named."""

    start_date = Day(help_text=_help(ChangeForm, "start_date"))
