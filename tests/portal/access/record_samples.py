"""Records of study sessions to call routes about."""

from django.utils import timezone

from accounts.models import User
from sessions.models import Form, ReviewEvent, StudySession
from sessions.services import record_event
from tests.portal.access.sample import Sample
from units.models import Unit

NOBODYS = {"pk": 10**9}
BODY = {
    "token": "0d8f6bd1-5f3c-4c62-9b6a-0e7b2f6a9c11",
    "version": "1",
    "theme": "学习宪法",
    "date": "2026-03-04",
    "length": "half",
    "form": "collective",
    "scope": "group",
}


def make_session(unit: Unit, *steps: str) -> StudySession:
    """This year's record of a theme that names the unit, and the steps it took."""
    day = timezone.localdate()
    session = StudySession.objects.create(
        unit=unit,
        theme=f"金丝雀在{unit.code}",
        date=day,
        end_date=day,
        form=Form.COLLECTIVE,
    )
    for step in steps:
        kind = ReviewEvent.Kind(step)
        record_event(about=session, kind=kind, at=timezone.now(), reason="缺发言")
    return session


def submitted(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_session(unit, "submit").pk}


def draft(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_session(unit).pk}


def joined(user: User, unit: Unit) -> dict[str, object]:
    """A draft whose lead, submitted, has another theme."""
    session = make_session(unit)
    session.joint_lead = make_session(Unit.objects.get(parent=None, code="QS"), "submit")
    session.save()
    return {"pk": session.pk}


def theme_in_list(user: User, unit: Unit) -> str:
    return make_session(unit, "submit").theme


JOINED = Sample(make=joined, missing=NOBODYS, body={"version": "1", "lead_version": "2"})
RECORD_SAMPLES: dict[tuple[str, str], Sample] = {
    ("session_new", "GET"): Sample(),
    ("session_new", "POST"): Sample(body=BODY),
    ("session_list", "GET"): Sample(canary=theme_in_list),
    ("session_detail", "GET"): Sample(make=submitted, missing=NOBODYS),
    ("session_edit", "GET"): Sample(make=draft, missing=NOBODYS),
    ("session_edit", "POST"): Sample(make=draft, missing=NOBODYS, body=BODY),
    ("session_withdraw", "POST"): Sample(make=submitted, missing=NOBODYS),
    ("session_joint_take", "POST"): JOINED,
    ("session_joint_keep", "POST"): JOINED,
    ("session_delete", "POST"): Sample(make=draft, missing=NOBODYS),
}
