"""Records of sessions: listed, read, kept as drafts, changed, deleted."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from sessions.api.keeping import note_saved, open_by_program, token_of
from sessions.api.reading import Reader
from sessions.api.recorded import RecordedSession, counted, not_ready
from sessions.api.references import References
from sessions.api.session_examples import NEW_SESSION
from sessions.api.session_filters import SessionFilters
from sessions.api.session_inputs import SessionChanges, SessionInput
from sessions.api.session_shapes import SessionRowSerializer, SessionSerializer
from sessions.models import StudySession
from sessions.recording.drafts import EDITABLE, StaleError, delete_draft, save_draft
from sessions.recording.findings import NotReadyError
from sessions.recording.ground import Ground
from sessions.recording.written import Written, written_of
from sessions.services import ReviewError
from units.models import Unit
from units.rest import refusals
from units.rest.filtering import found_unit
from units.rest.replaying import once


class SessionResource(RecordedSession):
    """What a unit studied together."""

    notes = {  # noqa: RUF012  as the parent declares it
        "list": _("只列基本情况和应到、实到人数；出勤、发言、材料和办理记录在单条记录中。"),
        "create": _("存为草稿，报送另办。同一 Idempotency-Key 只登记一条。"),
        "partial_update": _("只改写明的栏目；attendance、speeches、topics 写了就整份替换。"),
        "destroy": _("只有宣传部和本单位审核领导都没有办理过的草稿可以删除。"),
    }
    filterset_class = SessionFilters

    def get_serializer_class(self) -> Any:
        return SessionRowSerializer if self.action == "list" else SessionSerializer

    def rows(self) -> QuerySet[StudySession]:
        if self.action != "list":
            return super().rows()
        return counted(StudySession.objects.all()).order_by("-date", "-pk")

    @extend_schema(request=SessionInput, responses={201: SessionSerializer}, examples=[NEW_SESSION])
    @once
    def create(self, request: Request) -> Response:
        sent = self.sent(SessionInput)
        unit = found_unit(self.portal, sent["unit"])
        reader = Reader(unit, timezone.localdate(), References(self.portal))
        session = self._opened(unit, token_of(request), reader.read_single(sent), reader.ground)
        response = self.answer(self.found(pk=session.pk), 201)
        response["Location"] = reverse("api_session", kwargs={"pk": session.pk})
        return response

    @extend_schema(request=SessionChanges, responses=SessionSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        sent = self.sent(SessionChanges)
        with transaction.atomic():
            session = self.found_unchanged(pk=pk)
            if session.status not in EDITABLE:
                said = {"status": session.get_status_display(), "action": _now("修改")}
                raise refusals.WrongStateError(
                    _now("当前状态为“%(status)s”，不能%(action)s。") % said
                )
            reader = Reader(session.unit, timezone.localdate(), References(self.portal))
            self._saved(session, reader.read_single(sent, written_of(session)), reader.ground)
        return self.answer(self.found(pk=pk))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        with transaction.atomic():
            session = self.found_unchanged(pk=pk)
            before = {"date": session.date, "form": session.form, "version": session.version}
            record_for(self.portal, action="session.delete", about=session, before=before)
            try:
                delete_draft(session=session)
            except ReviewError as refusal:
                raise refusals.WrongStateError(str(refusal)) from refusal
        return Response(status=204)

    def _opened(self, unit: Unit, token: UUID, written: Written, ground: Ground) -> StudySession:
        try:
            session, changed = open_by_program(self.portal, unit, token, written, ground)
        except NotReadyError as marked:
            raise not_ready(marked) from marked
        except StaleError as stale:
            raise refusals.WrongStateError(str(stale)) from stale
        note_saved(self.portal, session, changed)
        return session

    def _saved(self, session: StudySession, written: Written, ground: Ground) -> None:
        try:
            saved, changed = save_draft(
                session=session, version=session.version, written=written, ground=ground
            )
        except NotReadyError as marked:
            raise not_ready(marked) from marked
        except StaleError as stale:
            raise refusals.StaleError from stale
        note_saved(self.portal, saved, changed)
