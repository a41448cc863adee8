"""The same request twice: done once, answered alike."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from portal.models import Feedback
from units.models import AnsweredRequest
from units.rest.replaying import forget_answers

KEY = {"Idempotency-Key": "2026-11-a"}


def post(browser, text, headers=KEY):
    return browser.post(
        "/api/v1/notes", {"text": text}, content_type="application/json", headers=headers
    )


def test_a_repeat_gets_the_same_answer_and_nothing_is_written_twice(clerk):
    first, second = post(clerk, "一"), post(clerk, "一")
    assert (first.status_code, first.json(), first["ETag"]) == (
        second.status_code,
        second.json(),
        second["ETag"],
    )
    assert (Feedback.objects.count(), second["Idempotency-Replayed"]) == (1, "true")


def test_without_a_key_it_is_done_again(clerk):
    assert [post(clerk, "一", {}).status_code for _ in range(2)] == [201, 201]
    assert Feedback.objects.count() == 2


def test_the_key_of_another_request_is_refused(clerk):
    post(clerk, "一")
    assert (post(clerk, "二").status_code, Feedback.objects.count()) == (422, 1)


@pytest.mark.parametrize(("text", "status"), [("refuse", 409), ("fail", 500), ("x" * 21, 400)])
def test_what_failed_wrote_nothing_and_leaves_the_key_free(clerk, text, status):
    assert [post(clerk, text).status_code for _ in range(2)] == [status, status]
    assert (Feedback.objects.count(), AnsweredRequest.objects.count()) == (0, 0)


def test_while_the_first_is_running_the_second_waits(clerk):
    post(clerk, "一")
    AnsweredRequest.objects.update(status=None, taken_at=timezone.now())
    answer = post(clerk, "一")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem:still-running")


def test_what_died_without_an_answer_is_done_by_the_next(clerk):
    post(clerk, "一")
    AnsweredRequest.objects.update(status=None, taken_at=timezone.now())
    Feedback.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert post(clerk, "一").status_code == 201
    assert Feedback.objects.count() == 1


def test_what_took_so_long_that_another_took_it_up_is_undone(clerk, monkeypatch):
    def taken_up_meanwhile(*_given):
        AnsweredRequest.objects.update(taken_at=timezone.now() + timedelta(minutes=4))
        return '"1"'

    monkeypatch.setattr("units.rest.resources.etag_of", taken_up_meanwhile)
    assert (post(clerk, "一").status_code, Feedback.objects.count()) == (409, 0)


@pytest.mark.parametrize("key", ["", "中文", "a b", "x" * 201])
def test_what_is_no_key_is_refused(clerk, key):
    assert post(clerk, "一", {"Idempotency-Key": key}).status_code == 400


def test_answers_are_forgotten_after_two_days(clerk):
    post(clerk, "一")
    now = timezone.now()
    assert forget_answers(now=now + timedelta(hours=47)) == 0
    assert forget_answers(now=now + timedelta(hours=49)) == 1


def test_another_users_key_is_another_key(clerk):
    post(clerk, "一")
    AnsweredRequest.objects.update(user=User.objects.get(username="approver"))
    assert post(clerk, "一").status_code == 201
