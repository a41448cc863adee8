"""Rule sets, waivers, topics and the calendar for the policy test."""

from django.utils import timezone

from accounts.models import User
from reports.rule_sets import create_default, publish
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
}
