"""Files of a session: added one at a time, examined as on the page, read, taken off again."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from sessions.api.session_shapes import EvidenceSerializer
from sessions.evidence import services
from sessions.evidence.examining import examine
from sessions.evidence.formats import FORMATS, MAX_BYTES
from sessions.evidence.forms import EvidenceForm
from sessions.evidence.names import split_name
from sessions.evidence.refusals import held_sentence, sentence
from sessions.evidence.services import EvidenceError, Stored
from sessions.evidence.uploading import MAX_REQUEST_BYTES, files_too_big, is_too_long
from sessions.evidence.views import download
from sessions.models import Evidence, StudySession
from units.access.objects import find
from units.rest.inputs import Input
from units.rest.judged import named, require_valid
from units.rest.refusals import WrongStateError
from units.rest.replaying import once
from units.rest.resources import Resource
from units.spreadsheets.gate import RefusedError

MULTIPART = "multipart/form-data"


class EvidenceInput(Input):
    """A file, or the word that this kind of evidence is kept on paper."""

    kind = serializers.ChoiceField(
        choices=Evidence.Kind.choices, help_text=named(Evidence.Kind.choices)
    )
    file = serializers.FileField(
        required=False, help_text=_("docx、xlsx、pdf、jpg、png，不超过 20 MB。严禁涉密文件。")
    )
    is_paper = serializers.BooleanField(required=False, help_text=_("只有纸质材料，不上传文件。"))
    place = serializers.CharField(required=False, max_length=100, help_text=_("纸质材料存放处"))


class AddedSerializer(EvidenceSerializer):
    notice = serializers.CharField(help_text=_("须立即知道的事，如文件带有密级字样已暂扣。"))

    class Meta(EvidenceSerializer.Meta):
        fields = (*EvidenceSerializer.Meta.fields, "notice")
        read_only_fields = fields


class EvidenceResource(Resource[Evidence]):
    """Pieces by the id of their session and their own."""

    tag = _("集中学习")
    notes = {  # noqa: RUF012  as the parent declares it
        "create": _(
            "一次一个文件。内容相同的已经存入过的，不重复存，答复 200 和原有的一份。"
            "同名文件以原名保存；文件带有密级字样的，存入后即暂扣，任何人不能下载。"
        ),
        "file": _("每次下载都记入操作日志。暂扣的文件 403。"),
    }
    queryset = Evidence.objects.all()
    serializer_class = EvidenceSerializer
    parser_classes = (MultiPartParser,)

    def rows(self) -> QuerySet[Evidence]:
        rows = Evidence.objects.filter(session__isnull=False)
        return rows.select_related("session").order_by("on", "pk")

    def retrieve(self, request: Request, **at: int) -> Response:
        return super().retrieve(request, **_lookup(at))

    def found_unchanged(self, **lookup: Any) -> Evidence:
        """The session is locked before its piece, as the services do."""
        session = _session_of(self.found(**lookup))
        list(StudySession.objects.select_for_update().filter(pk=session.pk))
        return super().found_unchanged(**lookup)

    @extend_schema(
        request={MULTIPART: EvidenceInput}, responses={200: AddedSerializer, 201: AddedSerializer}
    )
    def create(self, request: Request, pk: int) -> Response:
        """The file is examined and on disk before the transaction that names it."""
        if not request.content_type.startswith(MULTIPART):
            raise UnsupportedMediaType(request.content_type)
        session = find(self.portal, StudySession.objects.all(), pk=pk)
        form = self._sent_form()
        stored = [self._examined(file) for file in form.chosen]
        with services.discarding_unnamed([file.file for file in stored]):
            return self._added(request, session, form, stored)

    create.is_once = True  # type: ignore[attr-defined]  # what it writes, it writes in _added

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, **at: int) -> Response:
        with transaction.atomic():
            piece = self.found_unchanged(**_lookup(at))
            session, before = _session_of(piece), services.facts(piece)
            try:
                services.remove(session=session, evidence=piece)
            except EvidenceError as refusal:
                raise WrongStateError(str(refusal)) from refusal
            record_for(self.portal, action="evidence.remove", about=session, before=before)
        return Response(status=204)

    @once
    def _added(
        self, request: Request, session: StudySession, form: EvidenceForm, stored: list[Stored]
    ) -> Response:
        kind, by, now = form.cleaned_data["kind"], self.portal.access.user, timezone.now()
        try:
            rows = services.add_files(session=session, kind=kind, files=stored, by=by, at=now)
            is_new = bool(rows)
            if form.cleaned_data["is_paper"]:
                piece, is_new = services.add_paper(
                    session=session, kind=kind, place=form.cleaned_data["place"], by=by, at=now
                )
                rows = [*rows, piece]
        except EvidenceError as refusal:
            raise WrongStateError(str(refusal)) from refusal
        pieces = [services.facts(row) for row in rows]
        record_for(self.portal, action="evidence.add", about=session, after={"pieces": pieces})
        piece = rows[0] if rows else session.evidence.get(sha256=stored[0].sha256)
        response = self.answer(self.found(pk=piece.pk), 201 if is_new else 200)
        mark = next((file.mark for file in stored if file.mark), "")
        response.data["notice"] = held_sentence(mark) if mark else ""
        keys = {"pk": session.pk, "evidence": piece.pk}
        response["Location"] = reverse("api_session_evidence_piece", kwargs=keys)
        return response

    def _sent_form(self) -> EvidenceForm:
        """The page's form. Raises ValidationError for what it refuses, or for several files."""
        sent, files = self.portal.POST, self.portal.FILES
        unknown = (set(sent) | set(files)) - set(EvidenceInput().fields) - {"csrfmiddlewaretoken"}
        if unknown:
            raise ValidationError(
                {name: [_now("没有这个栏目，请核对名称。")] for name in sorted(unknown)}
            )
        if is_too_long(self.portal):
            limit = MAX_REQUEST_BYTES // (1024 * 1024)
            raise ValidationError(
                {"file": [_now("一次上传合计超过 %s MB，请分几次上传。") % limit]}
            )
        for name in files_too_big(self.portal):
            raise _refusal(name, RefusedError("too_big", limit=MAX_BYTES // (1024 * 1024)))
        chosen = files.getlist("file")
        if len(chosen) > 1 or (chosen and sent.get("is_paper") in ("true", "on", "1")):
            raise ValidationError({"file": [_now("一次只收一个文件，或一份纸质材料。")]})
        form = EvidenceForm(sent, MultiValueDict({"uploads": chosen}))
        require_valid(form, {"uploads": "file"})
        return form

    def _examined(self, file: "UploadedFile[Any]") -> Stored:
        try:
            return services.store(examine(file, file.name or ""), timezone.now())
        except RefusedError as refused:
            raise _refusal(file.name or "", refused) from refused


class EvidenceFile(EvidenceResource):
    """The file itself, whatever the caller accepts."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(responses={(200, one.media_type): OpenApiTypes.BINARY for one in FORMATS})
    def file(self, request: Request, **at: int) -> FileResponse:
        return download(self.portal, self.found(**_lookup(at)))


def _lookup(at: dict[str, int]) -> dict[str, int]:
    return {"session_id": at["pk"], "pk": at["evidence"]}


def _session_of(piece: Evidence) -> StudySession:
    if piece.session is None:
        raise TypeError("only pieces of sessions are found here")
    return piece.session


def _refusal(name: str, refused: RefusedError) -> ValidationError:
    told = {"name": "".join(split_name(name)), "why": sentence(refused)}
    return ValidationError({"file": [_now("“%(name)s”没有存入：%(why)s") % told]})
