"""A unit's old ledger, on the pages of an import."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sessions.ledgers.importing import import_ledger
from sessions.ledgers.template import ledger_template
from units.access.requests import PortalRequest
from units.imports.report import ImportReport, ImportRun
from units.imports.wizard import pages
from units.imports.wizard.forms import UploadForm
from units.models import ImportUpload
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
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def options(self) -> dict[str, Any]:
        start = self.cleaned_data["roster_from"]
        return {
            "year": self.cleaned_data["year"],
            "with_roster": self.cleaned_data["with_roster"],
            "roster_from": start.isoformat() if start else "",
        }


def _import(sheets: Iterable[Sheet], upload: ImportUpload, run: ImportRun) -> ImportReport:
    start = upload.options.get("roster_from")
    return import_ledger(
        sheets=sheets,
        unit=upload.unit,
        run=run,
        year=upload.options.get("year"),
        with_roster=bool(upload.options.get("with_roster")),
        roster_from=date.fromisoformat(start) if start else None,
    )


WIZARD = pages.Wizard(
    kind=ImportUpload.Kind.LEDGER,
    routes="ledger_import",
    noun=_("次学习"),
    intro=_(
        "列名可以是常见的各种叫法（学习时间、学习主题、学习形式、应到、实到、缺席人员及原因……），"
        "列的先后不限。先检查，不写入；核对后再导入，导入的学习按今天报送。"
        "重复导入同一份台账不会增加记录。"
    ),
    form=LedgerUploadForm,
    importer=_import,
    template=ledger_template,
    after=lambda unit: f"{reverse('session_list')}?unit={unit.code}",
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
