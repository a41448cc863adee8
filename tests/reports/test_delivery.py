from datetime import timedelta

import pytest

from reports import delivery, mail_by_hand
from reports.models import Delivery
from tests.reports.mail import NOW, make_deliveries, make_user

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def test_a_claimed_mail_is_nobody_elses_until_the_lease_ends():
    make_deliveries(["a@qs.example"])
    _, ids = delivery.claim(now=NOW)
    assert len(ids) == 1
    assert delivery.claim(now=NOW)[1] == []
    assert delivery.claim(now=NOW + delivery.LEASE)[1] == ids


def test_a_sender_that_lost_its_lease_changes_nothing():
    [row] = make_deliveries(["a@qs.example"])
    slow, _ = delivery.claim(now=NOW)
    quick, _ = delivery.claim(now=NOW + delivery.LEASE)
    assert not delivery.begin(row.id, slow, now=LATER)
    assert delivery.begin(row.id, quick, now=LATER)
    assert not delivery.mark_sent(row.id, slow, now=LATER)
    assert delivery.mark_sent(row.id, quick, now=LATER)


def test_who_dies_while_sending_leaves_unknown_and_nobody_sends_again():
    [row] = make_deliveries(["a@qs.example"])
    token, _ = delivery.claim(now=NOW)
    delivery.begin(row.id, token, now=NOW)
    assert delivery.sweep(now=NOW) == 0
    assert delivery.sweep(now=NOW + delivery.LEASE) == 1
    row.refresh_from_db()
    assert row.state == "unknown"
    assert "中断" in row.server_words
    assert delivery.claim(now=NOW + timedelta(days=30))[1] == []


def test_a_slow_sender_still_says_what_came_of_an_unknown_mail():
    [row] = make_deliveries(["a@qs.example"])
    token, _ = delivery.claim(now=NOW)
    delivery.begin(row.id, token, now=NOW)
    delivery.sweep(now=LATER)
    assert delivery.mark_sent(row.id, token, now=LATER)
    assert Delivery.objects.get().state == "sent"


def test_after_a_person_resent_it_the_old_sender_is_not_heard():
    [row] = make_deliveries(["a@qs.example"])
    token, _ = delivery.claim(now=NOW)
    delivery.begin(row.id, token, now=NOW)
    delivery.sweep(now=LATER)
    mail_by_hand.resend_unknown(row, by=make_user(), at=LATER)
    assert not delivery.mark_sent(row.id, token, now=LATER)
    assert delivery.claim(now=LATER)[1] == [row.id]


def test_held_mails_are_not_due():
    [row] = make_deliveries(["a@qs.example"])
    mail_by_hand.hold(row, by=make_user(), at=NOW)
    assert not delivery.due(LATER).exists()


def test_what_a_clock_that_ran_ahead_put_off_is_due_once_it_is_set_back():
    """One is leased, one put off for the server's sake; one was being sent, nobody knows how."""
    rows = make_deliveries(["a@qs.example", "b@qs.example", "c@qs.example"])
    ahead = NOW + timedelta(days=300)
    token, [first, *_others] = delivery.claim(now=ahead)
    delivery.begin(first, token, now=ahead)
    delivery.put_back([rows[1].id], token, until=ahead + delivery.PAUSE)
    assert delivery.claim(now=NOW)[1] == []
    assert delivery.sweep(now=NOW) == 1
    assert delivery.claim(now=NOW)[1] == [rows[1].id, rows[2].id]
