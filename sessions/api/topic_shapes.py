"""How a topic looks from outside, and what may be sent about one."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from sessions.models import Topic
from sessions.topics.forms import TopicForm
from units.rest.inputs import Input
from units.rest.judged import Choice, Day, Flag, Text, Whole, named

Fields = dict[str, serializers.Field[Any, Any, Any, Any]]
HELP = TopicForm.Meta.help_texts


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """Something to be studied between two dates of one year, both included."""

    categories = serializers.SlugRelatedField[Any](
        slug_field="code", many=True, read_only=True, help_text=HELP["categories"]
    )

    class Meta:
        model = Topic
        fields = (
            *("id", "name", "level", "content_group", "from_date", "due", "required"),
            *("categories", "retired_on"),
        )
        read_only_fields = fields

    def get_fields(self) -> Fields:
        first = serializers.DateField(source="from_date", read_only=True)
        return _from(super().get_fields() | {"from_date": first})


class TopicInput(Input):
    """A topic. When it is changed, what is not named stays."""

    name = Text(max_length=200, help_text=HELP["name"])
    level = Choice(choices=Topic.Level.choices, help_text=named(Topic.Level.choices))
    content_group = Whole(min_value=1, max_value=9, help_text=named(Topic.ContentGroup.choices))
    from_date = Day(help_text=HELP["from_date"])
    due = Day(help_text=HELP["due"])
    required = Flag(  # type: ignore[assignment]  # taken out of the class
        required=False, help_text=HELP["required"]
    )
    categories = serializers.ListField(
        child=serializers.CharField(max_length=40),
        required=False,
        max_length=50,
        help_text=_("单位类别的编码。只要求某些类别的单位时才写；不写，要求全部单位。"),
    )

    def get_fields(self) -> Fields:
        return _from(super().get_fields())


class TopicChanges(TopicInput):
    confirmed = Flag(
        required=False,
        help_text=_("已有学习关联而要改起止日期时，须为 true：有关单位的结论会随之改变。"),
    )


class RetireInput(Input):
    reason = Text(required=False, max_length=200, help_text=_("选填，记入操作日志。"))


def _from(fields: Fields) -> Fields:
    """``from_date`` goes by the name ``from``, which no attribute of a class can have."""
    return {"from" if name == "from_date" else name: field for name, field in fields.items()}
