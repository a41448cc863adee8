"""Getting in, being kept out, and how long it lasts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog
from django.test import Client

from accounts.models import AuditEvent, SignIn, User
from tests.portal.county import PASSWORD, make_county

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
WRONG = "Not-the-password-1"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def county(clock):
    return make_county()


def sign_in(username: str, password: str = PASSWORD, browser: Client | None = None, **more):
    browser = browser or Client()
    return browser.post("/sign-in/", {"username": username, "password": password}, **more)


def is_in(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


def test_a_user_gets_in_whatever_the_case(county):
    assert sign_in("CLERK").headers["Location"] == "/"


def test_the_wanted_page_comes_next_but_no_foreign_one(county):
    for wanted, target in [("/help/", "/help/"), ("https://evil.example/", "/"), ("//evil", "/")]:
        data = {"username": "clerk", "password": PASSWORD, "next": wanted}
        assert Client().post("/sign-in/", data).headers["Location"] == target


@pytest.mark.parametrize(
    ("username", "password"), [("clerk", WRONG), ("unknown", PASSWORD), ("disabled", PASSWORD)]
)
def test_why_somebody_is_kept_out_is_not_said(county, username, password):
    page = sign_in(username, password).content.decode()
    assert "用户名或密码不正确，或账号已停用" in page


def test_five_failures_lock_this_user_at_this_address_for_a_quarter_of_an_hour(county, clock):
    answers = [sign_in("clerk", WRONG).status_code for _ in range(5)]
    assert answers == [200] * 4 + [429]
    assert sign_in("Clerk").status_code == 429
    assert sign_in("clerk", REMOTE_ADDR="10.0.0.8").status_code == 302
    assert sign_in("approver").status_code == 302
    clock.shift(timedelta(minutes=15, seconds=1))
    assert sign_in("clerk").status_code == 302


def test_a_forged_address_does_not_open_the_lock(county):
    for number in range(6):
        answer = sign_in("clerk", WRONG, headers={"X-Forwarded-For": f"10.1.1.{number}"})
    assert answer.status_code == 429


def test_guessing_one_account_from_many_addresses_ends_after_thirty(county, clock):
    for number in range(30):
        sign_in("clerk", WRONG, REMOTE_ADDR=f"10.2.0.{number}")
    assert "输错次数过多" in sign_in("clerk", REMOTE_ADDR="10.3.0.1").content.decode()
    clock.shift(timedelta(hours=1, seconds=1))
    assert sign_in("clerk", REMOTE_ADDR="10.3.0.1").status_code == 302


def test_what_was_typed_as_a_name_is_not_written_down(county, caplog):
    for _ in range(6):
        sign_in("My-Secret-Word-9", WRONG)
    event = AuditEvent.objects.filter(action="account.sign_in", result="failed").first()
    assert event is not None
    assert (event.actor, event.object_id, event.before, event.after) == (None, "", {}, {})
    kept = [*AccessAttempt.objects.values(), *AccessFailureLog.objects.values()]
    assert len(kept) >= 6
    assert "secret-word" not in f"{kept}{caplog.text}".lower()


def test_a_lock_counts_an_account_spelt_with_capitals(county):
    User.objects.filter(username="clerk").update(username="Clerk")
    for _ in range(4):
        sign_in("clerk", WRONG)
    assert sign_in("CLERK").status_code == 302
    for _ in range(4):
        assert sign_in("clerk", WRONG).status_code == 200


@pytest.mark.parametrize(
    ("role", "minutes"), [("clerk", 30), ("department_admin", 15), ("security_auditor", 15)]
)
@pytest.mark.parametrize(("seconds", "stays"), [(-1, True), (0, False), (1, False)])
def test_an_idle_session_ends(county, clock, role, minutes, seconds, stays):
    browser = Client()
    sign_in(role, browser=browser)
    assert browser.get("/").status_code == 200
    clock.shift(timedelta(minutes=minutes, seconds=seconds))
    assert is_in(browser) is stays


def test_a_session_in_use_ends_after_twelve_hours(county, clock):
    browser = Client()
    sign_in("clerk", browser=browser)
    for _ in range(12 * 3 - 1):
        clock.shift(timedelta(minutes=20))
        assert is_in(browser)
    clock.shift(timedelta(minutes=19, seconds=59))
    assert is_in(browser)
    clock.shift(timedelta(seconds=1))
    assert not is_in(browser)


def test_a_newer_sign_in_ends_the_older_and_says_so(county):
    first, second = Client(), Client()
    sign_in("clerk", browser=first)
    sign_in("clerk", browser=second)
    assert is_in(second)
    assert "账号在别处登录" in first.get("/", follow=True).content.decode()


def test_more_sessions_at_once_where_the_county_allows_them(county, settings):
    settings.CONCURRENT_SESSIONS = 2
    browsers = [Client(), Client(), Client()]
    for browser in browsers:
        sign_in("clerk", browser=browser)
    assert [is_in(browser) for browser in browsers] == [False, True, True]


def test_a_cookie_is_worth_nothing_after_signing_out(county):
    browser = Client()
    sign_in("clerk", browser=browser)
    cookie = browser.cookies["session"].value
    answer = browser.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    browser.cookies["session"] = cookie
    assert not is_in(browser)


def test_a_disabled_account_is_out_at_once(county):
    browser = Client()
    sign_in("clerk", browser=browser)
    User.objects.filter(username="clerk").update(is_active=False)
    assert not is_in(browser)


def test_signing_out_everywhere_ends_every_browser(county, settings):
    settings.CONCURRENT_SESSIONS = 2
    here, there = Client(), Client()
    sign_in("clerk", browser=here)
    sign_in("clerk", browser=there)
    here.post("/sign-out/everywhere/")
    assert not is_in(here)
    assert not is_in(there)
    assert not SignIn.objects.running().filter(user=county["clerk"]).exists()


def test_forms_need_the_token(county):
    browser = Client(enforce_csrf_checks=True)
    answer = sign_in("clerk", browser=browser)
    assert answer.status_code == 403
    assert "页面已失效" in answer.content.decode()


def test_trying_on_while_locked_out_leaves_lines(county):
    for _ in range(7):
        sign_in("clerk", WRONG)
    trail = AuditEvent.objects.filter(object_id=county["clerk"].pk).order_by("pk")
    assert [line.action for line in trail] == ["account.sign_in"] * 4 + ["account.lock_out"] * 3


def test_trying_on_from_everywhere_leaves_a_line_each(county):
    for number in range(32):
        sign_in("clerk", WRONG, REMOTE_ADDR=f"10.0.0.{number}")
    trail = AuditEvent.objects.filter(object_id=county["clerk"].pk)
    assert trail.count() == 32
    assert trail.filter(action="account.lock_out").count() == 2
