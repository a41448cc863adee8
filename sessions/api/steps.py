"""What happens to a record: handed in, taken back, accepted, returned."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from sessions.api.deciding import decide, return_note
from sessions.api.keeping import hand_in, note_submitted
from sessions.api.recorded import RecordedSession, not_ready, told
from sessions.api.session_examples import SUBMISSION
from sessions.api.session_inputs import ReturnInput, SubmitInput
from sessions.api.session_shapes import SessionSerializer, SubmittedSerializer
from sessions.recording.findings import NotReadyError
from sessions.recording.submitting import withdraw
from sessions.reviews import decisions
from sessions.services import ReviewError
from units.rest.inputs import Nothing
from units.rest.refusals import WrongStateError
from units.rest.replaying import once


class SessionSteps(RecordedSession):
    """Each step is taken from the version that was read."""

    notes = {  # noqa: RUF012  as the parent declares it
        "submit": _("报送前的检查与网页相同；有未通过的，422 逐条说明，什么都不改变。"),
        "withdraw": _("宣传部还没有审核的可以撤回为草稿。"),
        "send_back": _("reason 必填。已审核通过的也可以退回。"),
    }
    guarded = frozenset({"submit", "withdraw", "accept", "send_back"})

    @extend_schema(request=SubmitInput, responses=SubmittedSerializer, examples=[SUBMISSION])
    @once
    def submit(self, request: Request, pk: int) -> Response:
        sent = self.sent(SubmitInput)
        session = self.found_unchanged(pk=pk)
        try:
            notices = hand_in(self.portal, session, sent)
        except NotReadyError as unready:
            raise not_ready(unready) from unready
        except ReviewError as refusal:
            raise WrongStateError(str(refusal)) from refusal
        note_submitted(self.portal, session, changed=[])
        response = self.answer(self.found(pk=pk))
        response.data["notices"] = [
            {"field": each["field"], "message": each["message"]} for each in told(notices)
        ]
        return response

    @extend_schema(request=Nothing, responses=SessionSerializer)
    @once
    def withdraw(self, request: Request, pk: int) -> Response:
        self.sent(Nothing)
        session = self.found_unchanged(pk=pk)
        try:
            withdraw(session=session, at=timezone.now(), by=self.portal.access.user)
        except ReviewError as refusal:
            raise WrongStateError(str(refusal)) from refusal
        record_for(self.portal, action="session.withdraw", about=session)
        return self.answer(self.found(pk=pk))

    @extend_schema(request=Nothing, responses=SessionSerializer)
    @once
    def accept(self, request: Request, pk: int) -> Response:
        self.sent(Nothing)
        session = self.found_unchanged(pk=pk)
        decide(self.portal, session, decisions.accept, "review.accept")
        return self.answer(self.found(pk=pk))

    @extend_schema(request=ReturnInput, responses=SessionSerializer)
    @once
    def send_back(self, request: Request, pk: int) -> Response:
        sent = self.sent(ReturnInput)
        session = self.found_unchanged(pk=pk)
        note = return_note(self.portal, session, sent)
        decide(self.portal, session, decisions.send_back, "review.return", note=note)
        return self.answer(self.found(pk=pk))
