from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import OneTimeLink, User
from accounts.one_time_links import create_link, find_link, use_link
from accounts.passwords import set_password
from tests.portal.county import PASSWORD, make_user

pytestmark = pytest.mark.django_db

NEW = "Baiyun-7431-shanxi"
BOTH = {"new_password1": NEW, "new_password2": NEW}


def test_only_the_digest_of_a_token_is_stored():
    token = create_link(user=make_user("clerk"), at=timezone.now())
    link = OneTimeLink.objects.get()
    assert token not in {link.token_digest, str(link)}


def test_a_link_opens_for_a_day_and_once():
    now = timezone.now()
    token = create_link(user=make_user("clerk"), at=now)
    assert find_link(token, now + timedelta(hours=24)) is None
    link = find_link(token, now + timedelta(hours=23, minutes=59))
    assert link is not None
    assert [use_link(link=link, at=now), use_link(link=link, at=now)] == [True, False]
    assert find_link(token, now) is None


def test_a_newer_link_replaces_the_older():
    user, now = make_user("clerk"), timezone.now()
    older, newer = create_link(user=user, at=now), create_link(user=user, at=now)
    assert find_link(older, now) is None
    assert find_link(newer, now) is not None


def test_the_owner_sets_a_password_and_signs_in_with_it():
    out = StringIO()
    make_user("clerk")
    call_command("create_setup_link", "--user", "Clerk", stdout=out)
    address = out.getvalue().strip().removeprefix("http://127.0.0.1:8000")
    assert Client().post(address, BOTH).headers["Location"] == "/sign-in/"
    answers = [
        Client().post("/sign-in/", {"username": "clerk", "password": word}).status_code
        for word in (PASSWORD, NEW)
    ]
    assert answers == [200, 302]
    assert Client().post(address, BOTH).status_code == 404


def test_a_bad_password_does_not_use_the_link_up():
    token = create_link(user=make_user("clerk"), at=timezone.now())
    bad = {"new_password1": "Xuanchuan@2026", "new_password2": "Xuanchuan@2026"}
    answer = Client().post(f"/links/{token}/password/", bad)
    assert "容易猜到" in answer.content.decode()
    assert find_link(token, timezone.now()) is not None


def test_the_first_link_is_given_only_while_there_is_no_account():
    call_command("create_setup_link", stdout=StringIO())
    assert OneTimeLink.objects.get().user is None
    make_user("clerk")
    with pytest.raises(CommandError, match="已有账号"):
        call_command("create_setup_link")
    with pytest.raises(CommandError, match="没有名为"):
        call_command("create_setup_link", "--user", "nobody")
    assert User.objects.count() == 1


def test_a_password_chosen_otherwise_ends_the_link_that_waits():
    user, now = make_user("clerk"), timezone.now()
    token = create_link(user=user, at=now)
    set_password(user=user, password=NEW, at=now)
    assert find_link(token, now) is None
    assert Client().post(f"/links/{token}/password/", BOTH).status_code == 404
