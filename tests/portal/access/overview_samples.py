"""Units to look over, and an obligation of one of them."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from reports.models import RuleSet
from reports.rule_sets import create_default, publish
from tests.portal.access.sample import Sample
from units.models import Unit

RULE = "monthly_sessions"


def line(user: User, unit: Unit) -> str:
    """A name that shows wherever the unit has a line."""
    Unit.objects.filter(pk=unit.pk).update(has_group=True)
    word = f"金丝雀{unit.code}"
    unit.names.update(short_name=word)
    return word


def bound(user: User, unit: Unit) -> dict[str, object]:
    """January of a unit that a rule set binds this year."""
    year = timezone.localdate().year
    if not RuleSet.objects.filter(year=year, published_at__isnull=False).exists():
        draft = create_default(year=year, title="总览", effective_from=dt.date(year, 1, 1))
        publish(rule_set=draft, at=timezone.now(), by=None)
    return {"code": unit.code, "rule": RULE, "period": f"{year}-01"}


OVERVIEW_SAMPLES: dict[tuple[str, str], Sample] = {
    ("overview", "GET"): Sample(canary=line),
    ("overview_trend", "GET"): Sample(),
    ("overview_print", "GET"): Sample(canary=line),
    ("obligation", "GET"): Sample(
        make=bound, missing={"code": "QS999", "rule": RULE, "period": "2026-01"}
    ),
}
