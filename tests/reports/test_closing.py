"""A closed month stays what it was, and says what changed since."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from reports.closing import (
    ClosingError,
    close_month,
    closed_evaluations,
    differences_since,
    intact,
    reopen,
    standing_closing,
)
from reports.models import Evaluation
from reports.periods import Month
from tests.reports.records import at, judged, make_root, make_rules, make_session, make_unit, review

pytestmark = pytest.mark.django_db
MARCH = Month(2026, 3)
TODAY = dt.date(2026, 5, 20)


def make_closing(**values):
    return close_month(root=make_root(), month=MARCH, at=at("2026-04-03"), by=None, **values)


def test_a_closing_keeps_every_unit_at_the_months_last_day():
    make_rules()
    unit = make_session(make_unit()).unit
    make_unit("QS02")
    closing = make_closing()
    snapshot = {unit_id: evaluation for unit_id, evaluation, _ in closed_evaluations(closing)}
    assert len(snapshot) == 2
    assert snapshot[unit.pk] == judged(unit, MARCH.last).evaluation
    assert standing_closing(make_root(), MARCH) == closing
    assert AuditEvent.objects.filter(action="month_close").count() == 1


def test_later_changes_show_as_differences_and_alter_nothing_stored():
    make_rules()
    unit = make_session(make_unit(), "2026-03-05").unit
    make_unit("QS02")
    closing = make_closing()
    kept = list(closed_evaluations(closing))
    assert list(differences_since(closing, today=TODAY)) == []
    make_session(unit, "2026-04-10")
    assert list(differences_since(closing, today=TODAY)) == []
    late = make_session(unit, "2026-03-20", steps=[])
    review(late, "submit", "2026-04-20")
    (difference,) = differences_since(closing, today=TODAY)
    assert difference.before is not None
    assert (difference.before.sessions, difference.after.sessions) == (1, 2)
    assert difference.unit_id == unit.pk
    assert late.pk in difference.sessions
    assert list(closed_evaluations(closing)) == kept


def test_a_month_is_closed_once():
    make_unit()
    make_closing()
    with pytest.raises(ClosingError, match="2026年3月已经封账"):
        make_closing()
    assert Evaluation.objects.count() == 1


def test_a_month_that_is_not_over_cannot_be_closed():
    with pytest.raises(ClosingError, match="2026年3月尚未结束"):
        close_month(root=make_root(), month=MARCH, at=at("2026-03-31"), by=None)


def test_a_month_is_reopened_with_a_reason_only_and_closed_anew():
    make_unit()
    closing = make_closing()
    with pytest.raises(ClosingError, match="必须写明原因"):
        reopen(closing=closing, reason=" ", at=at("2026-04-05"), by=None)
    reopen(closing=closing, reason="漏报一次学习", at=at("2026-04-05"), by=None)
    assert standing_closing(make_root(), MARCH) is None
    assert make_closing().pk != closing.pk
    with pytest.raises(ClosingError, match="已经重新开放"):
        reopen(closing=closing, reason="再次", at=at("2026-04-06"), by=None)


@pytest.mark.parametrize("change", ["edit", "remove"])
def test_a_touched_snapshot_is_noticed(change):
    make_unit()
    closing = make_closing()
    assert intact(closing)
    if change == "edit":
        Evaluation.objects.update(standing="behind")
    else:
        Evaluation.objects.all().delete()
    assert not intact(closing)
