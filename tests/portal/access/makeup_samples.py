"""Make-ups for the policy test. Their rows stand in what is posted, not in the address."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from tests.portal.access.sample import Make, Sample
from tests.sessions.makeups.make import make_absence
from units.models import Unit

TODAY = timezone.localdate()
DAY = TODAY - timedelta(days=10)
ROW = 10**6


def absence(user: User, unit: Unit) -> str:
    return make_absence(unit, DAY, f"金丝雀{unit.code}").member.person.name


def row(**values) -> Make:
    def make(user: User, unit: Unit) -> dict[str, object]:
        make_absence(unit, DAY, pk=ROW, **values)
        return {}

    return make


def sample(make: Make, **body) -> Sample:
    return Sample(make=make, body={"rows": [str(ROW)], **body})


ENTERED = {"makeup_date": DAY, "makeup_method": "materials"}
MAKEUP_SAMPLES: dict[tuple[str, str], Sample] = {
    ("makeup_list", "GET"): Sample(canary=absence),
    ("makeup_record", "POST"): sample(row(), made_on=TODAY, method="materials"),
    ("makeup_confirm", "POST"): sample(row(**ENTERED), on=TODAY, confirmer="测组长"),
    ("makeup_undo", "POST"): sample(row(**ENTERED)),
}
