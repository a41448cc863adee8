"""Notices that ask for reports, for the policy test."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from sessions.models import ReportNotice
from tests.portal.access.sample import Sample
from units.models import Unit

YEAR = timezone.localdate().year
NONE = {"pk": 10**9}


def make_notice(root: Unit, by: User, **values) -> ReportNotice:
    """A notice to everybody below the root, whose title names it."""
    given = {"title": f"关于报送学习情况的通知{root.code}", "year": YEAR, "kind": "annual"}
    given |= {"due": dt.date(YEAR, 12, 15), "issued_at": timezone.now(), "issued_by": by}
    return ReportNotice.objects.create(root=root, **given | values)


def notice(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_notice(unit, user).pk}


ASKED = {
    "title": "关于报送年度学习情况的通知",
    "year": YEAR,
    "kind": "annual",
    "due": f"{YEAR}-12-15",
    "version": 1,
}
REPORT_NOTICE_SAMPLES: dict[tuple[str, str], Sample] = {
    ("report_notice_list", "GET"): Sample(canary=lambda user, unit: make_notice(unit, user).title),
    ("report_notice_new", "GET"): Sample(),
    ("report_notice_new", "POST"): Sample(body=ASKED),
    ("report_notice_detail", "GET"): Sample(make=notice, missing=NONE),
    ("report_notice_edit", "GET"): Sample(make=notice, missing=NONE),
    ("report_notice_edit", "POST"): Sample(make=notice, missing=NONE, body=ASKED),
    ("report_notice_withdraw", "POST"): Sample(make=notice, missing=NONE),
}
