"""Nobody's name, address or number stands in the log, whatever goes wrong."""

import logging

import pytest
from celery import shared_task
from django.db import DataError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import forms
from accounts.models import User
from accounts.one_time_links import create_link
from portal.models import Feedback
from reports.sending import send_chunk
from tests.portal.county import make_user
from tests.portal.logs.lines import Log, written
from tests.reports.mail import Clock, make_deliveries, plain_composer
from tests.services.smtp import free_port, smtp_server

NAME, LOGIN, MAIL, PHONE = "测甲零零七", "ceshijia007", "ceshijia007@example.gov", "13900001111"
CANARIES = (NAME, LOGIN, PHONE, NAME.encode("unicode_escape").decode(), "%E6%B5%8B")

pytestmark = pytest.mark.django_db


def silent(log: Log) -> bool:
    """Whether no canary sings; and something was logged at all."""
    assert log.lines()
    return not [each for each in CANARIES if each in str(log)]


def test_signing_in_in_vain_and_being_locked_out(client):
    make_user(LOGIN)
    with written(logging.DEBUG) as log:
        for _ in range(6):
            client.post("/sign-in/", {"username": LOGIN, "password": f"{NAME}{PHONE}"})
    assert [line for line in log.lines() if line["logger"].startswith("axes")]
    assert silent(log)


def test_addresses_and_hosts_that_are_not_ours(client):
    with written(logging.DEBUG) as log:
        client.get(f"/{NAME}/{LOGIN}/?q={PHONE}")
        client.get("/sign-in/", {"next": f"/{MAIL}"}, headers={"host": f"{LOGIN}.example"})
        client.get("/sign-in/", headers={"user-agent": NAME, "referer": f"http://x/{LOGIN}"})
        Client(enforce_csrf_checks=True).post("/sign-in/", {"username": LOGIN})
    assert silent(log)


def test_a_links_secret_is_no_word_of_the_log(client):
    secret = create_link(user=make_user("guest"), at=timezone.now())
    with written(logging.DEBUG) as log:
        client.get(f"/links/{secret}/password/")
        client.get(f"/links/{secret}/")
    assert secret not in str(log)


@pytest.mark.parametrize("kind", [ValueError, DataError, KeyError, OSError])
def test_a_page_that_breaks_over_what_was_typed(client, monkeypatch, kind):
    def fail(form, request, typed):
        raise kind(f"{typed} {NAME}") from RuntimeError(MAIL)

    monkeypatch.setattr(forms.SignInForm, "__init__", fail)
    client.raise_request_exception = False
    with written(logging.DEBUG) as log:
        answer = client.post("/sign-in/", {"username": LOGIN, "password": PHONE})
    assert answer.status_code == 500
    (line,) = log.of("django.request")
    assert line["request_id"] == answer["X-Request-ID"]
    assert silent(log)


def test_what_the_database_refuses():
    make_user(LOGIN)
    with written() as log:
        try:
            with transaction.atomic():
                make_user(LOGIN)
        except IntegrityError:
            logging.getLogger("reports.jobs").exception("not saved")
        try:
            with transaction.atomic():
                Feedback.objects.create(author=User(pk=10**9), text=NAME, page=MAIL)
        except (IntegrityError, ValueError):
            logging.getLogger("some.library").exception("not saved: %s", NAME)
    assert silent(log)


def test_a_task_that_breaks_over_what_it_was_given():
    @shared_task(name="tests.breaks")
    def breaks(name: str) -> None:
        raise ValueError(name)

    with written(logging.DEBUG) as log:
        breaks.apply(args=(NAME,), kwargs={})
    (line,) = [line for line in log.lines() if line["level"] == "ERROR"]
    assert (line["task"], line["error"]) == ("tests.breaks", "ValueError")
    assert silent(log)


@pytest.mark.django_db(transaction=True)
def test_mails_that_are_refused_cut_off_or_cannot_be_built(settings):
    def composer(ids):
        made = plain_composer(ids)
        return {**made, min(made): ValueError(NAME)}

    names = ("unit", "refused550", "later451", "drop")
    make_deliveries([f"{name}@{LOGIN}.example" for name in names])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with written(logging.DEBUG) as log, smtp_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        ended = send_chunk(clock=Clock(), composer=composer)
    assert ended == {"held": 1, "bounced": 1, "retry": 1, "unknown": 1}
    assert silent(log)


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away(settings):
    make_deliveries([f"unit@{LOGIN}.example"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with written(logging.DEBUG) as log:
        send_chunk(clock=Clock(), composer=plain_composer)
    assert log.of("reports.sending")
    assert silent(log)
