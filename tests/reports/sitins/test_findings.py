"""Findings: noted by the department, answered by the unit, signed off or sent back."""

import datetime as dt
import io
import uuid

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import Finding
from tests.portal.county import make_county, make_unit
from tests.reports.sitins.make import ANSWER, DAY, browser_of, make_finding, make_sit_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-10 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def auditor(county):
    return browser_of(county, "auditor")


@pytest.fixture
def clerk(county):
    return browser_of(county, "clerk")


def at(name: str, one: Finding) -> str:
    return reverse(name, args=[one.pk])


def said(answer) -> str:
    return str(answer.content.decode())


def noted(**changes):
    body = {
        "source": "archive", "found_on": "2026-06-10", "problem": "签到表不全", "due": "2026-07-10",
        "form_token": uuid.UUID(int=1),
    }  # fmt: skip
    return body | changes


def test_a_form_sent_twice_makes_one_finding(auditor, county):
    for _ in range(2):
        auditor.post(reverse("finding_new"), noted(unit=county.own.pk))
    one = Finding.objects.get()
    assert (one.unit, one.status, one.source) == (county.own, "open", "archive")
    assert AuditEvent.objects.filter(action="finding.note").count() == 1
    assert one.events.get().kind == "note"


def test_of_a_sit_in_the_unit_is_known_and_no_unit_of_elsewhere_is_taken(auditor, county):
    one = make_sit_in(county.own, "fed_back")
    address = f"{reverse('finding_new')}?sit_in={one.pk}"
    assert "研讨不深" in said(auditor.get(address))
    auditor.post(address, noted())
    assert Finding.objects.get().sit_in == one
    assert Finding.objects.get().source == "sit_in"
    foreign = make_sit_in(county.abroad, "fed_back")
    assert auditor.get(f"{reverse('finding_new')}?sit_in={foreign.pk}").status_code == 404
    answer = auditor.post(reverse("finding_new"), noted(unit=county.abroad.pk))
    assert (answer.status_code, Finding.objects.count()) == (404, 1)


def test_the_deadline_offered_is_in_working_days(auditor):
    form = auditor.get(reverse("finding_new")).context["form"]
    assert form.initial["due"] == dt.date(2026, 7, 9)  # twenty, and 19 June is a holiday


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"problem": ""}, "problem"),
        ({"problem": "长" * 501}, "problem"),
        ({"problem": "见机密★10年文件"}, "problem"),
        ({"due": "2026-06-09"}, "due"),
        ({"found_on": "2026-06-11"}, "found_on"),
        ({"source": "sit_in"}, "source"),
    ],
)
def test_a_faulty_finding_is_told_at_the_field(auditor, county, changes, field):
    answer = auditor.post(reverse("finding_new"), noted(unit=county.own.pk) | changes)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_from_finding_to_sign_off(auditor, clerk, county):
    one = make_finding(county.own)
    clerk.post(at("finding_progress", one), ANSWER | {"progress": "一半", "version": 1})
    clerk.post(at("finding_reply", one), ANSWER | {"version": 2})
    body = {"reason": "还缺 3 月的签到表", "due": "2026-06-30", "version": 3}
    auditor.post(at("finding_send_back", one), body)
    for name in ("finding_detail", "finding_reply"):
        assert "还缺 3 月的签到表" in said(clerk.get(at(name, one)))
    clerk.post(at("finding_reply", one), ANSWER | {"progress": "已补齐", "version": 4})
    auditor.post(at("finding_sign_off", one), {"version": 5})
    one.refresh_from_db()
    assert (one.status, one.closed_on, one.due) == ("closed", DAY, dt.date(2026, 6, 30))
    kinds = ["progress", "reply", "send_back", "reply", "sign_off"]
    assert list(one.events.values_list("kind", flat=True)) == kinds
    trail = AuditEvent.objects.filter(action__startswith="finding.").order_by("pk")
    assert [line.action for line in trail] == [f"finding.{kind}" for kind in kinds]


def test_sign_off_of_what_was_changed_meanwhile_is_refused(auditor, county):
    one = make_finding(county.own, "replied", version=2)
    page = said(auditor.post(at("finding_sign_off", one), {"version": 1}, follow=True))
    one.refresh_from_db()
    assert "没有销号" in page
    assert one.status == "replied"


def test_both_versions_of_an_answer_are_shown(clerk, county):
    one = make_finding(county.own, "sent_back", version=2)
    body = ANSWER | {"progress": "我写的", "version": 1}
    answer = clerk.post(at("finding_progress", one), body)
    assert answer.status_code == 409
    assert ("整改进度", "我写的", "已完成") in answer.context["differing"]


def test_sending_back_asks_for_a_reason_and_a_day_to_come(auditor, county):
    one = make_finding(county.own, "replied")
    for body in ({"due": "2026-06-30"}, {"reason": "还缺", "due": "2026-06-09"}):
        assert auditor.post(at("finding_send_back", one), body | {"version": 1}).status_code == 400


def test_only_the_units_own_clerk_answers(county):
    own, foreign = make_finding(county.own), make_finding(county.sister)
    clerk, approver = browser_of(county, "clerk"), browser_of(county, "approver")
    leader = browser_of(county, "county_leader")
    assert clerk.get(at("finding_reply", own)).status_code == 200
    for name in ("finding_detail", "finding_reply"):
        assert clerk.get(at(name, foreign)).status_code == 404
    assert approver.get(at("finding_detail", own)).status_code == 200
    assert approver.get(at("finding_detail", foreign)).status_code == 404
    assert approver.post(at("finding_reply", own), ANSWER).status_code == 403
    assert leader.get(at("finding_detail", own)).status_code == 403
    page = said(clerk.get(reverse("finding_list")))
    assert own.problem in page
    assert foreign.problem not in page


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["QS001", "QS002"]),
        ({"status": "overdue"}, ["QS001"]),
        ({"status": "unfinished"}, ["QS001"]),
        ({"status": "closed"}, ["QS002"]),
        ({"year": "2025"}, []),
        ({"q": "乙局"}, ["QS002"]),
        ({"q": "不全QS001"}, ["QS001"]),
        ({"source": "sit_in"}, []),
        ({"status": "nonsense"}, ["QS001", "QS002"]),
    ],
)
def test_the_ledger_is_filtered(auditor, county, asked, codes):
    make_finding(county.own, due="2026-06-09", found_on="2026-06-01")
    make_finding(county.sister, "closed")
    rows = auditor.get(reverse("finding_list"), asked).context["rows"]
    assert [row.finding.unit.code for row in rows] == codes


def ledger_of(browser, **asked):
    data = b"".join(browser.get(reverse("finding_workbook"), asked))
    return openpyxl.load_workbook(io.BytesIO(data))["整改台账"]


def test_the_workbook_is_the_ledger_without_a_live_formula(auditor, county):
    make_finding(county.own, "replied", problem='=HYPERLINK("http://x")', due="2026-06-30")
    make_finding(county.sister, "open")
    sheet = ledger_of(auditor, status="replied")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0] == [
        "序号", "单位", "来源", "发现日期", "具体问题", "整改措施", "责任领导",
        "责任单位（处室）", "责任人", "整改时限", "整改进度", "状态", "销号",
    ]  # fmt: skip
    assert len(rows) == 2
    assert rows[1][4] == '=HYPERLINK("http://x")'
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    (line,) = AuditEvent.objects.filter(action="export.findings")
    assert (line.after["rows"], line.after["filter"]) == (1, {"status": "replied"})


def test_a_unit_takes_away_its_own_only(clerk, county):
    make_finding(county.own)
    foreign = make_finding(county.sister)
    sheet = ledger_of(clerk)
    assert sheet.max_row == 4
    assert foreign.problem not in [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("many", [10, 200])
def test_pages_cost_the_same_with_many_rows(
    auditor, clerk, county, many, django_assert_max_num_queries
):
    for number in range(many):
        unit = make_unit(f"QS1{number:03}", f"青石县第{number}局", county.root)
        make_finding(unit, "replied")
        one = make_finding(county.own)
    for browser in (auditor, clerk):
        for address in (reverse("finding_list"), at("finding_detail", one)):
            with django_assert_max_num_queries(MOST_QUERIES):
                assert browser.get(address).status_code == 200
        with django_assert_max_num_queries(MOST_QUERIES):
            b"".join(browser.get(reverse("finding_workbook")))
