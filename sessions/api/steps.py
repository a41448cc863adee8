"""What happens to a record: handed in, taken back, accepted, returned."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from sessions.api.judged import require_valid
from sessions.api.keeping import hand_in, note_submitted
from sessions.api.recorded import RecordedSession, not_ready, told
from sessions.api.session_examples import SUBMISSION
from sessions.api.session_inputs import ReturnInput, SubmitInput
from sessions.api.session_shapes import SessionSerializer, SubmittedSerializer
from sessions.models import ReviewEvent, StudySession
from sessions.recording.findings import NotReadyError
from sessions.recording.submitting import withdraw
from sessions.reviews import decisions
from sessions.reviews.page import return_form
from sessions.reviews.terms import review_book
from sessions.services import ReviewError
from units.rest.inputs import Nothing
from units.rest.refusals import WrongStateError
from units.rest.replaying import once

# What the page's form calls otherwise.
RETURN_NAMES = {"words": "reason", "fields_named": "fields"}


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
        return self._decided(self.found_unchanged(pk=pk), decisions.accept, "review.accept")

    @extend_schema(request=ReturnInput, responses=SessionSerializer)
    @once
    def send_back(self, request: Request, pk: int) -> Response:
        sent = self.sent(ReturnInput)
        session = self.found_unchanged(pk=pk)
        today, year = timezone.localdate(), session.date.year
        terms = review_book({year}, today).terms(session.unit, year)
        asked = {
            "version": session.version,
            "words": sent.get("reason"),
            "fields_named": sent.get("fields", []),
            "due": sent.get("due") or terms.correct_by,
        }
        form = return_form(self.portal, session, terms, today, asked)
        require_valid(form, RETURN_NAMES)
        return self._decided(session, decisions.send_back, "review.return", note=form.note())

    def _decided(
        self,
        session: StudySession,
        decide: Callable[..., ReviewEvent],
        action: str,
        **given: Any,
    ) -> Response:
        before, by = {"status": session.status, "version": session.version}, self.portal.access.user
        try:
            event = decide(
                about=session, version=session.version, at=timezone.now(), by=by, **given
            )
        except ReviewError as refusal:
            raise WrongStateError(str(refusal)) from refusal
        after = decisions.noted(session, event)
        record_for(self.portal, action=action, about=session, before=before, after=after)
        return self.answer(self.found(pk=session.pk))
