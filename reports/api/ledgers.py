"""The ledger as a file: every session of a list, with the columns of the workbook's sheet."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from accounts.trail import record_for
from reports.api.files import CSV, CSV_RENDERERS, XLSX_RENDERERS, file_of
from reports.exports.delimited import csv_lines
from reports.exports.ledger_rows import in_ledger, ledger_rows
from reports.workbook.ledger import LEDGER_COLUMNS, Row
from reports.workbook.spec import SheetSpec
from reports.workbook.xlsx import write_workbook
from sessions.api.session_filters import SessionFilters
from sessions.late import with_lateness
from sessions.models import StudySession
from units.rest.filtering import refuse_unknown
from units.rest.resources import Resource
from units.workbooks import XLSX, safe_name

MOST_IN_WORKBOOK: Final = 100_000
"""A workbook is written before its first byte is sent: so many rows take some ten seconds."""
_NAME: Final = "学习台账"


class LedgerFilters(SessionFilters):
    """The words of the list of sessions; the order is always the ledger's."""

    ordering = None  # type: ignore[assignment]  # takes the word away


class LedgerResource(Resource[StudySession]):
    """Rows are read while they are sent: memory does not grow with their number."""

    tag = _("集中学习")
    notes: ClassVar = {
        "list": _(
            "筛选条件与学习记录列表相同，不分页；栏目与汇总表的“学习台账”一致，按年度、单位次序、"
            "日期排列。不含草稿和相关活动。不列请假种类和事由。"
        )
    }
    queryset = StudySession.objects.all()
    filterset_class = LedgerFilters

    def rows(self) -> QuerySet[StudySession]:
        return with_lateness(StudySession.objects.all())

    def asked(self, request: Request) -> tuple[QuerySet[StudySession], Iterator[Row]]:
        """The sessions to be listed, and their rows, not read yet."""
        refuse_unknown(request, frozenset(LedgerFilters.base_filters))
        today = timezone.localdate()
        sessions = in_ledger(self.filter_queryset(self.get_queryset()), today)
        return sessions, ledger_rows(sessions, today)

    def note(self, request: Request, *, rows: int, kind: str) -> None:
        """One line of the trail, before the first byte leaves."""
        asked = {name: value for name, value in request.query_params.items() if value}
        after = {"rows": rows, "format": kind, "filter": asked}
        about = self.portal.access.acting.unit
        record_for(self.portal, action=self.portal.access.rule.audit, about=about, after=after)


class LedgerCsvResource(LedgerResource):
    renderer_classes = CSV_RENDERERS

    @extend_schema(responses=file_of(CSV), filters=True)
    def list(self, request: Request) -> HttpResponseBase:  # type: ignore[override]  # a file
        sessions, rows = self.asked(request)
        self.note(request, rows=sessions.count(), kind="csv")
        name = f"{_NAME}-{timezone.localtime():%Y%m%d-%H%M}.csv"
        return StreamingHttpResponse(
            csv_lines(LEDGER_COLUMNS, rows),
            content_type=f"{CSV}; charset=utf-8",
            headers={"Content-Disposition": content_disposition_header(True, name) or ""},
        )


class LedgerXlsxResource(LedgerResource):
    renderer_classes = XLSX_RENDERERS

    @extend_schema(responses=file_of(XLSX), filters=True)
    def list(self, request: Request) -> HttpResponseBase:  # type: ignore[override]  # a file
        sessions, rows = self.asked(request)
        count = sessions.count()
        if count > MOST_IN_WORKBOOK:
            said = _now("共 %(count)s 条，工作簿最多 %(most)s 条。请缩小范围，或下载 CSV。")
            raise ValidationError([said % {"count": count, "most": MOST_IN_WORKBOOK}])
        self.note(request, rows=count, kind="xlsx")
        now = timezone.localtime()
        sheet = SheetSpec(
            name=_NAME,
            title="集中学习台账",
            scope=(
                f"范围：{_told(request)}（不含草稿）    统计截至：{now:%Y-%m-%d}    "
                f"打印时间：{now:%Y-%m-%d %H:%M}"
            ),
            columns=LEDGER_COLUMNS,
            rows=rows,
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger.xlsx"
            write_workbook(path, [sheet])
            file = path.open("rb")  # its place on the disk is free once it is closed
        name = safe_name(f"{_NAME}-{now:%Y%m%d-%H%M}.xlsx")
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _told(request: Request) -> str:
    """What narrows the list, as it was sent."""
    asked: dict[str, Any] = {name: word for name, word in request.query_params.items() if word}
    return "，".join(f"{name}：{word}" for name, word in asked.items()) or _now("全部")
