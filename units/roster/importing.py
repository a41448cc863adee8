"""The unit's roster from a workbook, on the pages of an import."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from units.access.requests import PortalRequest
from units.imports.report import ImportReport, ImportRun
from units.imports.roster import import_roster
from units.imports.roster_columns import roster_template as blank_roster
from units.imports.wizard import pages
from units.imports.wizard.forms import RosterUploadForm
from units.models import ImportUpload
from units.spreadsheets.reader import Sheet


def _import(sheets: Iterable[Sheet], upload: ImportUpload, run: ImportRun) -> ImportReport:
    start = upload.options.get("start")
    return import_roster(
        sheets=sheets,
        run=run,
        unit=upload.unit,
        default_start=date.fromisoformat(start) if start else None,
    )


WIZARD = pages.Wizard(
    kind=ImportUpload.Kind.ROSTER,
    routes="roster_import",
    noun=_("段任期"),
    intro=_(
        "每人一行，列名可以是常见的各种叫法（姓名、职务、中心组职务、任职起、任职止……）。"
        "先检查，不写入；核对后再导入。重复导入同一份名册不会增加记录。"
    ),
    form=RosterUploadForm,
    importer=_import,
    template=blank_roster,
    after=lambda unit: reverse("roster", args=(unit.code,)),
)


@require_http_methods(["GET", "HEAD", "POST"])
def roster_import(request: PortalRequest, code: str) -> HttpResponse:
    return pages.start(request, WIZARD, code)


@require_safe
def roster_import_page(request: PortalRequest, pk: int) -> HttpResponse:
    return pages.page(request, WIZARD, pk)


@require_POST
def roster_import_check(request: PortalRequest, pk: int) -> HttpResponse:
    return pages.check(request, WIZARD, pk)


@require_POST
def roster_import_take(request: PortalRequest, pk: int) -> HttpResponse:
    return pages.take(request, WIZARD, pk)


@require_POST
def roster_import_drop(request: PortalRequest, pk: int) -> HttpResponse:
    return pages.drop(request, WIZARD, pk)


@require_safe
def roster_import_workbook(request: PortalRequest, pk: int) -> HttpResponseBase:
    return pages.workbook(request, WIZARD, pk)


@require_safe
def roster_import_template(request: PortalRequest) -> HttpResponseBase:
    return pages.template(WIZARD)
