"""A closed month stays what it was, and says what changed since."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from reports.closing import (
    ClosingError,
    close_month,
    closed_evaluations,
    closing_at,
    intact,
    standing_closing,
)
from reports.models import ClosedUnit, Closing, Evaluation
from reports.periods import Month
from tests.reports.records import at, judged, make_root, make_rules, make_session, make_unit

pytestmark = pytest.mark.django_db
MARCH = Month(2026, 3)


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


def test_a_month_is_closed_once():
    make_unit()
    make_closing()
    with pytest.raises(ClosingError, match="2026年3月已经封账"):
        make_closing()
    assert Evaluation.objects.count() == 1


def test_a_month_that_is_not_over_cannot_be_closed():
    with pytest.raises(ClosingError, match="2026年3月尚未结束"):
        close_month(root=make_root(), month=MARCH, at=at("2026-03-31"), by=None)


def test_a_part_of_a_closed_county_has_its_countys_closing():
    unit = make_unit()
    closing = make_closing()
    assert closing_at(unit, MARCH.last) == closing_at(make_root(), MARCH.last) == closing
    assert closing_at(unit, dt.date(2026, 3, 30)) is None
    assert closing_at(unit, dt.date(2026, 4, 30)) is None


def test_the_nearest_closing_counts():
    unit = make_unit()
    make_closing()
    own = close_month(root=unit, month=MARCH, at=at("2026-04-03"), by=None)
    assert closing_at(unit, MARCH.last) == own


def touch_basis():
    closing = Closing.objects.get()
    closing.basis["topics"].append({"id": "1"})
    closing.save()


def lose_a_unit():
    ClosedUnit.objects.order_by("position")[0].delete()


@pytest.mark.parametrize(
    "touch",
    [
        lambda: Evaluation.objects.update(standing="behind"),
        lambda: Evaluation.objects.all().delete(),
        lambda: ClosedUnit.objects.update(name="另一个名称"),
        lambda: ClosedUnit.objects.update(sessions=[]),
        lose_a_unit,
        lambda: Closing.objects.update(as_of="2026-03-30"),
        touch_basis,
    ],
)
def test_a_touched_snapshot_is_noticed(touch):
    make_session(make_unit())
    closing = make_closing()
    assert intact(Closing.objects.get())
    touch()
    closing.refresh_from_db()
    assert not intact(closing)


def test_a_closing_asks_a_fixed_number_of_queries(django_assert_max_num_queries):
    make_rules()
    for number in range(12):
        make_session(make_unit(f"QS{number:02}"))
    root = make_root()
    with django_assert_max_num_queries(40):
        close_month(root=root, month=MARCH, at=at("2026-04-03"), by=None)
