"""Hints for the policy test."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from reports.models import Hint, HintSide
from tests.portal.access.sample import Sample
from units.models import Unit

NONE = {"pk": 10**9}


def make_side(unit: Unit) -> HintSide:
    """A hint about one unit, by whose figure it is known on any page."""
    day, now = dt.date(2026, 3, 4), timezone.now()
    hint = Hint.objects.create(
        kind="entered_at_once", key=f"x:{unit.pk}", first_on=day, last_on=day, found_at=now
    )
    facts = {"day": "2026-03-04", "number": number_of(unit), "sessions": []}
    return HintSide.objects.create(hint=hint, unit=unit, facts=facts, found_at=now)


def number_of(unit: Unit) -> int:
    return 70_000 + unit.pk


def hint(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_side(unit).hint_id}


def side(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_side(unit).pk}


def figure(user: User, unit: Unit) -> str:
    make_side(unit)
    return f"{number_of(unit)} 次学习"


HINT_SAMPLES: dict[tuple[str, str], Sample] = {
    ("hint_list", "GET"): Sample(canary=figure),
    ("hint", "GET"): Sample(make=hint, missing=NONE),
    ("hint_dismiss", "POST"): Sample(
        make=hint, missing=NONE, body={"version": 1, "note": "已电话核实"}
    ),
    ("hint_search", "POST"): Sample(),
    ("own_hint_list", "GET"): Sample(canary=figure),
    ("own_hint", "GET"): Sample(make=side, missing=NONE),
    ("own_hint", "POST"): Sample(
        make=side, missing=NONE, body={"version": 1, "explanation": "补录上月的记录"}
    ),
}
