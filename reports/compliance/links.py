"""Addresses of pages of other rooms, which a portal may have or not."""

from django.urls import NoReverseMatch, reverse

from reports.compliance.on_record import SessionOnRecord


def page(route: str, *args: object) -> str:
    """The page's address; '' where the portal has no such page."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""


def of_session(session: SessionOnRecord | None) -> str:
    """The page of a session on record; '' for one that the role may not see."""
    return page("session_detail", session.id) if session else ""


def to_finish(session: SessionOnRecord, *, may_write: bool) -> str:
    """Where to finish a draft or mend what was returned; for readers, the page of the session."""
    return page("session_edit", session.id) if may_write else of_session(session)
