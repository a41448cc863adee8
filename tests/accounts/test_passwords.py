"""Changing the password, when it must be, and what that ends."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, SignIn, User
from accounts.passwords import days_left, must_change
from tests.portal.county import PASSWORD, make_county

pytestmark = pytest.mark.django_db

NEW = "Baiyun-7431-shanxi"


def change(browser: Client, old: str = PASSWORD, new: str = NEW):
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return browser.post("/account/password/", data)


@pytest.fixture
def county(settings):
    settings.CONCURRENT_SESSIONS = 2
    return make_county()


@pytest.mark.parametrize(
    ("age", "initial", "due"), [(0, True, True), (89, False, False), (90, False, True)]
)
def test_when_a_password_must_be_changed(age, initial, due):
    now = timezone.now()
    user = User(must_change_password=initial, password_changed_at=now - timedelta(days=age))
    assert must_change(user, now) is due


@pytest.mark.parametrize(("age", "left"), [(74, None), (75, 15), (89, 1)])
def test_a_fortnight_ahead_the_user_is_told(age, left):
    now = timezone.now()
    assert days_left(User(password_changed_at=now - timedelta(days=age)), now) == left


def test_changing_frees_the_account_and_keeps_this_browser_only(county):
    here, there = Client(), Client()
    for browser in (here, there):
        browser.force_login(county["initial"])
    assert here.get("/").headers["Location"] == "/account/password/"
    assert change(here).headers["Location"] == "/"
    assert here.get("/").status_code == 200
    assert there.get("/").headers["Location"].startswith("/sign-in/")
    ends = SignIn.objects.filter(user=county["initial"]).values_list("end", flat=True)
    assert sorted(ends) == ["", "password"]


def test_a_wrong_old_password_changes_nothing(county):
    browser = Client()
    browser.force_login(county["clerk"])
    assert change(browser, old="Not-the-password-1").status_code == 200
    assert county["clerk"].check_password(PASSWORD)
    line = AuditEvent.objects.get(action="account.password_change")
    assert (line.result, line.before, line.after) == ("failed", {}, {})


def test_five_wrong_old_passwords_close_the_page_for_a_quarter_of_an_hour(county):
    browser, now = Client(), timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        browser.force_login(county["clerk"])
        answers = [change(browser, old=f"Not-the-password-{n}").status_code for n in range(5)]
        assert [*answers, change(browser).status_code] == [200] * 5 + [429]
        assert User.objects.get(username="clerk").check_password(PASSWORD)
        clock.shift(timedelta(minutes=15, seconds=1))
        assert change(browser).headers["Location"] == "/"


def test_an_outsider_cannot_change_anybodys_password(county):
    assert change(Client()).headers["Location"] == "/sign-in/"
