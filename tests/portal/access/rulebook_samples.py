"""Rule sets, waivers, topics and the calendar for the policy test."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from reports.models import CalendarDay, CalendarYear, Waiver
from reports.rule_sets import create_default, publish
from sessions.models import Topic
from sessions.topics.services import seal_of
from tests.portal.access.sample import Sample
from tests.reports.records import at
from tests.reports.rulebook.make import START, make_draft, posted
from units.models import Unit

NONE = {"pk": 10**9}


def exception(user: User, unit: Unit) -> dict[str, object]:
    """A draft for one unit."""
    return {"pk": make_draft(title=f"例外{unit.code}", unit=unit).pk}


def published(user: User, unit: Unit) -> dict[str, object]:
    draft = make_draft(title=f"例外{unit.code}", unit=unit)
    return {"pk": publish(rule_set=draft, at=at("2026-01-01"), by=None).pk}


def name_in_list(user: User, unit: Unit) -> str:
    """The list opens with this year's sets."""
    year = timezone.localdate().year
    draft = create_default(year=year, title=f"例外{unit.code}", unit=unit)
    return publish(rule_set=draft, at=timezone.now(), by=None).title


def waiver(user: User, unit: Unit) -> dict[str, object]:
    granted = {"approver": "测主任", "reason": f"防汛{unit.code}", "granted_on": START}
    year = timezone.localdate().year
    made = Waiver.objects.create(unit=unit, rule="annual_days", period=str(year), **granted)
    return {"pk": made.pk}


def reason_in_list(user: User, unit: Unit) -> str:
    waiver(user, unit)
    return f"防汛{unit.code}"


def unit_to_waive(user: User, unit: Unit) -> dict[str, object]:
    """A unit under the given one, named in what is posted."""
    path = f"{unit.path}W/"
    Unit.objects.create(pk=UNIT, code="W", category=unit.category, parent=unit, path=path)
    return {}


def topic(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": Topic.objects.create(**ASKED).pk}


def retired_topic(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": Topic.objects.create(**ASKED, retired_on=START).pk}


ASKED: dict[str, Any] = {
    "name": "县委全会精神", "level": "county", "content_group": 3, "from_date": START,
    "due": dt.date(2026, 6, 30), "required": True,
}  # fmt: skip
TOPIC = Sample(make=topic, missing=NONE, shared=True)
UNIT = 10**6
WAIVED: dict[str, Any] = {
    "units": [UNIT],
    "obligations": [f"annual_days {timezone.localdate().year}"],
    "approver": "测主任",
    "reason": "防汛",
    "granted_on": START,
}
DAY: dict[str, object] = {"day": "2026-03-04"}
YEAR: dict[str, object] = {"year": 2030}


def entered_year(user: User, unit: Unit) -> dict[str, object]:
    CalendarDay.objects.get_or_create(date=dt.date(2030, 1, 1), is_workday=False)
    return YEAR


def declared_year(user: User, unit: Unit) -> dict[str, object]:
    CalendarYear.objects.get_or_create(year=2030, declared_at=at("2026-01-01"), declared_by=user)
    return YEAR


ENTERED = Sample(make=entered_year, missing={"year": 1}, shared=True)
BEGUN = {"source": "default", "title": "考核规则", "effective_from": START, "whom": "all"}
RULEBOOK_SAMPLES: dict[tuple[str, str], Sample] = {
    ("rule_set_list", "GET"): Sample(canary=name_in_list),
    ("rule_set_detail", "GET"): Sample(make=published, missing=NONE),
    ("rule_set_new", "GET"): Sample(),
    ("rule_set_new", "POST"): Sample(body=BEGUN),
    ("rule_set_edit", "GET"): Sample(make=exception, missing=NONE),
    ("rule_set_edit", "POST"): Sample(make=exception, missing=NONE, body=posted()),
    ("rule_set_discard", "POST"): Sample(make=exception, missing=NONE),
    ("rule_set_trial", "GET"): Sample(make=exception, missing=NONE),
    ("rule_set_publish", "GET"): Sample(make=exception, missing=NONE),
    ("rule_set_publish", "POST"): Sample(make=exception, missing=NONE, body={"revision": 1}),
    ("waiver_list", "GET"): Sample(canary=reason_in_list),
    ("waiver_new", "GET"): Sample(),
    ("waiver_new", "POST"): Sample(make=unit_to_waive, body=WAIVED),
    ("waiver_revoke", "GET"): Sample(make=waiver, missing=NONE),
    ("waiver_revoke", "POST"): Sample(make=waiver, missing=NONE, body={"reason": "误登"}),
    ("calendar_year", "GET"): Sample(),
    ("calendar_day", "GET"): Sample(make=lambda user, unit: DAY, missing={"day": "x"}, shared=True),
    ("calendar_day", "POST"): Sample(
        make=lambda user, unit: DAY,
        missing={"day": "x"},
        body={"kind": "rest", "note": "防汛轮休"},
        shared=True,
    ),
    ("calendar_day_clear", "POST"): Sample(
        make=lambda user, unit: DAY, missing={"day": "x"}, shared=True
    ),
    ("calendar_complete", "GET"): ENTERED,
    ("calendar_complete", "POST"): ENTERED,
    ("calendar_incomplete", "POST"): Sample(make=declared_year, missing={"year": 1}, shared=True),
    ("topic_list", "GET"): Sample(),
    ("topic_new", "GET"): Sample(),
    ("topic_new", "POST"): Sample(body=ASKED),
    ("topic_edit", "GET"): TOPIC,
    ("topic_edit", "POST"): Sample(
        make=topic,
        missing=NONE,
        shared=True,
        body={**ASKED, "seal": seal_of({**ASKED, "categories": [], "retired_on": None})},
    ),
    ("topic_retire", "POST"): TOPIC,
    ("topic_restore", "POST"): Sample(make=retired_topic, missing=NONE, shared=True),
}
