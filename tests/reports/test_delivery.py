from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from reports import delivery
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
    delivery.resend_unknown(row, by=make_user(), at=LATER)
    assert not delivery.mark_sent(row.id, token, now=LATER)
    assert delivery.claim(now=LATER)[1] == [row.id]


@pytest.mark.parametrize(
    ("state", "action", "after"),
    [
        ("queued", delivery.hold, "held"),
        ("retry", delivery.hold, "held"),
        ("held", delivery.release, "queued"),
        ("unknown", delivery.resend_unknown, "queued"),
        ("bounced", delivery.resend_bounced, "queued"),
    ],
)
def test_a_person_moves_a_mail_and_leaves_a_trace(state, action, after):
    [row] = make_deliveries(["a@qs.example"])
    Delivery.objects.update(state=state)
    row.refresh_from_db()
    action(row, by=make_user(), at=LATER)
    assert row.state == after
    trace = AuditEvent.objects.get(object_type="delivery")
    assert (trace.before, trace.after) == ({"state": state}, {"state": after})


@pytest.mark.parametrize("state", ["sending", "sent", "bounced", "unknown", "held"])
def test_only_a_waiting_mail_can_be_held(state):
    [row] = make_deliveries(["a@qs.example"])
    Delivery.objects.update(state=state)
    with pytest.raises(delivery.WrongStateError, match="刷新"):
        delivery.hold(row, by=make_user(), at=LATER)
    assert Delivery.objects.get().state == state
    assert not AuditEvent.objects.exists()


def test_a_refused_mail_goes_to_the_address_the_unit_has_now():
    [row] = make_deliveries(["old@qs.example"])
    Delivery.objects.update(state="bounced", attempts=4)
    delivery.resend_bounced(row, by=make_user(), at=LATER)
    assert (row.recipient, row.attempts, row.queued_at) == ("qs001@qs.example", 0, LATER)


def test_held_mails_are_not_due():
    [row] = make_deliveries(["a@qs.example"])
    delivery.hold(row, by=make_user(), at=NOW)
    assert not delivery.due(LATER).exists()
