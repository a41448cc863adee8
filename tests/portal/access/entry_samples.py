"""Personal records and outcomes for the policy test."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from sessions.entries.services import seal
from sessions.models import Outcome, PersonalRecord
from tests.portal.access.sample import Sample
from tests.sessions.makeups.make import make_member
from units.models import Person, Unit

DAY = timezone.localdate() - timedelta(days=10)
PERSON = 10**6
NO_ENTRY = {"pk": 10**9}
WROTE = {"kind": "reflection", "date": DAY, "title": "学宪法"}
WON = {"kind": "award", "date": DAY, "title": "学宪法"}


def person(user: User, unit: Unit) -> dict[str, object]:
    """Somebody in office, named in what is posted."""
    Person.objects.create(pk=PERSON, unit=unit, name="测甲")
    make_member(unit, "测甲")
    return {}


def record(user: User, unit: Unit) -> dict[str, object]:
    person(user, unit)
    return {"pk": PersonalRecord.objects.create(person_id=PERSON, **WROTE).pk}


def outcome(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": Outcome.objects.create(unit=unit, **WON).pk}


def record_title(user: User, unit: Unit) -> str:
    author = make_member(unit, "测乙").person
    values = WROTE | {"title": f"金丝雀{unit.code}"}
    return PersonalRecord.objects.create(person=author, **values).title


def outcome_title(user: User, unit: Unit) -> str:
    return Outcome.objects.create(unit=unit, **WON | {"title": f"金丝雀{unit.code}"}).title


OPENED_RECORD = seal(PersonalRecord(person_id=PERSON, **WROTE))
OPENED_OUTCOME = seal(Outcome(**WON))
NEW_RECORD = {"person": PERSON, **WROTE, "title": "学党章"}
NEW_OUTCOME = {**WON, "title": "学党章"}
ENTRY_SAMPLES: dict[tuple[str, str], Sample] = {
    ("personal_list", "GET"): Sample(canary=record_title),
    ("personal_new", "GET"): Sample(),
    ("personal_new", "POST"): Sample(make=person, body=NEW_RECORD),
    ("personal_edit", "GET"): Sample(make=record, missing=NO_ENTRY),
    ("personal_edit", "POST"): Sample(
        make=record, missing=NO_ENTRY, body={**NEW_RECORD, "seal": OPENED_RECORD}
    ),
    ("personal_delete", "POST"): Sample(make=record, missing=NO_ENTRY),
    ("outcome_list", "GET"): Sample(canary=outcome_title),
    ("outcome_new", "GET"): Sample(),
    ("outcome_new", "POST"): Sample(body=NEW_OUTCOME),
    ("outcome_edit", "GET"): Sample(make=outcome, missing=NO_ENTRY),
    ("outcome_edit", "POST"): Sample(
        make=outcome, missing=NO_ENTRY, body={**NEW_OUTCOME, "seal": OPENED_OUTCOME}
    ),
    ("outcome_delete", "POST"): Sample(make=outcome, missing=NO_ENTRY),
}
