"""Evidence of a session: the panel on a page of its own, adding, removing, downloading."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import record_for
from sessions.evidence import services, storage
from sessions.evidence.examining import examine
from sessions.evidence.formats import MAX_BYTES, by_extension
from sessions.evidence.forms import EvidenceForm
from sessions.evidence.names import split_name
from sessions.evidence.panel import EvidencePanel, Note, evidence_panel
from sessions.evidence.refusals import held_sentence, sentence
from sessions.evidence.services import EvidenceError, Stored
from sessions.evidence.uploading import MAX_REQUEST_BYTES, files_too_big, is_too_long
from sessions.models import Evidence, StudySession
from units.access.objects import find
from units.access.requests import PortalRequest
from units.spreadsheets.gate import RefusedError


@require_http_methods(["GET", "HEAD", "POST"])
def session_evidence(request: PortalRequest, pk: int) -> HttpResponse:
    session = find(request, StudySession.objects.all(), pk=pk)
    if request.method != "POST":
        return _page(request, session, evidence_panel(session, request.access))
    form = EvidenceForm(
        request.POST,
        request.FILES,
        dropped=bool(files_too_big(request)) or is_too_long(request),
        auto_id="id_evidence_%s",
    )
    if not form.is_valid():
        panel = evidence_panel(session, request.access, form=form, back=_back(request))
        return _page(request, session, panel, status=400)
    return _answer(request, session, list(_added(request, session, form)))


def _added(request: PortalRequest, session: StudySession, form: EvidenceForm) -> Iterator[Note]:
    """Adds what can be added, and says of each file what became of it."""
    now = timezone.now()
    if is_too_long(request):
        limit = MAX_REQUEST_BYTES // (1024 * 1024)
        yield Note("danger", _("一次上传合计超过 %s MB，请分几次上传。") % limit)
    for name in files_too_big(request):
        too_big = RefusedError("too_big", limit=MAX_BYTES // (1024 * 1024))
        yield _refusal("".join(split_name(name)), too_big)
    stored: list[Stored] = []
    for file in form.chosen:
        try:
            stored.append(services.store(examine(file, _raw_name(file)), now))
        except RefusedError as refused:
            yield _refusal("".join(split_name(_raw_name(file))), refused)
    with services.discarding_unnamed([file.file for file in stored]):
        try:
            with transaction.atomic():
                rows = _put_on_file(request, session, form, stored, now)
        except EvidenceError as error:
            yield Note("danger", str(error))
        else:
            yield from _outcomes(stored, rows)


def _put_on_file(
    request: PortalRequest,
    session: StudySession,
    form: EvidenceForm,
    stored: list[Stored],
    now: dt.datetime,
) -> list[Evidence]:
    kind, by = form.cleaned_data["kind"], request.access.user
    rows = services.add_files(session=session, kind=kind, files=stored, by=by, at=now)
    if form.cleaned_data["is_paper"]:
        place = form.cleaned_data["place"]
        paper, _new = services.add_paper(session=session, kind=kind, place=place, by=by, at=now)
        rows = [*rows, paper]
    pieces = [services.facts(row) for row in rows]
    record_for(request, action="evidence.add", about=session, after={"pieces": pieces})
    return rows


def _outcomes(stored: list[Stored], rows: list[Evidence]) -> Iterator[Note]:
    named = {str(row.file) for row in rows}
    for file in stored:
        if file.mark and file.file in named:
            yield Note("danger", held_sentence(file.mark))
    added = sum(row.checked == Evidence.Checked.CLEAN for row in rows)
    if added:
        yield Note("success", _("已存入 %s 份材料。") % added)
    elif stored and not rows:
        yield Note("success", _("这些文件此前已经存入，没有重复存。"))


def _raw_name(file: "UploadedFile[Any]") -> str:
    return file.name or ""


def _refusal(name: str, refused: RefusedError) -> Note:
    return Note(
        "danger", _("“%(name)s”没有存入：%(why)s") % {"name": name, "why": sentence(refused)}
    )


@require_POST
def evidence_remove(request: PortalRequest, pk: int, evidence_pk: int) -> HttpResponse:
    session = find(request, StudySession.objects.all(), pk=pk)
    evidence = session.evidence.filter(pk=evidence_pk).first()
    if evidence is None:
        raise Http404
    try:
        with transaction.atomic():
            before = services.facts(evidence)
            services.remove(session=session, evidence=evidence)
            record_for(request, action="evidence.remove", about=session, before=before)
    except EvidenceError as error:
        return _answer(request, session, [Note("danger", str(error))])
    return _answer(request, session, [Note("success", _("已移除“%s”。") % evidence.name)])


@require_safe
def evidence_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    return download(request, find(request, Evidence.objects.select_related("session"), pk=pk))


def download(request: PortalRequest, evidence: Evidence) -> FileResponse:
    """The file as an attachment no browser runs; each download leaves a line in the trail.

    Raises Http404 where there is none, PermissionDenied for a file that is held.
    """
    if not evidence.file:
        raise Http404
    if evidence.checked != Evidence.Checked.CLEAN:
        raise PermissionDenied(_("这个文件已暂扣，不能下载。"))
    path = storage.path_of(str(evidence.file))
    if not path.is_file():
        raise Http404
    record_for(request, action="evidence.download", about=evidence)
    kind = by_extension(path.suffix)
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=evidence.name,
        content_type=kind.media_type if kind else "application/octet-stream",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _answer(request: PortalRequest, session: StudySession, notes: list[Note]) -> HttpResponse:
    """The panel alone for a script that asks for it, else back to the page it stands on."""
    back = _back(request)
    if "HX-Request" in request.headers:
        panel = evidence_panel(session, request.access, back=back, notes=notes)
        return render(request, "sessions/evidence_panel.html", {"evidence": panel})
    for note in notes:
        level = messages.SUCCESS if note.tone == "success" else messages.ERROR
        messages.add_message(request, level, note.text)
    return redirect(back) if back else redirect("session_evidence", pk=session.pk)


def _page(
    request: PortalRequest, session: StudySession, panel: EvidencePanel, status: int = 200
) -> HttpResponse:
    if "HX-Request" in request.headers:
        return render(request, "sessions/evidence_panel.html", {"evidence": panel})
    context = {"session": session, "evidence": panel}
    return render(request, "sessions/session_evidence.html", context, status=status)


def _back(request: PortalRequest) -> str:
    """The page of ours that sent the form."""
    wanted = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.startswith("/") else ""
