"""Archives for the policy test."""

from accounts.models import User
from sessions.models import Status
from tests.portal.access.sample import Sample
from tests.sessions.evidence.make import make_session
from units.models import Unit

NOBODYS = {"pk": 10**9}


def submitted(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_session(unit, status=Status.SUBMITTED).pk}


UNIT = Sample(make=lambda user, unit: {"code": unit.code}, missing={"code": "QS999"})
SESSION = Sample(make=submitted, missing=NOBODYS)

ARCHIVE_SAMPLES: dict[tuple[str, str], Sample] = {
    ("own_archive", "GET"): Sample(),
    ("archive_list", "GET"): Sample(canary=lambda user, unit: f"/units/{unit.code}/archive/"),
    ("archive_ask", "POST"): Sample(body={"year": "2026"}),
    ("unit_archive", "GET"): UNIT,
    ("unit_archive_zip", "GET"): UNIT,
    ("session_archive", "GET"): SESSION,
    ("session_archive_zip", "GET"): SESSION,
}
