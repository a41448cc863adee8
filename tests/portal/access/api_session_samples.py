"""Topics, sessions, their files and make-ups in the API."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from tests.portal.access.record_samples import make_session, theme_in_list
from tests.portal.access.rulebook_samples import ASKED, retired_topic, topic
from tests.portal.access.sample import Sample
from tests.sessions.evidence.make import make_evidence
from tests.sessions.evidence.make import make_session as make_open_session
from tests.sessions.makeups.make import make_absence
from tests.sessions.reviews.make import make_session as make_complete
from tests.sessions.reviews.make import submit
from units.models import Unit

NONE = {"pk": 10**9}
NO_PIECE = {"pk": 10**9, "evidence": 10**9}
NO_MEMBER = {"pk": 10**9, "member": 10**9}
TODAY = timezone.localdate()
DAY = TODAY - timedelta(days=10)
CONFIRMED = {"declared": True, "counts": {"due": 3, "here": 3}}
TOPIC = {"from": "2026-01-01", "due": "2026-06-30"} | {
    name: ASKED[name] for name in ("name", "level", "content_group")
}
ENTERED = {"makeup_date": DAY, "makeup_method": "materials"}


def draft(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_session(unit).pk}


def complete(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_complete(unit).pk}


def waiting(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": submit(make_complete(unit)).pk}


def piece(user: User, unit: Unit) -> dict[str, object]:
    made = make_evidence(make_open_session(unit))
    return {"pk": made.session_id, "evidence": made.pk}


def absence(user: User, unit: Unit, **changes: Any) -> dict[str, object]:
    row = make_absence(unit, DAY, **changes)
    return {"pk": row.session_id, "member": row.member_id}


def entered(user: User, unit: Unit) -> dict[str, object]:
    return absence(user, unit, **ENTERED)


def new(user: User, unit: Unit) -> dict[str, Any]:
    return {"unit": unit.code, "date": DAY.isoformat(), "form": "collective", "others": "present"}


def sending(body: Any, **more: Any) -> Sample:
    return Sample(sends=lambda user, unit: body, **more)


TOPICS = {
    ("api_topics", "GET"): Sample(),
    ("api_topics", "POST"): sending(TOPIC, shared=True),
    ("api_topic", "GET"): Sample(make=topic, missing=NONE, shared=True),
    ("api_topic", "PATCH"): sending(
        {"name": "全会精神"}, make=topic, missing=NONE, shared=True, read="api_topic"
    ),
    ("api_topic_retire", "POST"): sending(
        {}, make=topic, missing=NONE, shared=True, read="api_topic"
    ),
    ("api_topic_restore", "POST"): sending(
        {}, make=retired_topic, missing=NONE, shared=True, read="api_topic"
    ),
}
READ: dict[str, Any] = {"missing": NONE, "read": "api_session"}
PIECE: dict[str, Any] = {"make": piece, "missing": NO_PIECE}
AWAY: dict[str, Any] = {"missing": NO_MEMBER, "read": "api_session_makeup"}
API_SESSION_SAMPLES: dict[tuple[str, str], Sample] = {
    **TOPICS,
    ("api_sessions", "GET"): Sample(canary=theme_in_list),
    ("api_sessions", "POST"): Sample(sends=new),
    ("api_sessions_bulk", "POST"): Sample(sends=lambda user, unit: {"sessions": [new(user, unit)]}),
    ("api_session", "GET"): Sample(make=waiting, missing=NONE),
    ("api_session", "PATCH"): sending({"place": "三楼"}, make=draft, **READ),
    ("api_session", "DELETE"): Sample(make=draft, **READ),
    ("api_session_submit", "POST"): sending(CONFIRMED, make=complete, **READ),
    ("api_session_withdraw", "POST"): sending({}, make=waiting, **READ),
    ("api_session_accept", "POST"): sending({}, make=waiting, **READ),
    ("api_session_return", "POST"): sending({"reason": "缺会议记录"}, make=waiting, **READ),
    ("api_session_evidence", "POST"): Sample(
        make=draft, missing=NONE, body={"kind": "minutes", "is_paper": "true"}
    ),
    ("api_session_evidence_piece", "GET"): Sample(**PIECE),
    ("api_session_evidence_piece", "DELETE"): Sample(**PIECE, read="api_session_evidence_piece"),
    ("api_session_evidence_file", "GET"): Sample(**PIECE),
    ("api_session_makeup", "GET"): Sample(make=absence, missing=NO_MEMBER),
    ("api_session_makeup", "PUT"): sending(
        {"date": TODAY.isoformat(), "method": "materials"}, make=absence, **AWAY
    ),
    ("api_session_makeup", "DELETE"): Sample(make=entered, **AWAY),
    ("api_session_makeup_confirm", "POST"): sending(
        {"on": TODAY.isoformat(), "confirmer": "测组长"}, make=entered, **AWAY
    ),
}
