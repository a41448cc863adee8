"""A record on a clerk's desk: a stored one, or one that has only the token of its form yet."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from sessions.models import ReviewEvent, Status, StudySession
from sessions.recording.drafts import EDITABLE, FIRST_VERSION
from units.access.numbers import sent_number
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Desk:
    """``token`` names the form, so that sending it twice makes one record."""

    unit: Unit
    token: UUID
    session: StudySession | None = None

    @property
    def address(self) -> str:
        """Where the form is sent."""
        if self.session is None:
            return reverse("session_new")
        return reverse("session_edit", kwargs={"pk": self.session.pk})

    @property
    def version(self) -> int:
        return self.session.version if self.session else FIRST_VERSION

    @property
    def is_editable(self) -> bool:
        return self.session is None or self.session.status in EDITABLE

    @property
    def is_partner(self) -> bool:
        return self.session is not None and self.session.joint_lead_id is not None


def desk_of(session: StudySession) -> Desk:
    return Desk(session.unit, session.form_token or uuid4(), session)


def sent_token(word: str) -> UUID:
    """The token of the form; a new one for a form that was tampered with."""
    try:
        return UUID(word)
    except ValueError:
        return uuid4()


def sent_version(word: str) -> int:
    """The version the form was made from; one that fits nothing if it was tampered with."""
    return sent_number(word) or 0


def with_last_return(sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
    """Annotates why, where and until when each was last returned (``return_reason``, …)."""
    returns = ReviewEvent.objects.filter(session=OuterRef("pk"), kind=ReviewEvent.Kind.RETURN)
    latest = returns.order_by("-on", "-id")
    return sessions.annotate(
        return_reason=Subquery(latest.values("reason")[:1]),
        return_fields=Subquery(latest.values("fields")[:1]),
        returned_on=Subquery(latest.values("on")[:1]),
        return_due=Subquery(latest.values("due")[:1]),
        returned_in_unit=Subquery(latest.values("in_unit")[:1]),
    )


@dataclass(frozen=True, slots=True)
class Returned:
    """What is to be corrected: the reason, the names of the fields, until when.

    ``in_unit``: the unit's own approver returned it, not the department.
    """

    reason: str
    fields: list[str]
    on: object
    due: object = None
    in_unit: bool = False


def returned(session: StudySession | None) -> Returned | None:
    """The return that still waits for the unit; the session comes from ``with_last_return``."""
    if session is None or session.status != Status.RETURNED:
        return None
    return Returned(
        getattr(session, "return_reason", ""),
        getattr(session, "return_fields", None) or [],
        getattr(session, "returned_on", None),
        getattr(session, "return_due", None),
        bool(getattr(session, "returned_in_unit", False)),
    )
