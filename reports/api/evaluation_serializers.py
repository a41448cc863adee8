"""How evaluations look from outside; the values come finished from ``judged``."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reports.api.judged import CLOSED, LIVE
from reports.models import Evaluation
from reports.rules.explanation import ROW_LABELS
from reports.rules.registry import RULES
from reports.rules.words import OUTCOME_LABELS, SEVERITY_LABELS


class Finished(serializers.Serializer[Any]):
    """A shape for the schema: what it describes is a plain value already.

    A page of fifty units has tens of thousands of them; going through each again would double
    what the page costs.
    """

    def to_representation(self, instance: Any) -> Any:
        return instance


def _coded(labels: Any) -> str:
    return "；".join(f"{key} {label}" for key, label in dict(labels).items())


class RuleSetSerializer(Finished):
    name = serializers.CharField()
    version = serializers.IntegerField()


class FiguresSerializer(Finished):
    """Sums over the counted sessions, in person-times: the rate is present ÷ (due − excluded)."""

    sessions = serializers.IntegerField(help_text=_("集中学习次数"))
    discussions = serializers.IntegerField(help_text=_("集体研讨次数"))
    half_days = serializers.IntegerField(help_text=_("半天数"))
    due = serializers.IntegerField(help_text=_("应到人次"))
    excluded = serializers.IntegerField(help_text=_("不计入应到人次"))
    present = serializers.IntegerField(help_text=_("实到人次"))
    made_up = serializers.IntegerField(help_text=_("已补学人次"))


class ExplainedRowSerializer(Finished):
    """A row behind a verdict, and why it counts or does not."""

    kind = serializers.ChoiceField(choices=list(ROW_LABELS.items()), help_text=_coded(ROW_LABELS))
    id = serializers.SerializerMethodField(
        help_text=_("学习或人员的编号；办理记录为其动作。您的角色不能查看的为空。")
    )
    name = serializers.CharField(
        allow_null=True, help_text=_("学习主题或姓名；您的角色不能查看的为空。")
    )
    date = serializers.DateField(allow_null=True)
    reason = serializers.CharField(help_text=_("原因的代码，如 counted、draft、returned。"))
    label = serializers.CharField(help_text=_("原因"))  # type: ignore[assignment]  # a field of the shape
    note = serializers.CharField()

    @extend_schema_field({"type": ["integer", "string", "null"]})
    def get_id(self, row: Any) -> Any:
        return row["id"]


class ExplanationSerializer(Finished):
    title = serializers.CharField(help_text=_("事项名称，与页面一致。"))
    summary = serializers.CharField(help_text=_("一句话：结果、要求、现状、还差多少、何时为止。"))
    sentences = serializers.ListField(child=serializers.CharField())
    last_date = serializers.DateField(allow_null=True, help_text=_("还能完成的最后一天"))
    counted = ExplainedRowSerializer(many=True, allow_null=True, help_text=_("计入的记录"))
    left_out = ExplainedRowSerializer(
        many=True, allow_null=True, help_text=_("没有计入的记录；封账数据没有留存，为空。")
    )


class ResultSerializer(Finished):
    rule = serializers.ChoiceField(
        choices=[(key, rule.title) for key, rule in RULES.items()],
        help_text=_coded((key, rule.title) for key, rule in RULES.items()),
    )
    period = serializers.CharField(help_text=_("2026、2026-Q1、2026-03；必学内容为该内容的编号。"))
    outcome = serializers.ChoiceField(
        choices=list(OUTCOME_LABELS.items()), help_text=_coded(OUTCOME_LABELS)
    )
    severity = serializers.ChoiceField(
        choices=list(SEVERITY_LABELS.items()), help_text=_coded(SEVERITY_LABELS)
    )
    actual = serializers.SerializerMethodField(
        help_text=_("数；计划和报告为有效报送日期；到会率、参学率为［人次，应到人次］。")
    )
    required = serializers.IntegerField(  # type: ignore[assignment]  # a field of the shape
        allow_null=True, help_text=_("全年次数和天数折算后的要求；其他事项为空。")
    )
    reachable = serializers.BooleanField(
        allow_null=True, help_text=_("到会率、参学率余下各月是否还能达到。")
    )
    counts = serializers.DictField(
        child=serializers.IntegerField(), allow_null=True, help_text=_("逐次检查的事项各结果的次数")
    )
    explanation = ExplanationSerializer()

    @extend_schema_field(
        {
            "oneOf": [
                {"type": "number"},
                {"type": "string", "format": "date"},
                {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
                {"type": "null"},
            ]
        }
    )
    def get_actual(self, result: Any) -> Any:
        return result["actual"]


class EvaluationSerializer(Finished):
    """One unit at the end of one day."""

    unit = serializers.CharField(help_text=_("单位编码"))
    name = serializers.CharField(help_text=_("单位当日的简称"))
    as_of = serializers.DateField(help_text=_("统计截至（当日全天计入）"))
    basis = serializers.ChoiceField(
        choices=[(LIVE, _("按现有记录计算")), (CLOSED, _("封账数据"))],
        help_text=_("live 按现有记录计算，与单位页面、月度总览一致；closed 封账时留存的数据。"),
    )
    rule_set = RuleSetSerializer(allow_null=True, help_text=_("没有适用的考核规则时为空。"))
    standing = serializers.ChoiceField(
        choices=Evaluation.Standing.choices, help_text=_coded(Evaluation.Standing.choices)
    )
    figures = FiguresSerializer()
    results = ResultSerializer(many=True)
