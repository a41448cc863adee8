"""What an account's new password means for its tokens."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.one_time_links import create_link
from tests.portal.county import PASSWORD, make_county
from tests.units.tokens.making import caller, make_secret

pytestmark = pytest.mark.django_db

NEW = "Baiyun-7431-shanxi"
TWICE = {"new_password1": NEW, "new_password2": NEW}


def test_a_password_set_by_a_link_revokes_the_accounts_tokens_and_nobody_elses():
    county = make_county()
    secrets = [make_secret(county[who])[1] for who in ("clerk", "approver")]
    link = create_link(user=county["clerk"], at=timezone.now())
    assert Client().post(f"/links/{link}/password/", TWICE).status_code == 302
    answers = [caller(secret).get("/api/v1/units").status_code for secret in secrets]
    assert answers == [401, 200]
    line = AuditEvent.objects.get(action="token.revoke_all")
    assert (line.actor, line.object_id) == (county["clerk"], str(county["clerk"].pk))


def test_a_password_the_owner_changes_leaves_them():
    county = make_county()
    _token, secret = make_secret(county["clerk"])
    browser = Client()
    browser.force_login(county["clerk"])
    browser.post("/account/password/", {"old_password": PASSWORD, **TWICE})
    assert caller(secret).get("/api/v1/units").status_code == 200
