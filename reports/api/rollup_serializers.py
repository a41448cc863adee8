"""How workbooks are asked for, and how the work on them looks from outside."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reports.centre.lines import JobLine
from reports.models import Job
from reports.periods import Month
from units.rest.inputs import Input

WORKBOOKS = [
    (kind.value, kind.label) for kind in (Job.Kind.ROLLUP, Job.Kind.LEDGER, Job.Kind.ATTENDANCE)
]
"""The jobs programs know of. An archive is asked for, and fetched, on pages alone."""


class RollupInput(Input):
    """Either ``as_of`` or ``month``; without both, today."""

    kind = serializers.ChoiceField(
        choices=WORKBOOKS,
        default=Job.Kind.ROLLUP,
        help_text=_("rollup 汇总表（六张表）；ledger 学习台账（逐次）；attendance 出勤明细。"),
    )
    as_of = serializers.DateField(
        required=False, help_text=_("统计截至；已封账月份的最后一天取封账数据。")
    )
    month = serializers.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])\Z",
        required=False,
        error_messages={"invalid": _("请写成“2026-06”这样的月份。")},
        help_text=_("等于该月最后一天的 as_of；该月已封账的，数据与封账时一致。"),
    )
    unit = serializers.CharField(
        required=False, max_length=20, help_text=_("单位的编码；不填为您所在单位及其全部下级。")
    )
    alone = serializers.BooleanField(default=False, help_text=_("仅该单位本身，不含下级"))
    category = serializers.CharField(
        required=False, max_length=50, help_text=_("单位类别的编码；不填为全部类别。")
    )
    figures_only = serializers.BooleanField(
        default=False, help_text=_("仅数据，不含姓名；县领导申请的一律如此。")
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "month" in attrs and "as_of" in attrs:
            raise serializers.ValidationError({"month": _now("as_of 和 month 只填一项。")})
        return attrs

    def validate_month(self, value: str) -> dt.date:
        try:
            return Month.parse(value).last
        except ValueError as error:
            raise serializers.ValidationError(_now("请写成“2026-06”这样的月份。")) from error


class ProgressSerializer(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    total = serializers.IntegerField(help_text=_("开始前为 0。"))
    percent = serializers.IntegerField()
    words = serializers.CharField(help_text=_("现在的情况，一句话。"))


class RollupFileSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    size = serializers.IntegerField(help_text=_("字节"))
    sha256 = serializers.CharField()
    kept_until = serializers.DateField(
        allow_null=True, help_text=_("文件保留到哪一天；已清理的为空。")
    )
    url = serializers.CharField(
        allow_null=True, help_text=_("下载地址；只有申请人本人可以下载，其他人为空。")
    )


class RollupSerializer(serializers.ModelSerializer[Job]):
    """A workbook asked for: how far it is, and its file once it is done."""

    kind = serializers.ChoiceField(choices=WORKBOOKS, label=_("类别"), read_only=True)
    unit = serializers.CharField(source="root.code", help_text=_("范围单位的编码"))
    as_of = serializers.DateField(source="parameters.as_of")
    alone = serializers.SerializerMethodField(help_text=_("仅该单位本身，不含下级"))
    category = serializers.SerializerMethodField(help_text=_("单位类别的编码；为空是全部。"))
    figures_only = serializers.SerializerMethodField(help_text=_("仅数据，不含姓名"))
    is_closed = serializers.SerializerMethodField(help_text=_("数据取自封账"))
    asked_by = serializers.SerializerMethodField(help_text=_("申请人；系统自动生成的为空。"))
    progress = serializers.SerializerMethodField()
    file = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = (
            *("id", "kind", "state", "unit", "as_of", "alone", "category", "figures_only"),
            *("is_closed", "asked_by", "asked_at", "started_at", "finished_at", "progress"),
            *("error", "file"),
        )
        read_only_fields = fields

    def get_alone(self, job: Job) -> bool:
        return bool(job.parameters.get("alone"))

    def get_category(self, job: Job) -> str:
        return str(job.parameters.get("category") or "")

    def get_figures_only(self, job: Job) -> bool:
        return bool(job.parameters.get("figures_only"))

    def get_is_closed(self, job: Job) -> bool:
        return bool(job.parameters.get("closed"))

    def get_asked_by(self, job: Job) -> str:
        return job.asked_by.full_name if job.asked_by else ""

    @extend_schema_field(ProgressSerializer)
    def get_progress(self, job: Job) -> dict[str, Any]:
        return {
            "done": job.completed_steps,
            "total": job.total_steps,
            "percent": job.percent,
            "words": self._line(job).said,
        }

    @extend_schema_field(RollupFileSerializer(allow_null=True))
    def get_file(self, job: Job) -> dict[str, Any] | None:
        if job.state != Job.State.DONE:
            return None
        line = self._line(job)
        mine = line.has_file and line.is_own
        return {
            "name": job.file,
            "size": job.size,
            "sha256": job.sha256,
            "kept_until": line.leaves_on,
            "url": reverse("api_rollup_file", kwargs={"pk": job.pk}) if mine else None,
        }

    def _line(self, job: Job) -> JobLine:
        """The job in the words of the report centre."""
        line: JobLine = self.context["line_of"](job)
        return line
