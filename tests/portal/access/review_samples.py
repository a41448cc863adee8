"""Things under review for the policy test."""

from accounts.models import User
from sessions.reviews.reasons import DEFAULTS, seal, usual_reasons
from tests.portal.access.sample import Sample
from tests.sessions.reviews.make import in_days, make_session, submit
from units.models import Unit

ROW = 10**6
NOTHING = {"paper": "session", "pk": 10**9}
SEEN = {"version": "2"}
BACK = SEEN | {"words": "缺会议记录", "due": in_days(3)}


def waiting_for_department(user: User, unit: Unit) -> dict[str, object]:
    return {"paper": "session", "pk": submit(make_session(unit)).pk}


def waiting_in_unit(user: User, unit: Unit) -> dict[str, object]:
    session = submit(make_session(unit))
    type(session).objects.filter(pk=session.pk).update(awaits_approval=True)
    return {"paper": "session", "pk": session.pk}


def theme_in_queue(user: User, unit: Unit) -> str:
    """Waits in the unit and, as another record, for the department."""
    waiting_in_unit(user, unit)
    waiting_for_department(user, unit)
    return f"学习{unit.code}"


def clean(user: User, unit: Unit) -> dict[str, object]:
    submit(make_session(unit, pk=ROW))
    return {}


REASONS = {
    "seal": seal(usual_reasons()),
    "reasons-TOTAL_FORMS": "1",
    "reasons-INITIAL_FORMS": "0",
    "reasons-0-text": str(DEFAULTS[0][0]),
    "reasons-0-session": "on",
}

REVIEW_SAMPLES: dict[tuple[str, str], Sample] = {
    ("review_queue", "GET"): Sample(canary=theme_in_queue),
    ("review_item", "GET"): Sample(make=waiting_for_department, missing=NOTHING),
    ("review_accept", "POST"): Sample(make=waiting_for_department, missing=NOTHING, body=SEEN),
    ("review_accept_clean", "POST"): Sample(make=clean, body={"rows": [f"{ROW}:2"]}),
    ("review_return", "POST"): Sample(make=waiting_for_department, missing=NOTHING, body=BACK),
    ("approval_give", "POST"): Sample(make=waiting_in_unit, missing=NOTHING, body=SEEN),
    ("approval_return", "POST"): Sample(make=waiting_in_unit, missing=NOTHING, body=BACK),
    ("review_comment", "POST"): Sample(
        make=waiting_for_department, missing=NOTHING, body={"text": "请补会议记录"}
    ),
    ("review_comments_read", "POST"): Sample(make=waiting_for_department, missing=NOTHING),
    ("review_settings", "GET"): Sample(),
    ("unit_approval_switch", "POST"): Sample(body={"version": "1", "is_on": "on"}),
    ("return_reasons", "POST"): Sample(body=REASONS),
}
