"""Making tokens, what kills them, what is kept of them."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.administering import disable_account
from accounts.models import AuditEvent
from tests.portal.county import County, make_assignment, make_county
from tests.units.tokens.making import make_secret
from units.access.roles import Role
from units.administration.services import disable
from units.models import ApiToken, Assignment
from units.tasks import clean_tokens
from units.tokens import services
from units.tokens.keys import digest_of
from units.tokens.services import TokenError, make, revoke, revoke_all
from units.tokens.using import Death, token_of, why_dead

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def county() -> County:
    return make_county()


def test_the_secret_is_long_and_stands_nowhere(county):
    token, secret = make_secret(county["clerk"])
    assert secret.startswith("csp_")
    assert len(secret) >= 4 + 43
    assert token_of(secret) == token
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    line = AuditEvent.objects.filter(action="token.make").values().get()
    assert secret not in f"{row}{line}"
    assert digest_of(secret) not in str(line)
    assert (row["digest"], row["last_characters"]) == (digest_of(secret), secret[-4:])


def test_two_secrets_differ(county):
    secrets = {make_secret(county["clerk"], name=f"{number}")[1] for number in range(5)}
    assert len(secrets) == 5


def death_of(secret: str, at: datetime) -> Death | None:
    token = token_of(secret)
    assert token is not None
    return why_dead(token, at)


def revoke_everything(token: ApiToken) -> None:
    revoke_all(user=token.assignment.user, at=NOW, by=token.assignment.user)


def end_role(token: ApiToken) -> None:
    day = timezone.localdate()
    Assignment.objects.filter(pk=token.assignment_id).update(end_date=day)


def begin_later(token: ApiToken) -> None:
    day = timezone.localdate() + timedelta(days=1)
    Assignment.objects.filter(pk=token.assignment_id).update(start_date=day)


@pytest.mark.parametrize(
    ("kill", "why"),
    [
        (lambda token: None, None),
        (lambda token: revoke(token=token, at=NOW, by=token.assignment.user), "revoked"),
        (revoke_everything, "revoked"),
        (lambda token: disable_account(user=token.assignment.user, at=NOW), "account"),
        (end_role, "role"),
        (begin_later, "role"),
    ],
)
def test_what_kills_a_token_kills_it_at_once(county, kill, why):
    token, secret = make_secret(county["clerk"])
    kill(token)
    now = timezone.now()
    assert death_of(secret, now) == why
    assert ApiToken.objects.living(now).exists() is (why is None)


@pytest.mark.parametrize(("left", "why"), [(timedelta(seconds=1), None), (timedelta(0), "expired")])
def test_it_lives_until_its_time_is_up(county, left, why):
    token, secret = make_secret(county["clerk"], days=30)
    at = token.expires_at - left
    assert death_of(secret, at) == why
    assert ApiToken.objects.living(at).exists() is (why is None)


def test_an_account_enabled_again_has_no_tokens(county):
    token, secret = make_secret(county["clerk"])
    today = timezone.localdate()
    disable(user=county["clerk"], by=county["system_admin"], today=today, at=timezone.now())
    county["clerk"].is_active = True
    county["clerk"].save()
    assert death_of(secret, timezone.now()) == "revoked"
    line = AuditEvent.objects.get(action="token.revoke_all")
    assert line.after == {"api_tokens": [token.pk]}


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "security_auditor"])
def test_the_three_administrators_only_read(county, who):
    make_secret(county[who])
    with pytest.raises(TokenError, match="只能是“只读”"):
        make_secret(county[who], scope="write", name="改数")
    assert AuditEvent.objects.filter(action="token.make").count() == 1


def test_a_row_that_says_otherwise_lets_an_administrator_write_nothing(county):
    token, _ = make_secret(county["system_admin"])
    token.scope = "write"
    assert not token.may_write


@pytest.mark.parametrize("who", ["ended", "disabled"])
def test_none_for_a_role_that_is_not_held(county, who):
    with pytest.raises(TokenError, match="已经失效"):
        make_secret(county[who])


def test_a_form_sent_twice_makes_one(county):
    make_secret(county["clerk"], name="推送")
    with pytest.raises(TokenError, match="已有用途为“推送”的有效令牌"):
        make_secret(county["clerk"], name="推送")


def test_the_same_name_is_free_for_another_role_and_after_revocation(county):
    token, _ = make_secret(county["clerk"])
    other = make_assignment(county["clerk"], Role.CLERK, county.sister)
    make(assignment=other, name="取数", scope="read", days=30, at=NOW)
    revoke(token=token, at=NOW, by=county["clerk"])
    make(assignment=token.assignment, name="取数", scope="read", days=30, at=NOW)
    assert ApiToken.objects.living(timezone.now()).count() == 2


def test_nobody_has_more_than_can_be_watched(county, monkeypatch):
    monkeypatch.setattr(services, "MOST_LIVING", 2)
    for name in "一二":
        make_secret(county["clerk"], name=name)
    with pytest.raises(TokenError, match="最多同时有 2 个"):
        make_secret(county["clerk"], name="三")


@pytest.mark.parametrize("days", [367, 0, -1])
def test_the_database_holds_no_term_beyond_a_year(county, days):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_secret(county["clerk"], days=days)


def test_the_database_holds_a_leap_year(county):
    assert make_secret(county["clerk"], days=366)


def test_revoking_twice_is_noted_once(county):
    token, _ = make_secret(county["clerk"])
    by = county["clerk"]
    assert [revoke(token=token, at=NOW, by=by) for _ in range(2)] == [True, False]
    line = AuditEvent.objects.get(action="token.revoke")
    assert (line.actor, line.unit_code, line.object_id) == (by, "QS001", str(token.pk))


def test_long_dead_tokens_are_forgotten_and_no_others(county):
    now = timezone.now()
    long_ago = now - services.KEPT - timedelta(days=60)
    make_secret(county["clerk"], name="早已到期", days=30, at=long_ago)
    revoked, _ = make_secret(county["clerk"], name="刚撤销")
    revoke(token=revoked, at=now, by=county["clerk"])
    make_secret(county["clerk"], name="有效")
    make_secret(county["clerk"], name="刚到期", days=30, at=now - timedelta(days=31))
    for _ in range(2):
        clean_tokens()
    assert set(ApiToken.objects.values_list("name", flat=True)) == {"刚撤销", "有效", "刚到期"}


def test_a_role_that_never_was_takes_its_tokens_along(county):
    token, secret = make_secret(county["clerk"])
    token.assignment.delete()
    assert token_of(secret) is None
