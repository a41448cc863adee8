"""How personal records and outcomes look from outside, and what may be sent about them."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from sessions.api.session_inputs import reference
from sessions.entries.forms import OutcomeForm, PersonalRecordForm
from sessions.models import Outcome, PersonalRecord, Topic
from units.rest.inputs import Input
from units.rest.judged import Choice, Day, Flag, Text, named

ABOUT_RECORD = PersonalRecordForm.Meta.help_texts
ABOUT_OUTCOME = OutcomeForm.Meta.help_texts
DONE_ON = _("完成的日期，不晚于今天。")
LINKED = _("关联的学习的编号：本单位近 400 天内已报送的；为空：不关联。")


class PersonalRecordSerializer(serializers.ModelSerializer[PersonalRecord]):
    """What one member wrote or studied alone."""

    unit = serializers.CharField(source="person.unit.code", help_text=_("单位编码"))
    member = serializers.IntegerField(
        allow_null=True,
        help_text=_("名册条目的编号：这一天所在的任期；名册已改、这一天不在任的，为最近的任期。"),
    )
    name = serializers.CharField(source="person.name", help_text=_("姓名"))
    session = serializers.IntegerField(source="session_id", allow_null=True)

    class Meta:
        model = PersonalRecord
        fields = ("id", "unit", "member", "name", "kind", "date", "title", "session")
        read_only_fields = fields
        extra_kwargs: ClassVar = {"kind": {"help_text": named(PersonalRecord.Kind.choices)}}


class PersonalRecordChanges(Input):
    """What is to be different; everything that is not named stays as it is."""

    member = reference(
        required=False, help_text=_("名册条目的编号，见“成员”；日期须在这个人的任职期内。")
    )
    kind = Choice(
        required=False,
        choices=PersonalRecord.Kind.choices,
        help_text=named(PersonalRecord.Kind.choices),
    )
    date = Day(required=False, help_text=DONE_ON)
    title = Text(required=False, max_length=200, help_text=ABOUT_RECORD["title"])
    session = reference(required=False, allow_null=True, help_text=LINKED)


class PersonalRecordInput(PersonalRecordChanges):
    """A new personal record."""

    member = reference(help_text=_("名册条目的编号，见“成员”；日期须在这个人的任职期内。"))
    kind = Choice(choices=PersonalRecord.Kind.choices, help_text=named(PersonalRecord.Kind.choices))
    date = Day(help_text=DONE_ON)
    title = Text(max_length=200, help_text=ABOUT_RECORD["title"])


class OutcomeSerializer(serializers.ModelSerializer[Outcome]):
    """What study led to. Kept for reference, never scored."""

    unit = serializers.CharField(source="unit.code", help_text=_("单位编码"))
    level = serializers.ChoiceField(
        choices=Topic.Level.choices,
        allow_blank=True,
        help_text=named(Topic.Level.choices, _("可以为空。")),
    )
    session = serializers.IntegerField(source="session_id", allow_null=True)

    class Meta:
        model = Outcome
        fields = (
            *("id", "unit", "kind", "title", "date", "authors", "level", "by_principal"),
            *("outlet", "conversion", "session"),
        )
        read_only_fields = fields
        extra_kwargs: ClassVar = {
            "kind": {"help_text": named(Outcome.Kind.choices)},
            "outlet": {"help_text": _("载体（文号）")},
            "by_principal": {"help_text": ABOUT_OUTCOME["by_principal"]},
        }


class OutcomeChanges(Input):
    """What is to be different; everything that is not named stays as it is."""

    kind = Choice(
        required=False, choices=Outcome.Kind.choices, help_text=named(Outcome.Kind.choices)
    )
    title = Text(required=False, max_length=200, help_text=_("成果名称"))
    date = Day(required=False, help_text=DONE_ON)
    authors = Text(
        required=False, allow_blank=True, max_length=200, help_text=ABOUT_OUTCOME["authors"]
    )
    level = Choice(
        required=False,
        allow_blank=True,
        choices=Topic.Level.choices,
        help_text=named(Topic.Level.choices, _("可以为空。")),
    )
    by_principal = Flag(required=False, help_text=ABOUT_OUTCOME["by_principal"])
    outlet = Text(
        required=False, allow_blank=True, max_length=200, help_text=ABOUT_OUTCOME["outlet"]
    )
    conversion = Text(
        required=False, allow_blank=True, max_length=200, help_text=ABOUT_OUTCOME["conversion"]
    )
    session = reference(required=False, allow_null=True, help_text=LINKED)


class OutcomeInput(OutcomeChanges):
    """A new outcome."""

    unit: Any = serializers.CharField(max_length=20, help_text=_("本单位的编码"))
    kind = Choice(choices=Outcome.Kind.choices, help_text=named(Outcome.Kind.choices))
    title = Text(max_length=200, help_text=_("成果名称"))
    date = Day(help_text=DONE_ON)
