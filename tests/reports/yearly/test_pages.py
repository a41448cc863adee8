"""The page of figures and the download: rows behind each, who may, what the trail says."""

from io import BytesIO

import docx
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from reports.closing import close_month
from reports.documents.download import DOCX
from reports.periods import Month
from sessions.models import ReviewEvent, StudySession, UnitReport
from sessions.services import record_event
from tests.reports.compliance.make import browser_of, make_studying_county
from tests.reports.records import at, make_session, review

pytestmark = pytest.mark.django_db
ROUTES = ("unit_report_figures", "unit_report_document")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-07-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_studying_county()


@pytest.fixture
def report(county) -> UnitReport:
    return UnitReport.objects.create(unit=county.own, year=2026, kind="half_year",
                                     sections={"problems": "工学矛盾。"})  # fmt: skip


def page_of(browser: Client, report: UnitReport) -> str:
    return browser.get(reverse("unit_report_figures", args=[report.pk])).content.decode()


def test_every_figure_leads_to_its_rows(county, report):
    page = page_of(browser_of(county, "clerk"), report)
    for session in StudySession.objects.filter(unit=county.own):
        assert f'href="{reverse("session_detail", args=[session.pk])}"' in page
    assert '<details class="figure" id="sessions">' in page
    assert "乙局" not in page


def test_the_report_leads_to_its_figures_and_its_file(county, report):
    page = browser_of(county, "clerk").get(reverse("unit_report_detail", args=[report.pk]))
    for route in ROUTES:
        assert reverse(route, args=[report.pk]) in page.content.decode()


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("approver", 200), ("auditor", 200), ("county_leader", 403)],
)
def test_whoever_may_read_the_report_may_see_both(county, report, route, who, status):
    record_event(about=report, kind=ReviewEvent.Kind.SUBMIT, at=at("2026-07-02"))
    assert browser_of(county, who).get(reverse(route, args=[report.pk])).status_code == status


@pytest.mark.parametrize("route", ROUTES)
def test_the_report_of_another_unit_is_not_there(county, report, route):
    foreign = UnitReport.objects.create(unit=county.sister, year=2026, kind="half_year")
    answer = browser_of(county, "clerk").get(reverse(route, args=[foreign.pk]))
    assert answer.status_code == 404


@pytest.mark.parametrize("route", ROUTES)
def test_a_draft_is_the_units_own_affair(county, report, route):
    answer = browser_of(county, "auditor").get(reverse(route, args=[report.pk]))
    assert answer.status_code == 404


def test_the_file_is_handed_out_and_noted(county, report):
    browser = browser_of(county, "clerk")
    answer = browser.get(reverse("unit_report_document", args=[report.pk]))
    assert answer["Content-Type"] == DOCX
    text = "".join(one.text for one in docx.Document(BytesIO(answer.getvalue())).paragraphs)
    assert "组织集中学习2次" in text
    assert "工学矛盾。" in text
    noted = AuditEvent.objects.get(action="export.unit_report")
    assert (noted.object_id, noted.after["version"]) == (str(report.pk), 1)


def test_the_date_is_that_of_the_last_submission(county, report):
    record_event(about=report, kind=ReviewEvent.Kind.SUBMIT, at=at("2026-07-02"))
    answer = browser_of(county, "auditor").get(reverse("unit_report_document", args=[report.pk]))
    paper = docx.Document(BytesIO(answer.getvalue()))
    assert "2026年7月2日" in [one.text for one in paper.paragraphs]


def test_what_was_handed_in_tells_nothing_of_later_days(county):
    report = UnitReport.objects.create(unit=county.own, year=2026, kind="annual")
    record_event(about=report, kind=ReviewEvent.Kind.SUBMIT, at=at("2026-07-10"))
    make_session(county.own, "2026-07-15", theme="报送以后的学习")
    browser = browser_of(county, "clerk")
    page = page_of(browser, report)
    assert "数据截至 2026年7月10日" in page
    assert "报送以后的学习" not in page
    answer = browser.get(reverse("unit_report_document", args=[report.pk]))
    text = "".join(one.text for one in docx.Document(BytesIO(answer.getvalue())).paragraphs)
    assert "2026年1月1日至7月10日，" in text
    record_event(about=report, kind=ReviewEvent.Kind.RETURN, at=at("2026-07-18"), reason="不全")
    assert "报送以后的学习" in page_of(browser, report)


def test_what_was_recorded_since_the_closing_stands_beside(county, report):
    close_month(root=county.root, month=Month(2026, 6), at=at("2026-07-08"), by=None)
    browser = browser_of(county, "clerk")
    assert "封账数据" in page_of(browser, report)
    late = make_session(county.own, "2026-06-11", steps=[], theme="补报的学习")
    review(late, "submit", "2026-07-19")
    page = page_of(browser, report)
    assert "补报的学习" in page
    assert "集中学习（次）：2 → 3" in page


def test_a_unit_without_a_group_has_no_figures(county, report):
    county.own.has_group = False
    county.own.save()
    page = page_of(browser_of(county, "clerk"), report)
    assert "没有可统计的数据" in page


def test_the_number_of_queries_does_not_follow_the_rows(county, report):
    browser = browser_of(county, "clerk")
    with CaptureQueriesContext(connection) as few:
        page_of(browser, report)
    for day in range(1, 9):
        make_session(county.own, f"2026-02-0{day}", form="discussion", speakers=3)
    with CaptureQueriesContext(connection) as many:
        page_of(browser, report)
    assert len(many) == len(few)
