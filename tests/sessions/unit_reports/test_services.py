import pytest

from sessions.history import IncompleteError, StaleVersionError
from sessions.models import Status, UnitReport
from sessions.services import ReviewError, record_event
from sessions.unit_reports.services import (
    create_report,
    save_report,
    submit_report,
    withdraw_report,
)
from tests.portal.access.unit_report_samples import TEXTS, make_report
from tests.portal.county import make_county
from tests.sessions.plans.make import YEAR, Kind, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


def test_a_second_click_finds_the_first_report(county):
    first, is_new = create_report(unit=county.own, year=YEAR, kind="annual")
    again = create_report(unit=county.own, year=YEAR, kind="annual")
    assert (again, is_new) == ((first, False), True)


def test_saving_keeps_the_sections_it_does_not_name(county):
    report = make_report(county.own, Status.DRAFT, sections={"old": "旧栏目", "problems": "甲"})
    save_report(report=report, version=1, texts={"problems": "乙"}, at=now())
    assert UnitReport.objects.get().sections == {"old": "旧栏目", "problems": "乙"}


@pytest.mark.parametrize(("status", "version"), [("draft", 2), ("submitted", 1), ("accepted", 1)])
def test_what_moved_on_is_not_overwritten(county, status, version):
    report = make_report(county.own, Status(status))
    with pytest.raises(StaleVersionError):
        save_report(report=report, version=version, texts={"problems": "乙"}, at=now())
    assert UnitReport.objects.get().sections == TEXTS


def test_an_incomplete_report_names_what_is_missing(county):
    report = make_report(county.own, Status.DRAFT, sections=TEXTS | {"problems": ""})
    with pytest.raises(IncompleteError, match="缺少：存在的问题"):
        submit_report(report=report, at=now(), by=county["clerk"])
    assert not report.events.exists()


def test_a_returned_report_is_submitted_again(county):
    report = make_report(county.own, Status.DRAFT)
    submit_report(report=report, at=now(), by=county["clerk"])
    record_event(about=report, kind=Kind.RETURN, at=now(), reason="请写具体问题")
    submit_report(report=report, at=now(), by=county["clerk"])
    assert (report.status, report.events.count()) == (Status.SUBMITTED, 3)


def test_an_accepted_report_is_not_withdrawn(county):
    report = make_report(county.own, Status.ACCEPTED)
    with pytest.raises(ReviewError, match="不能撤回"):
        withdraw_report(report=report, at=now(), by=county["clerk"])
