"""Decisions on what a unit handed in, with the lines in the trail that the pages write."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from accounts.trail import record_for
from sessions.models import ReviewEvent
from sessions.reviews import decisions
from sessions.reviews.decisions import ReturnNote
from sessions.reviews.page import return_form
from sessions.reviews.papers import year_of
from sessions.reviews.terms import review_book
from sessions.services import Reviewed, ReviewError
from units.access.requests import PortalRequest
from units.rest.judged import require_valid
from units.rest.refusals import WrongStateError

# What the page's form calls otherwise.
RETURN_NAMES = {"words": "reason", "fields_named": "fields"}


def decide(
    request: PortalRequest,
    about: Reviewed,
    step: Callable[..., ReviewEvent],
    action: str,
    **given: Any,
) -> None:
    """Takes the step from the version that was read. Raises WrongStateError in its words."""
    before, by = {"status": about.status, "version": about.version}, request.access.user
    try:
        event = step(about=about, version=about.version, at=timezone.now(), by=by, **given)
    except ReviewError as refusal:
        raise WrongStateError(str(refusal)) from refusal
    after = decisions.noted(about, event)
    record_for(request, action=action, about=about, before=before, after=after)


def return_note(request: PortalRequest, about: Reviewed, sent: Mapping[str, Any]) -> ReturnNote:
    """Why it goes back, as the page's form judges it. Raises ValidationError in its words."""
    today, year = timezone.localdate(), year_of(about)
    terms = review_book({year}, today).terms(about.unit, year)
    asked = {
        "version": about.version,
        "words": sent.get("reason"),
        "fields_named": sent.get("fields", []),
        "due": sent.get("due") or terms.correct_by,
    }
    form = return_form(request, about, terms, today, asked)
    require_valid(form, RETURN_NAMES)
    return form.note()
