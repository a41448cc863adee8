"""Requests that bring a token: what they may do, what they leave behind, what is refused."""

import logging
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import AuditEvent, SignIn, User
from accounts.trail import record_for
from portal.access import POLICY
from portal.urls import handler403, handler404  # noqa: F401  Django reads them from this module
from portal.urls import urlpatterns as declared_urls
from tests.portal.county import County, make_assignment, make_county
from tests.units.tokens.making import caller, make_secret
from units.access.requests import PortalRequest
from units.access.roles import EVERY_ROLE, Role
from units.access.rules import Policy, Rule, no_object
from units.models import ApiToken, Assignment
from units.tokens.services import revoke

pytestmark = pytest.mark.django_db

URL = "/api/notes/"


class Notes(APIView):
    def get(self, request: Request) -> Response:
        access = cast("PortalRequest", request._request).access
        return Response({"user": access.user.username, "role": access.acting.pk})

    def post(self, request: Request) -> Response:
        record_for(request._request, action="note.write", after={"size": 1})
        return Response(status=201)


urlpatterns = [*declared_urls, path("api/notes/", Notes.as_view(), name="notes")]


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    everybody = EVERY_ROLE - {Role.APPROVER}
    rules = {
        ("notes", "GET"): Rule("读便签", no_object(*everybody)),
        ("notes", "POST"): Rule("写便签", no_object(*everybody), audit="note.write"),
    }
    monkeypatch.setattr("portal.access.POLICY", Policy(POLICY, rules))
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def county() -> County:
    return make_county()


def refusals() -> list[tuple[str, str]]:
    lines = AuditEvent.objects.filter(result="denied")
    return [(line.action, line.after.get("why", "")) for line in lines]


def test_a_good_token_reads_without_leaving_a_session(county):
    _, secret = make_secret(county["clerk"])
    client = caller(secret)
    answer = client.get(URL)
    assert answer.json()["user"] == "clerk"
    assert not answer.cookies
    assert (Session.objects.count(), SignIn.objects.count()) == (0, 0)


def test_a_write_needs_no_form_token(county):
    token, secret = make_secret(county["clerk"], scope="write")
    answer = caller(secret).post(URL, {}, "application/json")
    assert (answer.status_code, bool(answer.cookies)) == (201, False)
    line = AuditEvent.objects.get(action="note.write")
    assert (line.actor, line.role, line.unit_code) == (county["clerk"], "clerk", "QS001")
    assert line.after == {"size": 1, "api_token": str(token.pk)}


def test_a_browser_needs_one(county):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(county["clerk"])
    answer = browser.post(URL, {}, "application/json")
    assert answer.status_code == 403
    assert "X-CSRFToken" in answer.json()["detail"]
    assert not AuditEvent.objects.filter(action="note.write").exists()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_read_token_changes_nothing(county, method):
    _, secret = make_secret(county["clerk"])
    answer = getattr(caller(secret), method)(URL, {}, "application/json")
    assert answer.status_code == (403 if method == "post" else 405)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not AuditEvent.objects.filter(action="note.write").exists()
    assert refusals() == ([("access.read_only", "")] if method == "post" else [])


def test_a_refused_role_is_a_problem(county):
    _, secret = make_secret(county["approver"])
    answer = caller(secret).get(URL)
    assert (answer.status_code, set(answer.json())) == (
        403,
        {"type", "title", "status", "detail", "errors"},
    )
    assert "不能办理“读便签”" in answer.json()["detail"]


def revoke_token(token: ApiToken) -> None:
    revoke(token=token, at=timezone.now(), by=token.assignment.user)


def end_token(token: ApiToken) -> None:
    ApiToken.objects.filter(pk=token.pk).update(
        created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now()
    )


def end_role(token: ApiToken) -> None:
    Assignment.objects.update(end_date=timezone.localdate())


@pytest.mark.parametrize(
    ("kill", "why", "word"),
    [
        (revoke_token, "revoked", "已撤销"),
        (end_token, "expired", "已到期"),
        (lambda token: User.objects.update(is_active=False), "account", "账号已停用"),
        (
            lambda token: token.assignment._meta.model.objects.update(
                end_date=timezone.localdate()
            ),
            "role",
            "角色不在任期内",
        ),
    ],
)
def test_a_dead_token_opens_nothing(county, kill, why, word):
    token, secret = make_secret(county["clerk"])
    client = caller(secret)
    assert client.get(URL).status_code == 200
    kill(token)
    answer = client.get(URL)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Token")
    assert word in answer.json()["detail"]
    assert refusals() == [("access.token", why)]


@pytest.mark.parametrize("secret", ["csp_unknown", "", "三个 词 的", "x" * 5000])
def test_what_is_no_token_opens_nothing_and_is_not_written_down(county, secret, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = Client(headers={"Authorization": f"Token {secret}"}).get(URL)
    assert (answer.status_code, refusals()) == (401, [("access.token", "unknown")])
    line = AuditEvent.objects.filter(action="access.token").values().get()
    assert not secret or secret not in f"{line}{caplog.text}{answer.content.decode()}"


def test_a_good_secret_is_not_written_down_either(county, caplog):
    _, secret = make_secret(county["clerk"], scope="write")
    with caplog.at_level(logging.DEBUG):
        caller(secret).post(URL, {}, "application/json")
        caller(secret).get("/api/missing/")
    lines = list(AuditEvent.objects.values())
    assert secret not in f"{lines}{caplog.text}{list(ApiToken.objects.values())}"


def test_the_token_decides_beside_a_cookie_and_leaves_it_alone(county):
    _, secret = make_secret(county["auditor"])
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    with time_machine.travel(at, tick=False) as clock:
        browser = Client()
        browser.force_login(county["clerk"])
        clock.shift(timedelta(hours=2))
        answer = browser.get(URL, headers={"Authorization": f"Token {secret}"})
    assert answer.json()["user"] == "auditor"
    assert not answer.cookies
    sign_in = SignIn.objects.get()
    assert (sign_in.seen_at, sign_in.ended_at) == (at, None)


def test_a_bad_token_is_not_made_good_by_a_cookie(county):
    browser = Client()
    browser.force_login(county["clerk"])
    assert browser.get(URL, headers={"Authorization": "Token csp_x"}).status_code == 401


def test_pages_take_no_token(county):
    _, secret = make_secret(county["clerk"])
    answer = caller(secret).get("/account/")
    assert answer.headers["Location"].startswith("/sign-in/")
    assert caller("csp_bad").get("/sign-in/").status_code == 200
    assert refusals() == []


@pytest.mark.parametrize("scheme", ["Basic", "Bearer", "Tokenx"])
def test_other_schemes_are_not_ours(county, scheme):
    _, secret = make_secret(county["clerk"])
    answer = Client(headers={"Authorization": f"{scheme} {secret}"}).get(URL)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Token")
    assert refusals() == []


def test_a_token_acts_in_its_own_role_and_no_other(county):
    token, secret = make_secret(county["clerk"])
    make_assignment(county["clerk"], Role.CLERK, county.sister)
    assert caller(secret).get(URL).json()["role"] == token.assignment_id


@pytest.mark.parametrize("change", [{"password_changed_at": None}, {"must_change_password": True}])
def test_a_password_that_is_due_stops_no_token(county, change):
    _, secret = make_secret(county["clerk"])
    long_ago = timezone.now() - timedelta(days=400)
    User.objects.filter(pk=county["clerk"].pk).update(created_at=long_ago, **change)
    assert caller(secret).get(URL).status_code == 200


@pytest.mark.parametrize(
    ("who", "network", "status"),
    [
        ("system_admin", "10.0.0.0/8", 403),
        ("system_admin", "127.0.0.0/8", 200),
        ("department_admin", "10.0.0.0/8", 403),
        ("clerk", "10.0.0.0/8", 200),
    ],
)
def test_networks_of_privileged_roles_hold_for_tokens(county, settings, who, network, status):
    _, secret = make_secret(county[who])
    settings.PRIVILEGED_NETWORKS = [network]
    assert caller(secret).get(URL).status_code == status


def test_the_last_use_is_noted_once_a_minute(county):
    token, secret = make_secret(county["clerk"])
    start = timezone.now().replace(microsecond=0)
    seen = []
    with time_machine.travel(start, tick=False) as clock:
        for address in ("10.1.1.1", "10.1.1.2", "10.1.1.3"):
            caller(secret).get(URL, REMOTE_ADDR=address)
            token.refresh_from_db()
            seen.append((token.last_used_at, token.last_address))
            clock.shift(timedelta(seconds=30))
    assert seen == [
        (start, "10.1.1.1"),
        (start, "10.1.1.1"),
        (start + timedelta(minutes=1), "10.1.1.3"),
    ]


def test_guessing_is_throttled_by_address(county, settings):
    settings.BAD_TOKENS_PER_HOUR = 3
    _, good = make_secret(county["clerk"])
    start = timezone.now().replace(microsecond=0)
    with time_machine.travel(start, tick=False) as clock:
        statuses = []
        for number in range(5):
            statuses.append(caller(f"csp_{number}").get(URL).status_code)
            clock.shift(timedelta(minutes=1))
        answer = caller("csp_x").get(URL)
        elsewhere = caller("csp_x").get(URL, REMOTE_ADDR="10.9.9.9")
        assert caller(good).get(URL).status_code == 200
        clock.shift(timedelta(seconds=int(answer.headers["Retry-After"])))
        assert caller("csp_x").get(URL).status_code == 401
    assert statuses == [401, 401, 401, 429, 429]
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(55 * 60))
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert elsewhere.status_code == 401
    assert len(refusals()) == 5
