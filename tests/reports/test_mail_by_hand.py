from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from reports import mail_by_hand
from reports.models import Delivery
from tests.reports.mail import NOW, make_deliveries, make_run, make_unit, make_user

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "action", "after"),
    [
        ("queued", mail_by_hand.hold, "held"),
        ("retry", mail_by_hand.hold, "held"),
        ("held", mail_by_hand.release, "queued"),
        ("unknown", mail_by_hand.resend_unknown, "queued"),
        ("bounced", mail_by_hand.resend_bounced, "queued"),
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
    with pytest.raises(mail_by_hand.WrongStateError, match="刷新"):
        mail_by_hand.hold(row, by=make_user(), at=LATER)
    assert Delivery.objects.get().state == state
    assert not AuditEvent.objects.exists()


def test_a_refused_mail_goes_to_the_address_the_unit_has_now():
    [row] = make_deliveries(["old@qs.example"])
    Delivery.objects.update(state="bounced", attempts=4)
    mail_by_hand.resend_bounced(row, by=make_user(), at=LATER)
    assert (row.recipient, row.attempts, row.queued_at) == ("qs001@qs.example", 0, LATER)


def test_a_refused_mail_that_a_wider_county_has_sent_to_the_new_address_is_not_sent_again():
    [row] = make_deliveries(["old@qs.example"])
    Delivery.objects.update(state="bounced")
    wider = make_run(make_unit("CS", has_group=False))
    same = {"kind": row.kind, "period": row.period, "unit": row.unit, "queued_at": NOW}
    Delivery.objects.create(run=wider, recipient=row.unit.email, message_id="<x@cs>", **same)
    with pytest.raises(mail_by_hand.WrongStateError, match="不用重发"):
        mail_by_hand.resend_bounced(row, by=make_user(), at=LATER)
    assert not AuditEvent.objects.exists()
