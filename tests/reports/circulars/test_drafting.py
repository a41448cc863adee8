"""Drafts: from which months, what they begin with, what happens when a month is closed anew."""

import pytest
from django.db import IntegrityError, transaction

from reports.circulars.basis import CircularError, is_outdated, take_basis
from reports.circulars.drafting import begin_circular, remove_passage, take_over, write_passage
from reports.circulars.services import submit
from reports.models import Circular, CircularEvent, CircularPassage
from reports.periods import Month
from reports.sitins.services import Act
from reports.sitins.stale import StaleError
from tests.portal.county import make_user
from tests.reports.circulars.make import NOW, make_circular, make_closing, make_passage
from tests.reports.closings.make import change_sessions, close, make_study, reopen
from units.models import Unit

pytestmark = pytest.mark.django_db
PERIODS = ["monthly", "quarterly", "2026-06", "Q2", ""]


@pytest.fixture
def root():
    return make_study()


def act(circular: Circular | None = None) -> Act:
    return Act(None, NOW, circular.version if circular else 0)


def begin(root: Unit, period: str = "half_year") -> Circular:
    return begin_circular(root=root, sender="县委宣传部", year=2026, period=period, act=act())


@pytest.mark.parametrize("period", PERIODS)
def test_the_database_holds_nothing_by_month_or_quarter(root, period):
    circular = make_circular(root)
    with pytest.raises(IntegrityError, match="circular_no_month_no_quarter"), transaction.atomic():
        Circular.objects.filter(pk=circular.pk).update(period=period)


@pytest.mark.parametrize("period", PERIODS)
def test_the_service_writes_nothing_by_month_or_quarter(root, period):
    close(root)
    with pytest.raises(CircularError, match="不能按月度、季度通报"):
        begin(root, period)


@pytest.mark.parametrize(("period", "month"), [("half_year", "6月"), ("annual", "12月")])
def test_a_month_that_is_not_closed_is_no_basis(root, period, month):
    make_closing(root, Month(2026, 5))
    with pytest.raises(CircularError, match=f"2026年{month}尚未封账.*请先在“月度封账”中封账"):
        begin(root, period)
    assert not Circular.objects.exists()


def test_a_draft_begins_with_the_figures_and_the_problems_they_show(root):
    closing = close(root)
    circular = begin(root)
    assert (circular.closing, circular.checksum) == (closing, closing.checksum)
    assert circular.title == "县委宣传部关于2026年上半年党委（党组）理论学习中心组学习情况的通报"
    shown = {key for key, it in circular.situation["problems"].items() if it["missed"]}
    assert {"plan", "sessions", "topics"} <= shown
    assert {each.problem for each in circular.passages.all()} == shown
    assert {each.naming for each in circular.passages.all()} == {"none"}
    assert [event.kind for event in circular.events.all()] == ["draft"]


def test_one_is_in_hand_at_a_time(root):
    close(root)
    begin(root)
    with pytest.raises(CircularError, match="已在起草或审定中"):
        begin(root)
    assert Circular.objects.count() == 1


def test_missed_obligations_are_counted_by_type_with_the_units_behind(root):
    close(root)
    units = list(Unit.objects.with_group().order_by("rank_order", "code"))
    behind = take_basis(root, 2026, "half_year", NOW).situation.behind("sessions")
    assert [each.unit_id for each in behind.missed] == [unit.pk for unit in units]
    assert behind.missed[0].words.startswith("1月集中学习、2月集中学习")


def test_a_month_closed_anew_marks_the_draft_and_is_taken_over(root):
    old = close(root)
    circular = begin(root)
    assert not is_outdated(circular)
    reopen(old)
    assert is_outdated(circular)
    with pytest.raises(CircularError, match="旧数据"):
        submit(circular=circular, act=act(circular))
    with pytest.raises(CircularError, match="尚未封账"):
        take_basis(root, 2026, "half_year", NOW)
    change_sessions()
    new = close(root)
    assert is_outdated(circular)
    basis = take_basis(root, 2026, "half_year", NOW)
    take_over(circular=circular, basis=basis, act=act(circular))
    circular.refresh_from_db()
    assert (circular.closing, circular.checksum) == (new, new.checksum)
    assert not is_outdated(circular)


def test_taking_over_drops_what_no_unit_shows_any_more(root):
    close(root)
    circular, unit = begin(root), Unit.objects.with_group()[0]
    gone = make_passage(circular, "problem", (unit,), problem="quotas", text="说明一", title="")
    judged = make_passage(circular, "problem", (unit,), problem="shallow", text="说明二", title="")
    basis = take_basis(root, 2026, "half_year", NOW)
    take_over(circular=circular, basis=basis, act=act(circular))
    left = CircularPassage.objects.filter(pk__in=[gone.pk, judged.pk])
    assert [(each.pk, each.units.get()) for each in left] == [(judged.pk, unit)]
    assert CircularEvent.objects.filter(kind="edit", note__contains="说明一").exists()


def test_the_second_of_two_writers_is_told(root):
    circular = make_circular(root)
    passage = CircularPassage(circular=circular, section="practice")
    values = {"title": "领导带头学", "text": "书记领学。", "position": 1}
    write_passage(circular=circular, passage=passage, values=values, units=[], act=act(circular))
    with pytest.raises(StaleError):
        remove_passage(circular=circular, passage=passage, act=act(circular))
    assert circular.passages.filter(section="practice").count() == 1


def test_an_issued_one_stays_when_its_month_is_closed_anew(root):
    closing = close(root)
    circular = make_circular(root, "issued", approved_by=make_user("leader"))
    reopen(closing)
    assert not is_outdated(circular)
