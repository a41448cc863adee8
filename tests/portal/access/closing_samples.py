"""Closed months for the policy test."""

from django.utils import timezone

from accounts.models import User
from reports.closing import close_month
from reports.models import Closing, Reopening
from reports.periods import Month
from tests.portal.access.sample import Sample
from units.models import Unit


def make_closing(unit: Unit) -> Closing:
    return close_month(root=unit, month=Month(2024, 3), at=timezone.now(), by=None)


def closing_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_closing(unit).pk}


def reopening_address(user: User, unit: Unit) -> dict[str, object]:
    closing = make_closing(unit)
    asked = Reopening.objects.create(
        closing=closing, reason="漏报一次学习", asked_by=user, asked_at=timezone.now()
    )
    return {"pk": closing.pk, "reopening_pk": asked.pk}


NO_CLOSING = {"pk": 10**9}
CLOSING = Sample(make=closing_address, missing=NO_CLOSING)
REOPENING = Sample(make=reopening_address, missing={"pk": 10**9, "reopening_pk": 10**9})
CLOSING_SAMPLES: dict[tuple[str, str], Sample] = {
    ("closing_list", "GET"): Sample(),
    ("closing_preview", "GET"): Sample(body={"month": "2024-03"}),
    ("month_close", "POST"): Sample(body={"month": "2024-03"}),
    ("closing_detail", "GET"): CLOSING,
    ("closing_changes", "GET"): CLOSING,
    ("reopening_ask", "GET"): CLOSING,
    ("reopening_ask", "POST"): Sample(
        make=closing_address, missing=NO_CLOSING, body={"reason": "漏报一次学习"}
    ),
    ("reopening_confirm", "POST"): REOPENING,
    ("reopening_decline", "POST"): REOPENING,
}
