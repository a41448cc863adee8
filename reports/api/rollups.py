"""Workbooks asked for by programs, made by the same workers as those of the report centre."""

from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar, cast

import django_filters
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import origin_of, record_for
from reports import jobs
from reports.api.files import XLSX_RENDERERS, file_of
from reports.api.rollup_serializers import WORKBOOKS, RollupInput, RollupSerializer
from reports.centre.forms import AskForm
from reports.centre.lines import JobLine, lines_of
from reports.centre.services import ask
from reports.exports.cleaning import has_room
from reports.exports.ranges import Range
from reports.models import Job
from reports.querysets import JobQuerySet
from units.access.noting import OutOfReach
from units.access.objects import reachable
from units.models import Unit
from units.rest.filtering import Filters, OrderingFilter, found_unit
from units.rest.refusals import RefusedError, WrongStateError
from units.rest.replaying import once
from units.rest.resources import Resource
from units.workbooks import XLSX

_EXAMPLE = OpenApiExample(
    "本月汇总表", value={"kind": "rollup", "month": "2026-06"}, request_only=True
)


class NoRoomError(RefusedError):
    """The disk has no room for another workbook."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"

    def __init__(self) -> None:
        super().__init__(
            _now("服务器磁盘剩余空间不足，暂不能生成报表；请联系系统管理员清理后再试。")
        )


class RollupFilters(Filters):
    kind = django_filters.ChoiceFilter(choices=WORKBOOKS, label=_("类别"))
    state = django_filters.ChoiceFilter(choices=Job.State.choices, label=_("状态"))
    unit = django_filters.CharFilter(method="about", label=_("范围单位的编码"))
    ordering = OrderingFilter(fields=("asked_at", "finished_at"))

    def about(self, jobs: QuerySet[Job], _name: str, code: str) -> QuerySet[Job]:
        """Within the role's reach, also where only one's own jobs are. Raises Http404."""
        request: Any = self.request
        unit = Unit.objects.filter(code=code).first()
        if unit is None:
            raise Http404
        if not Unit.objects.visible_to(request._request.access.acting).filter(pk=unit.pk):
            raise OutOfReach(unit)
        return jobs.filter(root=unit)


class RollupResource(Resource[Job]):
    """What the department's people asked for; a county's leader finds their own."""

    tag = _("考核结果与报表")
    notes: ClassVar = {
        "list": _("最近申请的在前。"),
        "create": _(
            "立即答复 202，Location 指向任务；隔几秒读取一次，state 为 done 后下载文件。"
            "每人每种报表同时只有一份在生成：范围相同的再次申请得到同一任务，不同的答复 409。"
        ),
        "retrieve": _("state：queued 排队中，running 进行中，done 已完成，failed 失败，"
                      "cancelled 已取消。"),
        "destroy": _("任务保留，状态变为 cancelled。不需要 If-Match：进度随时在变。"),
        "file": _("只有申请人本人可以下载。尚未完成、没有完成或文件已清理时答复 409。"),
    }  # fmt: skip
    guarded: ClassVar[frozenset[str]] = frozenset()
    queryset = (
        Job.objects.filter(kind__in=dict(WORKBOOKS))
        .select_related("root", "asked_by")
        .order_by("-pk")
    )
    serializer_class = RollupSerializer
    filterset_class = RollupFilters

    def get_queryset(self) -> QuerySet[Job]:
        found = cast(JobQuerySet, super().get_queryset())
        if getattr(self, "swagger_fake_view", False):
            return found
        return found.visible_to(self.portal.access.acting)

    def found(self, **lookup: Any) -> Job:
        """One's own job is out of reach again when the role it was asked in is."""
        job = super().found(**lookup)
        if not Job.objects.visible_to(self.portal.access.acting).filter(pk=job.pk).exists():
            raise Http404
        return job

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "line_of": self._line}

    @extend_schema(
        request=RollupInput, responses={HTTPStatus.ACCEPTED: RollupSerializer}, examples=[_EXAMPLE]
    )
    @once
    def create(self, request: Request) -> Response:
        asked = self.sent(RollupInput)
        kind, chosen = Job.Kind(asked["kind"]), self._chosen(asked)
        user = self.portal.access.user
        job, is_new = ask(kind=kind, chosen=chosen, asked_by=user, at=timezone.now())
        if not is_new and not _is_about(job, chosen):
            said = _now("您已有一份“%s”正在生成，没有重复申请；完成或取消后可再申请。")
            raise WrongStateError(said % kind.label)
        record_for(
            self.portal,
            action=self.portal.access.rule.audit,
            about=job,
            after={"kind": kind, "root": chosen.root.code, **job.parameters, "is_new": is_new},
        )
        answer = self.answer(job, HTTPStatus.ACCEPTED)
        answer["Location"] = reverse("api_rollup", kwargs={"pk": job.pk})
        return answer

    def destroy(self, request: Request, **lookup: Any) -> Response:
        with transaction.atomic():
            job = self.found(**lookup)
            origin = {
                "unit_code": self.portal.access.acting.unit.code,
                **origin_of(self.portal),
            }
            user = self.portal.access.user
            if not jobs.cancel(job, by=user, at=timezone.now(), origin=origin):
                said = _now("这份报表的状态是“%s”，不用取消。")
                raise WrongStateError(said % job.get_state_display())
        return Response(status=HTTPStatus.NO_CONTENT)

    def _chosen(self, asked: dict[str, Any]) -> Range:
        """The range, judged by the form of the report centre. Raises ValidationError in its words,
        Http404 for a unit out of reach, NoRoomError.
        """
        reached = reachable(self.portal, Unit.objects.all())
        day = asked.get("month") or asked.get("as_of")
        code = asked.get("unit")
        form = AskForm(
            {**asked, "as_of": day, "unit": found_unit(self.portal, code).code if code else ""},
            acting=self.portal.access.acting,
            units=Unit.objects.filter(pk__in=reached.order_by()),
            today=timezone.localdate(),
        )
        if not form.is_valid():
            named = "month" if "month" in asked else "as_of"
            raise ValidationError(
                {named if name == "as_of" else name: [*said] for name, said in form.errors.items()}
            )
        if not has_room():
            raise NoRoomError
        return form.chosen()

    def _line(self, job: Job) -> JobLine:
        """The job in the words of the report centre; one query for all of an answer."""
        if not hasattr(self, "_waiting"):
            unfinished = Job.objects.unfinished().order_by("pk")
            self._waiting = list(unfinished.values_list("pk", flat=True))
        now, user = timezone.now(), self.portal.access.user
        [line] = lines_of([job], user=user, now=now, waiting=self._waiting)
        return line


class RollupFileResource(RollupResource):
    renderer_classes = XLSX_RENDERERS

    @extend_schema(responses=file_of(XLSX, HTTPStatus.CONFLICT))
    def file(self, request: Request, **lookup: Any) -> HttpResponseBase:
        """The workbook, whole as it was written, under its Chinese name."""
        job = self.found(**lookup)
        path = Path(settings.EXPORTS_DIR) / job.file
        is_over = job.state == Job.State.DONE
        if not is_over or job.cleaned_at or not path.is_file():
            raise WrongStateError(
                _now("文件已过期清理，请重新申请。")
                if is_over
                else _now("这份报表没有可下载的文件。")
            )
        record_for(
            self.portal,
            action=self.portal.access.rule.audit,
            about=job,
            after={"file": job.file, "size": job.size, "sha256": job.sha256},
        )
        return FileResponse(
            path.open("rb"), as_attachment=True, filename=job.file, content_type=XLSX
        )


def _is_about(job: Job, chosen: Range) -> bool:
    """Whether an unfinished job is the very one asked for."""
    wanted = chosen.to_json()
    told = {name: job.parameters.get(name) for name in wanted}
    return job.root_id == chosen.root.pk and told == wanted
