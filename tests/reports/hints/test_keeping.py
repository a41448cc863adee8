"""Hints on record follow the records; what people decided stands."""

import datetime as dt
import sys
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from reports.hints import search
from reports.hints.services import dismiss, explain
from reports.models import Hint, HintSearch
from reports.tasks import find_hints, sweep
from sessions.models import Evidence
from tests.portal.county import make_user
from tests.reports.hints.make import NOW, TODAY, find, make_file
from tests.reports.records import make_session, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def files():
    return [make_file(make_session(make_unit(code, members=0), "2026-03-04")) for code in "AB"]


def close(hint: Hint) -> bool:
    return dismiss(hint=hint, version=hint.version, note="统一下发", by=make_user("x"), at=NOW)


def test_a_second_search_changes_nothing(files):
    (hint,) = find()
    assert search.search(as_of=TODAY, at=NOW) == (0, 0, 0)
    assert find()[0].version == hint.version == 1


def test_what_is_gone_closes_itself_and_comes_back(files):
    find()
    Evidence.objects.filter(pk=files[1].pk).update(sha256="c" * 64)
    assert find()[0].state == "gone"
    Evidence.objects.filter(pk=files[1].pk).update(sha256=files[0].sha256)
    assert find()[0].state == "open"


def test_an_explained_one_comes_back_explained(files):
    (hint,) = find()
    side = hint.sides.all()[0]
    assert explain(side=side, version=1, explanation="联学", by=make_user("x"), at=NOW)
    Evidence.objects.filter(pk=files[1].pk).update(sha256="c" * 64)
    assert find()[0].state == "gone"
    assert not explain(side=side, version=2, explanation="又", by=make_user("y"), at=NOW)
    Evidence.objects.filter(pk=files[1].pk).update(sha256=files[0].sha256)
    assert find()[0].state == "explained"


def test_a_dismissed_one_stays_dismissed_even_when_it_grows(files):
    (hint,) = find()
    assert close(hint)
    make_file(make_session(make_unit("C", members=0), "2026-03-05"))
    Evidence.objects.filter(pk=files[1].pk).delete()
    (hint,) = find()
    assert hint.state == "dismissed"
    assert [side.unit.code for side in hint.sides.exclude(facts={})] == ["A", "C"]
    Evidence.objects.all().delete()
    assert find()[0].state == "dismissed"


def test_nobody_dismisses_what_has_grown_meanwhile(files):
    (hint,) = find()
    make_file(make_session(make_unit("C", members=0), "2026-03-05"))
    find()
    assert not close(hint)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hint.objects.update(state="dismissed")


def test_older_records_are_left_alone(files):
    (hint,) = find()
    search.search(as_of=dt.date(2028, 1, 5), at=NOW)
    hint.refresh_from_db()
    assert hint.state == "open"


def test_one_search_a_day_and_one_for_each_wish(files):
    with time_machine.travel(NOW, tick=False) as clock:
        find_hints()
        assert Hint.objects.count() == 1
        find_hints()
        assert HintSearch.objects.count() == 1
        assert search.ask(by=None, at=NOW)
        assert not search.ask(by=None, at=NOW)
        find_hints()
        assert HintSearch.objects.filter(is_done=True).count() == 2
        clock.shift(dt.timedelta(days=1))
        find_hints()
    assert HintSearch.objects.filter(is_done=True).count() == 3


def test_a_search_under_way_is_not_taken_up_twice_and_a_dead_one_is(files):
    search.ask(by=None, at=NOW)
    HintSearch.objects.update(lease_until=NOW + search.LEASE)
    assert not search.waits(NOW)
    assert search.run_due(clock=lambda: NOW) is None
    later = NOW + search.LEASE
    assert search.waits(later)
    assert search.run_due(clock=lambda: later) == (1, 0, 0)


def test_a_search_that_fails_is_tried_three_times(monkeypatch):
    monkeypatch.setattr(search, "FINDERS", (lambda on: 1 / 0,))
    for number in range(4):
        search.run_due(clock=partial(NOW.__add__, search.LEASE * number))
    (row,) = HintSearch.objects.all()
    assert (row.is_done, row.finished_at, row.attempts) == (True, None, 3)


def test_a_search_whose_worker_dies_each_time_is_given_up(monkeypatch):
    monkeypatch.setattr(search, "FINDERS", (lambda on: sys.exit(),))
    for number in range(3):
        with pytest.raises(SystemExit):
            search.run_due(clock=partial(NOW.__add__, search.LEASE * number))
    assert search.run_due(clock=lambda: NOW + search.LEASE * 3) is None
    (row,) = HintSearch.objects.all()
    assert (row.is_done, row.finished_at, row.attempts) == (True, None, 3)


@pytest.mark.parametrize("is_done", [True, False])
def test_a_clock_that_ran_ahead_keeps_no_search_from_its_day(files, is_done):
    ahead = NOW + dt.timedelta(days=300)
    lease = ahead + search.LEASE
    HintSearch.objects.create(asked_at=ahead, lease_until=lease, is_done=is_done, attempts=1)
    assert search.run_due(clock=lambda: NOW) == (1, 0, 0)


def test_the_sweep_calls_up_what_waits(monkeypatch):
    called: list[str] = []
    monkeypatch.setattr("reports.tasks.wake", called.append)
    sweep()
    assert called == []
    search.ask(by=None, at=NOW)
    sweep()
    assert called == ["find_hints"]
