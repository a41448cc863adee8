from datetime import date

import pytest
from django.db import connection

from sessions.models import Form, Status, StudySession
from tests.portal.county import make_county
from units.access.roles import EVERY_ROLE
from units.models import Unit

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 4)
NOTHING: set[str] = set()
SEEN = {
    "clerk": {"own draft", "own submitted"},
    "approver": {"own draft", "own submitted"},
    "auditor": {"own submitted", "sister submitted"},
    "department_admin": {"own submitted", "sister submitted"},
    "county_leader": {"own submitted", "sister submitted"},
    "system_admin": NOTHING,
    "security_admin": NOTHING,
    "security_auditor": NOTHING,
}


def make_session(unit: Unit, status: str, theme: str = "学习宪法") -> StudySession:
    return StudySession.objects.create(
        unit=unit, status=Status(status), theme=theme, date=DAY, end_date=DAY, form=Form.COLLECTIVE
    )


@pytest.mark.parametrize("role", sorted(EVERY_ROLE))
def test_whose_sessions_a_role_sees(role):
    county = make_county()
    for name in ("own", "sister", "abroad"):
        for status in ("draft", "submitted"):
            make_session(getattr(county, name), status, f"{name} {status}")
    seen = StudySession.objects.visible_to(county[role].assignments.get())
    assert set(seen.values_list("theme", flat=True)) == SEEN[role]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole")
@pytest.mark.parametrize("role", ["department_admin", "clerk"])
def test_a_page_of_a_list_is_not_sorted_out_of_all_sessions(role):
    county = make_county()
    newest = StudySession.objects.visible_to(county[role].assignments.get()).order_by(
        "-date", "-pk"
    )
    assert "FOR ORDER BY" not in newest[:50].explain()
