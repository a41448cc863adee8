"""Sit-ins and findings for the policy test."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from accounts.models import User
from tests.portal.access.sample import Make, Sample
from tests.reports.sitins.make import ANSWER, make_finding, make_sit_in
from units.models import Unit

NONE = {"pk": 10**9}
UNIT = 10**6


def this_year(status: str) -> dict[str, Any]:
    """Dates that fit whenever the test is run."""
    today = timezone.localdate()
    values: dict[str, Any] = {"year": today.year, "month": today.month}
    if status != "planned":
        values |= {"date": today, "agreed_on": today}
    if status in ("held", "fed_back"):
        values["feedback_due"] = today + dt.timedelta(days=7)
    return values


def sit_in(status: str) -> Make:
    def make(user: User, unit: Unit) -> dict[str, object]:
        return {"pk": make_sit_in(unit, status, **this_year(status)).pk}

    return make


def finding(status: str) -> Make:
    def make(user: User, unit: Unit) -> dict[str, object]:
        return {"pk": make_finding(unit, status).pk}

    return make


def unit_to_plan(user: User, unit: Unit) -> dict[str, object]:
    """A unit under the given one, named in what is posted."""
    path = f"{unit.path}W/"
    Unit.objects.create(pk=UNIT, code="W", category=unit.category, parent=unit, path=path)
    return {}


def problem_in_list(user: User, unit: Unit) -> str:
    return make_finding(unit).problem


def day() -> str:
    return timezone.localdate().isoformat()


def one(make: Make, **body: object) -> Sample:
    return Sample(make=make, missing=NONE, body=body)


NOTED: dict[str, object] = {
    "source": "archive", "found_on": day(), "problem": "签到表不全", "due": day(),
}  # fmt: skip
AGREED: dict[str, object] = {
    "date": day(), "told_on": day(), "other_listeners": "组织部测科长", "version": 1,
}  # fmt: skip
PLANNED: dict[str, object] = {"units": [UNIT], "month": timezone.localdate().month}
DAYS = {"notice_workdays": 2, "feedback_workdays": 5, "rectify_workdays": 20, "version": 0}
BACK: dict[str, object] = {"reason": "还缺签到表", "due": day(), "version": 1}

SIT_IN_SAMPLES: dict[tuple[str, str], Sample] = {
    ("sit_in_plan", "GET"): Sample(),
    ("sit_in_plan", "POST"): Sample(make=unit_to_plan, body=PLANNED),
    ("sit_in_figures", "GET"): Sample(),
    ("sit_in_terms", "GET"): Sample(),
    ("sit_in_terms", "POST"): Sample(body=DAYS),
    ("sit_in_detail", "GET"): one(sit_in("agreed")),
    ("sit_in_sheet", "GET"): one(sit_in("fed_back")),
    ("sit_in_edit", "GET"): one(sit_in("planned")),
    ("sit_in_edit", "POST"): one(
        sit_in("planned"), month=timezone.localdate().month, other_listeners="", version=1
    ),
    ("sit_in_agree", "GET"): one(sit_in("planned")),
    ("sit_in_agree", "POST"): one(sit_in("planned"), **AGREED),
    ("sit_in_hold", "GET"): one(sit_in("agreed")),
    ("sit_in_hold", "POST"): one(sit_in("agreed"), date=day(), version=1),
    ("sit_in_session", "GET"): one(sit_in("held")),
    ("sit_in_session", "POST"): one(sit_in("held"), session="", version=1),
    ("sit_in_feedback", "GET"): one(sit_in("held")),
    ("sit_in_feedback", "POST"): one(
        sit_in("held"), theme="宪法", overall="认真", fed_back_on=day(), version=1
    ),
    ("sit_in_cancel", "GET"): one(sit_in("agreed")),
    ("sit_in_cancel", "POST"): one(sit_in("agreed"), reason="单位防汛", version=1),
    ("finding_list", "GET"): Sample(canary=problem_in_list),
    ("finding_workbook", "GET"): Sample(),
    ("finding_new", "GET"): Sample(),
    ("finding_new", "POST"): Sample(
        make=unit_to_plan, body={**NOTED, "unit": UNIT, "form_token": uuid.UUID(int=7)}
    ),
    ("finding_detail", "GET"): one(finding("open")),
    ("finding_edit", "GET"): one(finding("open")),
    ("finding_edit", "POST"): one(finding("open"), **NOTED, version=1),
    ("finding_reply", "GET"): one(finding("open")),
    ("finding_reply", "POST"): one(finding("open"), **ANSWER, version=1),
    ("finding_progress", "POST"): one(finding("sent_back"), **ANSWER, version=1),
    ("finding_sign_off", "POST"): one(finding("replied"), version=1),
    ("finding_send_back", "GET"): one(finding("replied")),
    ("finding_send_back", "POST"): one(finding("replied"), **BACK),
}
