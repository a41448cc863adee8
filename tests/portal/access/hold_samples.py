"""Held files for the policy test."""

from django.utils import timezone

from accounts.models import User
from sessions.models import Evidence, HoldRequest
from tests.portal.access.sample import Sample
from tests.sessions.evidence.make import make_evidence, make_session
from units.models import Unit


def make_held(unit: Unit) -> Evidence:
    return make_evidence(make_session(unit), checked="held")


def held_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_held(unit).pk}


def request_address(user: User, unit: Unit) -> dict[str, object]:
    held = make_held(unit)
    asked = HoldRequest.objects.create(
        evidence=held, wish="release", reason="误判", asked_by=user, asked_at=timezone.now()
    )
    return {"pk": held.pk, "request_pk": asked.pk}


def held_row(user: User, unit: Unit) -> str:
    make_held(unit)
    return f"{unit.names.get().short_name}2026-03-04的学习</span>"


NO_FILE = {"pk": 10**9}
REQUEST = Sample(make=request_address, missing={"pk": 10**9, "request_pk": 10**9})
HOLD_SAMPLES: dict[tuple[str, str], Sample] = {
    ("held_file_list", "GET"): Sample(canary=held_row),
    ("held_file", "GET"): Sample(make=held_address, missing=NO_FILE),
    ("held_file_ask", "POST"): Sample(
        make=held_address, missing=NO_FILE, body={"wish": "release", "reason": "误判"}
    ),
    ("held_file_agree", "POST"): REQUEST,
    ("held_file_decline", "POST"): REQUEST,
}
