"""Many sessions at once: all of them or none, with everything wrong in one answer."""

from http import HTTPStatus
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from sessions.api.keeping import (
    hand_in,
    note_saved,
    note_submitted,
    open_by_program,
    token_of,
)
from sessions.api.reading import Reader
from sessions.api.recorded import Errors, RecordedSession, told
from sessions.api.references import References
from sessions.api.session_examples import NEW_BATCH
from sessions.api.session_inputs import CountsInput, SessionInput
from sessions.api.session_shapes import STATUSES, NoticeSerializer
from sessions.models import StudySession
from sessions.recording.drafts import StaleError
from sessions.recording.findings import Finding, NotReadyError
from sessions.recording.ground import Ground
from sessions.recording.written import Written
from sessions.services import ReviewError, announced_together
from units.models import Unit
from units.rest.failures import SENTENCES, flat
from units.rest.filtering import found_unit
from units.rest.inputs import Input
from units.rest.judged import Flag
from units.rest.refusals import NotReadyError as NotReady
from units.rest.refusals import RefusedError, WrongStateError
from units.rest.replaying import once

MOST_SESSIONS = 500


class BatchSessionInput(SessionInput):
    counts = CountsInput(
        required=False, help_text=_("同时报送时：已核对的应到、实到人数，须与记录一致。")
    )


@extend_schema_field(BatchSessionInput(many=True))
class Bodies(serializers.ListField):
    """Bodies as they came: each is judged by itself, at its place in the list."""


class BatchInput(Input):
    sessions = Bodies(min_length=1, max_length=MOST_SESSIONS)
    submit = Flag(required=False, help_text=_("登记后一并报送；不填只存草稿。"))
    declared = Flag(required=False, help_text=_("报送时：已核对，各条都不含涉密内容。"))
    warnings_accepted = Flag(required=False, help_text=_("报送时：有提醒仍要报送。"))


class StoredSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=STATUSES)
    version = serializers.IntegerField()
    notices = NoticeSerializer(many=True)


class BatchSerializer(serializers.Serializer[Any]):
    """In the order in which they were sent."""

    sessions = StoredSerializer(many=True)


class BatchError(RefusedError):
    """Something is wrong with the bodies; nothing was written."""

    status_code = HTTPStatus.BAD_REQUEST
    code = "invalid"


class SessionBatch(RecordedSession):
    """Up to 500 records of the unit in one transaction."""

    notes = {  # noqa: RUF012  as the parent declares it
        "create": _(
            "最多 500 条，全部存入或全部不存。每条的检查与单条登记、报送相同。errors 的 field 以"
            "该条的序号开头，从 0 数起，如 3.attendance.0.status；所有错误一次列出。"
        ),
    }

    @extend_schema(request=BatchInput, responses={201: BatchSerializer}, examples=[NEW_BATCH])
    @once
    def create(self, request: Request) -> Response:
        sent = self.sent(BatchInput)
        batch = _Batch(self, sent)
        with announced_together():
            for place, body in enumerate(sent["sessions"]):
                batch.take(place, body)
            stored = batch.stored_or_refused()
        batch.note()
        return Response({"sessions": stored}, status=201)


class _Batch:
    """One request's records, stored one after the other as far as they are right. Whatever is
    wrong ends in an exception, and with it the transaction.
    """

    def __init__(self, view: SessionBatch, sent: dict[str, Any]) -> None:
        self._view, self._portal, self._sent = view, view.portal, sent
        self._references = References(view.portal)
        self._readers: dict[str, tuple[Unit, Reader]] = {}
        self._wrong: Errors = []
        self._unready: Errors = []
        self._stored: list[tuple[StudySession, list[Finding]]] = []
        self._changed: list[list[str]] = []

    def take(self, place: int, body: Any) -> None:
        """Stores what the body says, or notes what is wrong with it."""
        absent = len(self._references.absent)
        try:
            given = self._judged(body)
            unit, reader = self._reader(given["unit"])
            written = reader.read(given, at=f"{place}.")
        except ValidationError as error:
            self._wrong += flat(error.detail, str(place))
            return
        if len(self._references.absent) > absent:
            return
        try:
            self._keep(place, unit, reader.ground, written, given)
        except NotReadyError as unready:
            self._unready += told(unready.findings, f"{place}.")

    def stored_or_refused(self) -> list[dict[str, Any]]:
        """What became of each. Raises RefusedError with every error there is."""
        errors = self._wrong + self._unready
        self._references.refuse_absent(errors)
        if self._wrong:
            raise BatchError(str(SENTENCES[HTTPStatus.BAD_REQUEST]), errors)
        if self._unready:
            raise NotReady(_now("有尚不能报送的记录，全部没有存入。请按各项提示改正。"), errors)
        now = StudySession.objects.in_bulk([session.pk for session, _notices in self._stored])
        return [
            {
                "id": session.pk,
                "status": now[session.pk].status,
                "version": now[session.pk].version,
                "notices": [{"field": each.field, "message": each.text} for each in notices],
            }
            for session, notices in self._stored
        ]

    def note(self) -> None:
        """Writes the lines of the trail, last of all: whoever writes one holds the trail's end
        until the transaction is over, and nobody else can do anything meanwhile.
        """
        write = note_submitted if self._sent.get("submit") else note_saved
        for (session, _notices), changed in zip(self._stored, self._changed, strict=True):
            write(self._portal, session, changed)

    def _judged(self, body: Any) -> dict[str, Any]:
        shape = BatchSessionInput(data=body, context=self._view.get_serializer_context())
        shape.is_valid(raise_exception=True)
        given: dict[str, Any] = shape.validated_data
        return given

    def _reader(self, code: str) -> tuple[Unit, Reader]:
        """Raises Http404 at once for a unit that is not the caller's."""
        if code not in self._readers:
            unit = found_unit(self._portal, code)
            self._readers[code] = unit, Reader(unit, timezone.localdate(), self._references)
        return self._readers[code]

    def _keep(
        self, place: int, unit: Unit, ground: Ground, written: Written, given: dict[str, Any]
    ) -> None:
        """Raises NotReadyError; WrongStateError if an earlier repeat of the request stored it, and
        somebody went on with it.
        """
        token = token_of(self._view.request, place)
        notices: list[Finding] = []
        try:
            session, changed = open_by_program(self._portal, unit, token, written, ground)
            if self._sent.get("submit"):
                confirmed = {**self._sent, "counts": given.get("counts")}
                notices = hand_in(self._portal, session, confirmed, ground)
        except (StaleError, ReviewError) as moved:
            raise WrongStateError(str(moved)) from moved
        self._stored.append((session, notices))
        self._changed.append(changed)
