"""A unit's old ledger, on the pages of an import."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sessions.ledgers.importing import import_ledger
from sessions.ledgers.source import Source, kept_workbook
from sessions.ledgers.template import ledger_template
from sessions.models import StudySession
from units.access.requests import PortalRequest
from units.day_input import DayInput
from units.imports.report import ImportReport, ImportRun
from units.imports.wizard import pages
from units.imports.wizard.forms import UploadForm
from units.imports.wizard.uploads import Importer
from units.models import ImportUpload, Unit
from units.spreadsheets.reader import Sheet


class LedgerUploadForm(UploadForm):
    year = forms.IntegerField(
        label=_("年份"),
        required=False,
        min_value=1950,
        max_value=2100,
        help_text=_("日期只写月日、表中又没有写明年份时，是哪一年。"),
    )
    with_roster = forms.BooleanField(
        label=_("同一工作簿里的成员名册一并导入"),
        required=False,
        help_text=_("应到成员以名册为准；系统里已经登记了名册的，不用勾选。"),
    )
    roster_from = forms.DateField(
        label=_("名册没有填任职起的，从哪一天算起"),
        required=False,
        widget=DayInput(),
    )

    roster_until = forms.DateField(
        label=_("名册没有填任职止的，到哪一天为止"),
        required=False,
        widget=DayInput(),
        help_text=_("补录往年时填次年 1 月 1 日，往年的成员才不会算进今年的应到。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, until = cleaned.get("roster_from"), cleaned.get("roster_until")
        if start and until and until <= start:
            self.add_error("roster_until", _("须在任职起之后。"))
        return cleaned

    def options(self) -> dict[str, Any]:
        start, until = self.cleaned_data["roster_from"], self.cleaned_data["roster_until"]
        return {
            "year": self.cleaned_data["year"],
            "with_roster": self.cleaned_data["with_roster"],
            "roster_from": start.isoformat() if start else "",
            "roster_until": until.isoformat() if until else "",
        }


def _import(
    sheets: Iterable[Sheet], upload: ImportUpload, run: ImportRun, *, source: Source | None = None
) -> ImportReport:
    return import_ledger(
        sheets=sheets,
        unit=upload.unit,
        run=run,
        year=upload.options.get("year"),
        with_roster=bool(upload.options.get("with_roster")),
        roster_from=_day(upload, "roster_from"),
        roster_until=_day(upload, "roster_until"),
        source=source,
    )


def _day(upload: ImportUpload, option: str) -> date | None:
    given = upload.options.get(option)
    return date.fromisoformat(given) if given else None


@contextmanager
def _taking(upload: ImportUpload, run: ImportRun) -> Iterator[Importer]:
    """The workbook goes on file before the transaction; one taken already is there."""
    if upload.done_at is not None:
        yield _import
        return
    with kept_workbook(name=upload.name, data=bytes(upload.data), at=run.at) as stored:
        yield partial(_import, source=Source(stored, upload.edit_count))


def _after(unit: Unit) -> str:
    """The list of the year that was imported last."""
    last = StudySession.objects.filter(unit=unit, ledger_import__isnull=False)
    newest = last.order_by("-ledger_import", "-date").values_list("date", flat=True).first()
    year = f"&year={newest.year}" if newest else ""
    return f"{reverse('session_list')}?unit={unit.code}{year}"


WIZARD = pages.Wizard(
    kind=ImportUpload.Kind.LEDGER,
    routes="ledger_import",
    noun=_("次学习"),
    intro=_(
        "列名可以是常见的各种叫法（学习时间、学习主题、学习形式、应到、实到、缺席人员及原因……），"
        "列的先后不限。先检查，不写入；核对后再导入，导入的学习按今天报送。"
        "往年的台账照此导入，每次学习都标明“补录”；原文件随记录存档，在学习记录页可以下载。"
        "重复导入同一份台账不会增加记录。"
    ),
    form=LedgerUploadForm,
    importer=_import,
    template=ledger_template,
    after=_after,
    kept=_("导入完成，原文件已随记录存档。"),
    taking=_taking,
)


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_import(request: PortalRequest, code: str) -> HttpResponse:
    return pages.start(request, WIZARD, code)


@require_safe
def own_ledger_import(request: PortalRequest) -> HttpResponse:
    """For the unit one works for, without naming it."""
    return pages.start(request, WIZARD, request.access.acting.unit.code)


@require_safe
def ledger_import_page(request: PortalRequest, pk: int) -> HttpResponse:
    return pages.page(request, WIZARD, pk)


@require_POST
def ledger_import_check(request: PortalRequest, pk: int) -> HttpResponse:
    return pages.check(request, WIZARD, pk)


@require_POST
def ledger_import_take(request: PortalRequest, pk: int) -> HttpResponse:
    return pages.take(request, WIZARD, pk)


@require_POST
def ledger_import_drop(request: PortalRequest, pk: int) -> HttpResponse:
    return pages.drop(request, WIZARD, pk)


@require_safe
def ledger_import_workbook(request: PortalRequest, pk: int) -> HttpResponseBase:
    return pages.workbook(request, WIZARD, pk)


@require_safe
def ledger_import_template(request: PortalRequest) -> HttpResponseBase:
    return pages.template(WIZARD)
