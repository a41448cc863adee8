"""How a plan looks from outside: as its page shows it to the same role."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sessions.api.session_shapes import EventSerializer, ReturnedSerializer
from sessions.history import return_to_mend
from sessions.models import AnnualPlan, Form, PlanItem, ReviewEvent, Status
from sessions.plans import checks
from sessions.plans.contents import content_of
from sessions.plans.progress import ItemLine, lines_of
from sessions.plans.services import is_adjusted
from units.rest.judged import named

STATUSES = [choice for choice in Status.choices if choice[0] != Status.ACCEPTED]


class PlanItemSerializer(serializers.Serializer[Any]):
    """A line of the plan, and what became of it."""

    id = serializers.IntegerField(source="item.pk")
    period = serializers.CharField(
        source="item.period", help_text=_("月份（2026-03）或季度（2026-Q1）")
    )
    topic = serializers.CharField(source="item.topic")
    content = serializers.CharField(source="item.content")
    form = serializers.ChoiceField(
        source="item.form", choices=Form.choices, help_text=named(Form.choices)
    )
    is_discussion = serializers.BooleanField(source="item.is_discussion", help_text=_("是否研讨"))
    speakers = serializers.CharField(source="item.speakers", help_text=_("重点发言人"))
    owner = serializers.CharField(source="item.owner", help_text=_("责任单位/责任人"))
    state = serializers.ChoiceField(
        source="item.state", choices=PlanItem.State.choices, help_text=named(PlanItem.State.choices)
    )
    note = serializers.CharField(source="item.note", help_text=_("备注（调整情况）"))
    sessions = serializers.SerializerMethodField(help_text=_("对应这一项的学习有几次"))
    is_done = serializers.BooleanField(
        help_text=_("有已报送的学习对应，或本单位标记为完成。撤回学习的，随之取消。")
    )
    is_overdue = serializers.BooleanField(help_text=_("时间已过，还没有开展。"))

    def get_sessions(self, line: ItemLine) -> int:
        return len(line.sessions)


class PlanRowSerializer(serializers.ModelSerializer[AnnualPlan]):
    """A plan in a list."""

    unit = serializers.CharField(source="unit.code", help_text=_("单位编码"))
    unit_name = serializers.CharField(help_text=_("单位今天的简称"))
    item_count = serializers.IntegerField(help_text=_("项目数"))

    class Meta:
        model = AnnualPlan
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "unit", "unit_name", "year", "title", "basis", "approved_by", "approved_on"),
            *("status", "awaits_approval", "version", "updated_at", "adjusted_at", "item_count"),
        )
        read_only_fields = fields
        extra_kwargs: ClassVar = {"status": {"choices": STATUSES, "help_text": named(STATUSES)}}


class PlanSerializer(PlanRowSerializer):
    """A plan with its lines and its way between the unit and the department."""

    item_count = None  # type: ignore[assignment]  # the framework's way to leave a field out
    is_adjusted = serializers.SerializerMethodField(help_text=_("备案后有调整，还没有重新报送。"))
    items = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField(help_text=_("提示，不影响报送。"))
    returned = serializers.SerializerMethodField()
    events = EventSerializer(many=True, help_text=_("办理记录，先发生的在前"))

    class Meta(PlanRowSerializer.Meta):
        fields = (
            *(name for name in PlanRowSerializer.Meta.fields if name != "item_count"),
            *("is_adjusted", "items", "warnings", "returned", "events"),
        )
        read_only_fields = fields

    def get_is_adjusted(self, plan: AnnualPlan) -> bool:
        return is_adjusted(plan, _history(plan))

    @extend_schema_field(PlanItemSerializer(many=True))
    def get_items(self, plan: AnnualPlan) -> Any:
        acting = self.context["view"].portal.access.acting
        lines = lines_of(plan, acting, timezone.localdate())
        return PlanItemSerializer(lines, many=True).data

    def get_warnings(self, plan: AnnualPlan) -> list[str]:
        return checks.warnings(content_of(plan))

    @extend_schema_field(ReturnedSerializer(allow_null=True))
    def get_returned(self, plan: AnnualPlan) -> Any:
        sent_back = return_to_mend(plan, _history(plan))
        return None if sent_back is None else ReturnedSerializer(sent_back).data


def _history(plan: AnnualPlan) -> list[ReviewEvent]:
    """The latest step first; read along with the plan."""
    return list(reversed(plan.events.all()))
