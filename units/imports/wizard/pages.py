"""The pages of an import, the same for every kind of workbook."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.addresses import client_address
from accounts.trail import record_for
from units.access.objects import find
from units.access.requests import PortalRequest
from units.imports.report import WRITTEN_MEANWHILE, ImportRun
from units.imports.wizard import uploads
from units.imports.wizard.edits import edits_in
from units.imports.wizard.forms import UploadForm
from units.imports.wizard.outcome import SHOWN, outcome_of
from units.models import ImportUpload, Unit
from units.spreadsheets.gate import RefusedError
from units.spreadsheets.refusals import sentence
from units.spreadsheets.templates import Template, build
from units.workbooks import workbook_response

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

THROWN_AWAY = gettext_lazy("导入完成，上传的文件已删除。")
STORED = ImportUpload.objects.select_related("unit")


@dataclass(frozen=True)
class Wizard:
    """A kind of import: its words, its form, its importer, and the routes named after it.

    ``routes`` begins the names of its five routes; ``after`` gives the address that shows what was
    imported. ``taking`` is for an import that keeps the workbook on disk: what it gives is the
    importer that knows the file. ``kept`` says what became of the workbook.
    """

    kind: ImportUpload.Kind
    routes: str
    noun: "StrOrPromise"
    intro: "StrOrPromise"
    form: type[UploadForm]
    importer: uploads.Importer
    template: Callable[[], Template]
    after: Callable[[Unit], str]
    kept: "StrOrPromise" = THROWN_AWAY
    taking: Callable[[ImportUpload, ImportRun], AbstractContextManager[uploads.Importer]] | None = (
        None
    )

    def importing(
        self, upload: ImportUpload, run: ImportRun
    ) -> AbstractContextManager[uploads.Importer]:
        """The importer, for as long as the transaction of the import lasts."""
        return self.taking(upload, run) if self.taking else nullcontext(self.importer)


def start(request: PortalRequest, wizard: Wizard, code: str) -> HttpResponse:
    """Uploading, or going on with what was uploaded before."""
    today = timezone.localdate()
    unit = find(request, Unit.objects.named(today), code=code)
    form = wizard.form(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = _keep(request, wizard, unit, form)
        except RefusedError as refused:
            form.add_error("file", sentence(refused))
        else:
            return redirect(f"{wizard.routes}_page", pk=upload.pk)
    open_ones = STORED.filter(unit=unit, kind=wizard.kind, done_at=None)
    context = {
        "wizard": wizard,
        "unit": unit,
        "form": form,
        "open": open_ones.defer("data", "outcome").order_by("-uploaded_at")[:5],
        "start_route": wizard.routes,
        "page_route": f"{wizard.routes}_page",
        "template_route": f"{wizard.routes}_template",
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "units/imports/start.html", context, status=status)


def _keep(request: PortalRequest, wizard: Wizard, unit: Unit, form: UploadForm) -> ImportUpload:
    file = form.cleaned_data["file"]
    return uploads.keep(
        unit=unit,
        kind=wizard.kind,
        name=str(file.name),
        data=file.read(),
        options=form.options(),
        run=_run(request),
        importer=wizard.importer,
    )


def page(request: PortalRequest, wizard: Wizard, pk: int) -> HttpResponse:
    """What the last check found, with the cells to put right; or what was imported."""
    upload = find(request, STORED.filter(kind=wizard.kind).defer("data"), pk=pk)
    return _page(request, wizard, upload)


def _page(
    request: PortalRequest, wizard: Wizard, upload: ImportUpload, fault: str = ""
) -> HttpResponse:
    found = outcome_of(upload)
    cells = found.wrong_cells
    context = {
        "wizard": wizard,
        "unit": Unit.objects.named(timezone.localdate()).get(pk=upload.unit_id),
        "upload": upload,
        "found": found,
        "cells": cells[:SHOWN],
        "more": max(0, len(cells) - SHOWN),
        "fault": fault,
        "routes": {
            name: f"{wizard.routes}_{name}" for name in ("check", "take", "drop", "workbook")
        },
        "start_route": wizard.routes,
        "after": wizard.after(upload.unit),
    }
    return render(request, "units/imports/page.html", context, status=400 if fault else 200)


def check(request: PortalRequest, wizard: Wizard, pk: int) -> HttpResponse:
    """Tries again, with what was put right on the page."""
    upload = find(request, STORED.filter(kind=wizard.kind), pk=pk)
    edits = edits_in(request.POST.dict(), outcome_of(upload))
    try:
        uploads.check(upload=upload, edits=edits, run=_run(request), importer=wizard.importer)
    except RefusedError as refused:
        return _page(request, wizard, upload, sentence(refused))
    return redirect(f"{wizard.routes}_page", pk=pk)


def take(request: PortalRequest, wizard: Wizard, pk: int) -> HttpResponse:
    """Imports; the importer itself writes the line into the trail."""
    upload = find(request, STORED.filter(kind=wizard.kind), pk=pk)
    run = _run(request, only_good_rows="only_good_rows" in request.POST)
    try:
        with wizard.importing(upload, run) as importer:
            taken = uploads.take(
                upload=upload, run=run, importer=importer, agreed="agreed" in request.POST
            )
    except RefusedError as refused:
        return _page(request, wizard, upload, sentence(refused))
    except IntegrityError:
        return _page(request, wizard, upload, str(WRITTEN_MEANWHILE))
    if taken.done_at is None:
        messages.error(request, _("没有导入：请先处理下面列出的问题和提醒。"))
    return redirect(f"{wizard.routes}_page", pk=pk)


def drop(request: PortalRequest, wizard: Wizard, pk: int) -> HttpResponse:
    upload = find(request, STORED.filter(kind=wizard.kind), pk=pk)
    uploads.drop(upload=upload, run=_run(request))
    messages.success(request, _("已放弃，上传的文件已删除。"))
    return redirect(wizard.routes, code=upload.unit.code)


def workbook(request: PortalRequest, wizard: Wizard, pk: int) -> HttpResponseBase:
    """The workbook with a column 导入结果, as long as it is not taken."""
    upload = find(request, STORED.filter(kind=wizard.kind), pk=pk)
    if upload.done_at is not None:
        return redirect(f"{wizard.routes}_page", pk=pk)
    try:
        data = uploads.annotated(upload)
    except RefusedError as refused:
        return _page(request, wizard, upload, sentence(refused))
    found = outcome_of(upload)
    after = {"rows": found.read, "problems": len(found.problems)}
    record_for(request, action=f"import.{wizard.kind}_workbook", about=upload, after=after)
    stem = upload.name.removesuffix(".xlsx")
    return workbook_response(data, _("%s-导入结果.xlsx") % stem)


def template(wizard: Wizard) -> FileResponse:
    """The blank workbook."""
    blank = wizard.template()
    return workbook_response(build(blank), _("%s模板.xlsx") % blank.sheet)


def _run(request: PortalRequest, *, only_good_rows: bool = False) -> ImportRun:
    trail: dict[str, Any] = {
        "role": request.access.acting.role,
        "address": client_address(request),
        "request_id": request.id,
    }
    return ImportRun(
        at=timezone.now(), by=request.access.user, only_good_rows=only_good_rows, trail=trail
    )
