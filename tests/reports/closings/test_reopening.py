"""A closed month is opened again by two people, with a reason, and leaves a trace."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, User
from reports.closing import ClosingError, close_month, standing_closing
from reports.closings.reopening import (
    ask_reopening,
    confirm_reopening,
    decline_reopening,
    other_deciders,
)
from reports.models import Closing, Reopening
from reports.periods import Month
from tests.reports.mail import make_user
from tests.reports.records import at, make_root, make_unit
from units.access.roles import Role
from units.assignments import grant

pytestmark = pytest.mark.django_db
MARCH = Month(2026, 3)
NOW = at("2026-04-09")


@pytest.fixture
def closing():
    make_unit()
    return close_month(root=make_root(), month=MARCH, at=at("2026-04-08"), by=None)


@pytest.fixture
def asker():
    return make_user("asker")


@pytest.fixture
def other():
    return make_user("other")


def ask(closing: Closing, by: User, reason: str = "漏报一次学习") -> Reopening:
    return ask_reopening(closing=closing, reason=reason, at=NOW, by=by)


def test_a_month_opens_when_somebody_else_confirms(closing, asker, other):
    asked = ask(closing, asker)
    assert standing_closing(make_root(), MARCH) == closing
    confirm_reopening(reopening=asked, at=NOW, by=other)
    assert standing_closing(make_root(), MARCH) is None
    closing.refresh_from_db()
    assert (closing.reopened_by, closing.reopen_reason) == (other, "漏报一次学习")
    actions = AuditEvent.objects.order_by("id").values_list("action", "actor__username")
    assert list(actions)[1:] == [("month_reopen_ask", "asker"), ("month_reopen", "other")]


def test_nobody_confirms_the_own_request(closing, asker):
    asked = ask(closing, asker)
    with pytest.raises(ClosingError, match="不能确认自己的申请"):
        confirm_reopening(reopening=asked, at=NOW, by=asker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reopening.objects.update(state="confirmed", decided_by=asker, decided_at=NOW)
    assert standing_closing(make_root(), MARCH) == closing


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_asked(closing, asker, reason):
    with pytest.raises(ClosingError, match="必须写明原因"):
        ask(closing, asker, reason)


def test_a_second_request_and_a_second_decision_are_refused(closing, asker, other):
    asked = ask(closing, asker)
    with pytest.raises(ClosingError, match="已经有人申请"):
        ask(closing, other)
    decline_reopening(reopening=asked, at=NOW, by=other)
    with pytest.raises(ClosingError, match="已由他人办理"):
        confirm_reopening(reopening=asked, at=NOW, by=other)
    assert standing_closing(make_root(), MARCH) == closing


@pytest.mark.parametrize(("by", "state"), [("asker", "withdrawn"), ("other", "refused")])
def test_a_request_ends_without_opening_and_may_be_made_again(closing, asker, other, by, state):
    asked = ask(closing, asker)
    decline_reopening(reopening=asked, at=NOW, by={"asker": asker, "other": other}[by])
    assert asked.state == state
    assert ask(closing, asker, "再次申请").state == "asked"
    assert closing.reopenings.count() == 2


def test_a_month_is_closed_again_and_its_history_stays(closing, asker, other):
    confirm_reopening(reopening=ask(closing, asker), at=NOW, by=other)
    again = close_month(root=make_root(), month=MARCH, at=at("2026-04-10"), by=asker)
    assert list(Closing.objects.order_by("id")) == [closing, again]
    with pytest.raises(ClosingError, match="已经重新开放"):
        ask(closing, asker)


@pytest.mark.parametrize(
    ("role", "changes", "number"),
    [
        (Role.DEPARTMENT_ADMIN, {}, 1),
        (Role.AUDITOR, {}, 0),
        (Role.DEPARTMENT_ADMIN, {"end_date": dt.date(2026, 4, 9)}, 0),
    ],
)
def test_only_administrators_of_the_day_can_decide(closing, asker, other, role, changes, number):
    start = dt.date(2026, 1, 1)
    for user in (asker, other):
        grant(user=user, role=role, unit=make_root(), start_date=start, at=NOW, **changes)
    assert other_deciders(closing, than=asker, on=NOW.date()) == number
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert other_deciders(closing, than=asker, on=NOW.date()) == 0
