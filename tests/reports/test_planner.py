from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from reports import mail_days, planner
from reports.evaluation import evaluate_and_save
from reports.models import Delivery, Evaluation, MailKind, MailRun, MailSchedule
from reports.national_calendar import national_calendar
from reports.periods import Month
from tests.reports.mail import NOW, make_closing, make_county, make_schedule, make_unit
from units.models import Unit

pytestmark = pytest.mark.django_db

CALENDAR = national_calendar()
BEIJING = ZoneInfo("Asia/Shanghai")
JUNE = Month(2026, 6)


def beijing(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


def plan(now: datetime) -> list[planner.Planned]:
    return planner.plan_due(now=now, calendar=CALENDAR)


def rows() -> list[tuple[str, str, str]]:
    return sorted(Delivery.objects.values_list("period", "kind", "recipient"))


def test_one_mail_to_each_unit_and_one_to_the_department():
    make_schedule(make_county(2))
    [planned] = plan(NOW)
    assert (planned.period, planned.queued, planned.already) == ("2026-06", 3, 0)
    assert rows() == [
        ("2026-06", MailKind.MONTHLY_DEPARTMENT, "xuanchuan@qs.example"),
        ("2026-06", MailKind.MONTHLY_UNIT, "qs001@qs.example"),
        ("2026-06", MailKind.MONTHLY_UNIT, "qs002@qs.example"),
    ]
    assert MailRun.objects.get().as_of == date(2026, 6, 30)


def test_a_run_is_due_from_its_hour_of_its_working_day_on():
    make_schedule(make_county(1), first_period="2026-06")
    assert plan(beijing(2026, 7, 3, 8, 59)) == []  # the 1st to 3rd are working days
    assert len(plan(beijing(2026, 7, 3, 9, 0))) == 1


@pytest.mark.parametrize(
    ("month", "workday", "day"),
    [
        ("2026-07", 3, 3),
        ("2026-10", 3, 10),  # National Day until the 7th; Saturday the 10th is worked instead
        ("2026-05", 1, 6),  # Labour Day until the 5th
        ("2026-02", 40, 28),  # no such working day: the month's last day
    ],
)
def test_working_days_are_those_of_the_chinese_calendar(month, workday, day):
    schedule = make_schedule(make_unit("QS", has_group=False), workday=workday)
    due = mail_days.due_at(schedule, Month.parse(month), CALENDAR)
    assert (due.astimezone(BEIJING).day, due.astimezone(BEIJING).hour) == (day, 9)


def test_the_month_is_that_of_beijing():
    make_schedule(make_county(1), workday=1, hour=7)
    assert plan(datetime(2026, 11, 30, 22, 59, tzinfo=UTC))[0].period == "2026-10"
    assert plan(datetime(2026, 11, 30, 23, 0, tzinfo=UTC))[0].period == "2026-11"


def test_around_every_midnight_of_ten_years_the_last_run_due_is_the_right_one():
    schedule = MailSchedule(run="monthly", workday=1, hour=0, first_period="2010-01")
    month = Month(2017, 1)
    while month <= Month(2026, 12):
        midnight = datetime.combine(month.first, time(), BEIJING)
        for minutes in range(-10, 11):
            now = (midnight + timedelta(minutes=minutes)).astimezone(UTC)
            due = mail_days.latest_due(schedule, now, CALENDAR)
            assert due is not None
            period, at = due
            following = mail_days.due_at(schedule, period.next.next, CALENDAR)
            assert at == mail_days.due_at(schedule, period.next, CALENDAR)
            assert at <= now < following
        month = month.next


def test_planning_again_changes_nothing():
    make_schedule(make_county(2))
    plan(NOW)
    before = list(Delivery.objects.values())
    assert plan(NOW) == plan(NOW + timedelta(days=9)) == []
    assert list(Delivery.objects.values()) == before


def test_nothing_is_sent_for_a_month_before_the_county_went_live():
    make_schedule(make_county(1), first_period="2026-07")
    assert plan(NOW) == []
    assert len(plan(beijing(2026, 8, 10, 9))) == 1


@pytest.mark.parametrize(("day", "late"), [(3, False), (4, False), (5, True), (30, True)])
def test_a_missed_run_is_made_good_once_and_marked_late(day, late):
    make_schedule(make_county(1))
    assert len(plan(beijing(2026, 7, day, 9))) == 1
    assert MailRun.objects.get().late is late


def test_after_a_long_outage_one_late_run_comes_not_many():
    make_schedule(make_county(1))
    assert [planned.period for planned in plan(beijing(2026, 12, 1, 9))] == ["2026-10"]
    assert plan(beijing(2026, 12, 2, 9)) == []


def test_a_disabled_schedule_sends_nothing():
    make_schedule(make_county(1), enabled=False)
    assert plan(NOW) == []


def test_a_closed_month_is_sent_as_it_was_closed():
    root = make_county(1)
    closing = make_closing(root, "2026-06")
    make_schedule(root)
    plan(NOW)
    assert MailRun.objects.get().closing == closing
    assert not Evaluation.objects.filter(closing=None).exists()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "not an address",
        "a@qs.example\nBcc: b@other.example",
        "a@qs.example\r\nSubject: x",
        "a@qs.example\r",
        "a@qs.example\n",
        "\na@qs.example",
        "a@qs.example\x0b",
        "a@qs.example\u2028Bcc: b@other.example",
        "a@qs.example, b@other.example",
        "a@qs.example;b@other.example",
        "<a@qs.example> b",
    ],
)
def test_a_unit_without_a_usable_address_is_listed_not_mailed(address):
    root = make_county(1)
    odd = make_unit("QS900", parent=root, email=address)
    make_schedule(root)
    [planned] = plan(NOW)
    assert [unit.code for unit in planned.without_address] == ["QS900"]
    assert not Delivery.objects.filter(unit=odd).exists()
    assert planned.queued == 2


def test_a_unit_that_got_its_address_later_is_queued_by_hand():
    root = make_county(1)
    make_schedule(root)
    Unit.objects.filter(code="QS001").update(email="")
    plan(NOW)
    Unit.objects.filter(code="QS001").update(email="new@qs.example")
    planned = planner.plan_month(root, JUNE, now=NOW, calendar=CALENDAR)
    assert (planned.queued, planned.already) == (1, 1)


def test_a_unit_that_got_its_address_later_is_queued_by_the_next_look():
    make_schedule(make_county(2))
    Unit.objects.filter(code__in=["QS001", "QS002"]).update(email="")
    plan(NOW)
    Unit.objects.filter(code="QS001").update(email="new@qs.example")
    assert [(planned.queued, planned.already) for planned in plan(NOW)] == [(1, 1)]
    assert plan(NOW) == []
    assert [unit.code for unit in MailRun.objects.get().unreached.all()] == ["QS002"]


def test_a_changed_address_does_not_bring_a_second_mail():
    root = make_county(1)
    make_schedule(root)
    plan(NOW)
    Unit.objects.filter(code="QS001").update(email="new@qs.example")
    assert planner.plan_month(root, JUNE, now=NOW, calendar=CALENDAR).queued == 0


def test_one_countys_trouble_stops_no_other(monkeypatch):
    bad, good = make_county(1), make_unit("TY", has_group=False)
    make_unit("TY001", parent=good)
    make_schedule(bad)
    make_schedule(good)
    real = evaluate_and_save

    def evaluate(*, root, **rest):
        if root == bad:
            raise KeyError("rule")
        return real(root=root, **rest)

    monkeypatch.setattr(planner, "evaluate_and_save", evaluate)
    assert [planned.root for planned in plan(NOW)] == [good]


def test_24_months_of_odd_calls_give_each_unit_one_mail_a_month():
    make_schedule(make_county(2), first_period="2025-01")
    now, end = beijing(2025, 1, 1, 0), beijing(2027, 1, 1, 0)
    steps = [7, 7, 61, 24 * 5, 3, 24 * 19, 1, 37]  # hours; outages of up to 19 days
    turn = 0
    while now < end:
        plan(now)
        if turn % 3 == 0:
            plan(now - timedelta(hours=2))  # a second planner whose clock is behind
        now += timedelta(hours=steps[turn % len(steps)])
        turn += 1
    months = [Month(2025, 1)]
    while months[-1].next <= Month(2026, 11):
        months.append(months[-1].next)
    expected = [month.key for month in months]
    for unit in Unit.objects.all():
        periods = unit.deliveries.order_by("period").values_list("period", flat=True)
        # the planner may begin with the month before it was first asked
        assert list(periods) == expected


@pytest.mark.django_db(transaction=True)
def test_sixteen_planners_at_once_queue_exactly_the_same():
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database has one connection")
    make_schedule(make_county(40))
    barrier = Barrier(16)

    def run() -> None:
        barrier.wait()
        plan(NOW)
        connection.close()

    threads = [Thread(target=run) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert MailRun.objects.count() == 1
    assert Delivery.objects.count() == 41
