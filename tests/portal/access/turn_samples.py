"""The yearly turn for the policy test."""

from django.utils import timezone

from accounts.models import User
from reports.models import ArchiveSeal
from reports.turn.state import default_year
from tests.portal.access.sample import Sample
from units.models import Unit

YEAR = default_year(timezone.localdate())
NONE = {"pk": 10**9}
THIS = Sample(body={"year": YEAR})


def make_seal(unit: Unit, by: User, **values) -> ArchiveSeal:
    given = {"year": YEAR, "digest": "0" * 64, "sessions": 1, "pieces": 2, "sealed_by": by}
    return ArchiveSeal.objects.create(unit=unit, sealed_at=timezone.now(), **given | values)


def seal(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_seal(unit, user).pk}


TURN_SAMPLES: dict[tuple[str, str], Sample] = {
    ("turn", "GET"): Sample(),
    ("turn_units", "GET"): Sample(),
    ("turn_closings", "GET"): Sample(),
    ("turn_seal", "POST"): THIS,
    ("turn_check_seals", "POST"): THIS,
    ("turn_plans", "POST"): THIS,
    ("turn_rule_sets", "POST"): THIS,
    ("turn_confirm", "POST"): Sample(body={"year": YEAR, "step": "roster"}),
    ("archive_seal", "GET"): Sample(make=seal, missing=NONE),
    ("archive_seal", "POST"): Sample(make=seal, missing=NONE, body={"reason": "补存签到表"}),
    ("own_turn", "GET"): Sample(),
    ("own_turn_plan", "POST"): Sample(),
}
