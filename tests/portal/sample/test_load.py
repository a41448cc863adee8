import datetime as dt
import hashlib
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from portal.sample.writer import load_sample_county
from reports.models import CalendarDay
from sessions.models import ReviewEvent, StudySession, UnitApproval, UnitReport
from tests.portal.sample.conftest import make_request
from units.models import Assignment, Unit

pytestmark = pytest.mark.django_db

STAMPS = {"created_at", "updated_at", "uploaded_at"}
APPS = ("units", "study_sessions")


def digest(**changes) -> str:
    """Everything a load of twelve units says, keys and time stamps of writing aside."""
    found = hashlib.sha256()
    with transaction.atomic():
        load_sample_county(make_request(units=12, **changes))
        for app in APPS:
            for model in apps.get_app_config(app).get_models():
                fields = [
                    field.name
                    for field in model._meta.concrete_fields
                    if not (field.is_relation or field.primary_key or field.name in STAMPS)
                ]
                rows = model._default_manager.order_by("pk").values_list(*fields)
                found.update(repr(list(rows)).encode())
        transaction.set_rollback(True)
    return found.hexdigest()


def test_the_same_request_gives_the_same_facts():
    assert digest() == digest()


@pytest.mark.parametrize("changes", [{"seed": 2}, {"until": dt.date(2026, 9, 30)}])
def test_another_request_gives_others(changes):
    assert digest() != digest(**changes)


def test_a_database_with_units_is_refused():
    call_command("load_sample", units=3, stdout=StringIO())
    with pytest.raises(CommandError, match="已有单位"):
        call_command("load_sample", units=3, stdout=StringIO())
    assert Unit.objects.with_group().count() == 3


def test_logins_are_made_on_request_and_printed():
    out = StringIO()
    call_command("load_sample", units=3, with_logins="a-long-pass-phrase", stdout=out)
    assert "auditor" in out.getvalue()
    assert User.objects.get(username="auditor").check_password("a-long-pass-phrase")
    assert StudySession.objects.filter(created_by__username="clerk-qs001").exists()


def test_the_first_unit_has_an_approver_and_approval_stays_off():
    out = StringIO()
    call_command("load_sample", units=3, with_logins="a-long-pass-phrase", stdout=out)
    approver = Assignment.objects.select_related("unit").get(role=Assignment.Role.APPROVER)
    assert (approver.user.username, approver.unit.code) == ("approver-qs001", "QS001")
    assert "approver-qs001" in out.getvalue()
    assert not UnitApproval.objects.filter(is_on=True).exists()
    assert not StudySession.objects.filter(awaits_approval=True).exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"units": 0}, "--units"),
        ({"until": dt.date(2025, 12, 31)}, "--until"),
        ({"without_address": 121}, "--without-address"),
    ],
)
def test_an_impossible_request_is_refused(options, words):
    with pytest.raises(CommandError, match=words):
        call_command("load_sample", stdout=StringIO(), **options)


def test_the_data_end_can_be_the_end_of_the_year():
    load_sample_county(make_request(units=5, until=dt.date(2026, 12, 31)))
    assert UnitReport.objects.filter(kind="annual", events__isnull=False).exists()
    assert ReviewEvent.objects.filter(on__month=12).exists()
    assert CalendarDay.objects.filter(date=dt.date(2027, 1, 1), is_workday=False).exists()
