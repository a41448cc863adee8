from datetime import timedelta

import pytest
from django.core.management import call_command

from reports import clock_guard, tasks
from reports.clock_guard import Reading, jumped, read_clocks
from reports.models import Delivery
from tests.reports.mail import NOW, make_county, make_schedule

pytestmark = pytest.mark.django_db
UP = timedelta(hours=5)


def look(*, after: timedelta = timedelta(), shown: timedelta | None = None, boot: str = "a"):
    """A look `after` so long, at a clock that shows another time to have passed."""
    return jumped(Reading(boot, NOW + (after if shown is None else shown), UP + after))


def test_time_that_passes_is_no_jump():
    assert look() is None
    assert look(after=timedelta(days=90)) is None


@pytest.mark.parametrize("days", [2, 40])
def test_a_clock_set_forward_is_told_until_it_is_put_right(days):
    look()
    assert look(shown=timedelta(days=days)) == timedelta(days=days)
    assert look(after=timedelta(hours=1), shown=timedelta(days=days, hours=1))
    assert look(after=timedelta(hours=2)) is None


def test_a_clock_corrected_a_little_at_a_time_is_none():
    look()
    for hours in range(1, 60):
        assert look(shown=timedelta(hours=hours)) is None


def test_set_back_and_right_again_is_no_jump():
    look()
    assert look(shown=timedelta(days=-40)) is None
    assert look(after=timedelta(hours=1)) is None


def test_another_start_of_the_machine_is_another_zero():
    look()
    assert look(shown=timedelta(days=3), boot="b") is None


def test_a_person_accepts_the_clock(capsys):
    look()
    call_command("accept_clock")
    assert look(shown=timedelta(days=40)) is None
    assert "已确认" in capsys.readouterr().out


def test_no_mail_is_planned_by_a_clock_set_forward(monkeypatch):
    make_schedule(make_county(1))
    look()
    ahead = Reading("a", NOW + timedelta(days=40), UP)
    monkeypatch.setattr(clock_guard, "read_clocks", lambda: ahead)
    tasks.tick()
    assert not Delivery.objects.exists()


def test_this_machine_tells_its_clocks():
    first, second = read_clocks(), read_clocks()
    assert first is not None
    assert second is not None
    assert first.boot == second.boot
    assert abs((first.now - first.running) - (second.now - second.running)) < timedelta(seconds=1)
