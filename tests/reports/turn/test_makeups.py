import datetime as dt

import pytest

from reports.turn.makeups import OpenMakeups, open_makeups
from sessions.models import Attendance
from tests.reports.records import make_root, make_rules, make_session, make_unit

pytestmark = pytest.mark.django_db


def found(unit, today="2027-01-12"):
    return open_makeups(make_root(), 2026, dt.date.fromisoformat(today)).get(unit.pk)


def test_open_makeups_keep_their_deadlines_over_the_turn():
    make_rules()
    unit = make_unit(members=4)
    make_session(unit, "2026-11-10", statuses=["absent"])
    make_session(unit, "2026-12-28", statuses=["absent", "leave", "absent"])
    assert found(unit) == OpenMakeups(3, 1, dt.date(2027, 1, 27))
    assert found(unit, "2026-12-30") == OpenMakeups(3, 1, dt.date(2027, 1, 27))


def test_what_is_confirmed_a_draft_adjacent_or_of_another_year_is_not_open():
    make_rules()
    unit = make_unit()
    for day in ("2026-12-01", "2025-12-01"):
        make_session(unit, day, statuses=["absent"])
    make_session(unit, "2026-12-02", statuses=["absent"], steps=[])
    make_session(unit, "2026-12-03", statuses=["absent"], form="adjacent")
    done = Attendance.objects.filter(session__date="2026-12-01")
    done.update(makeup_date="2026-12-05", makeup_method="self", makeup_confirmed_on="2026-12-06")
    assert found(unit) is None


def test_without_rules_there_is_no_deadline():
    unit = make_unit()
    make_session(unit, "2026-12-01", statuses=["absent"])
    assert found(unit) == OpenMakeups(1, 0, None)
