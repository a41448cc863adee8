"""The ledger of e-mails, to be read: what was sent to whom and what became of it."""

from typing import Any, ClassVar

import django_filters
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reports.models import Delivery, MailSchedule
from reports.models.delivery import MailKind
from units.rest.filtering import Filters, OrderingFilter, UnitFilter
from units.rest.resources import Resource


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """One mail to one recipient."""

    unit = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    run = serializers.IntegerField(
        source="run_id", read_only=True, help_text=_("批次的编号；同一批次的邮件相同。")
    )
    run_kind = serializers.ChoiceField(
        source="run.run", choices=MailSchedule.Run.choices, read_only=True
    )
    as_of = serializers.DateField(
        source="run.as_of", read_only=True, help_text=_("邮件数字的统计截至日")
    )
    is_closed = serializers.SerializerMethodField(help_text=_("数字是否取自封账数据"))

    class Meta:
        model = Delivery
        fields = (
            *("id", "kind", "period", "unit", "recipient", "state", "run", "run_kind", "as_of"),
            *("is_closed", "message_id", "attempts", "next_try_at", "queued_at", "sent_at"),
            "server_words",
        )
        read_only_fields = fields

    @extend_schema_field(bool)
    def get_is_closed(self, mail: Delivery) -> bool:
        return mail.run.closing_id is not None


class DeliveryFilters(Filters):
    unit = UnitFilter(field_name="unit", label=_("单位的编码"))
    period = django_filters.CharFilter(
        label=_("时段，如 2026-06"),
        validators=[RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])\Z", _("请写成“2026-06”这样的月份。"))],
    )
    kind = django_filters.ChoiceFilter(choices=MailKind.choices, label=_("类别"))
    state = django_filters.ChoiceFilter(choices=Delivery.State.choices, label=_("状态"))
    ordering = OrderingFilter(fields=("queued_at", "sent_at", "period"))


class DeliveryResource(Resource[Delivery]):
    """Mails are stopped, released and sent again on their pages, by people who look at them."""

    tag = _("邮件台账")
    notes: ClassVar = {
        "list": _("最近排队的在前。只读；暂缓、放行和重发请在“邮件”页面办理。"),
    }
    queryset = Delivery.objects.select_related("unit", "run").order_by("-pk")
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilters
