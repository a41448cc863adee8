"""Where forms are taken from, what they say, who gets them, and what the trail keeps."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from portal.access import POLICY
from reports.documents.forms.blanks import BLANKS
from sessions.models import AnnualPlan, Attendance, PlanItem, StudySession
from tests.portal.county import County, make_county
from tests.reports.sitins.make import make_sit_in
from tests.sessions.printing.make import DAY, make_meeting
from tests.units.imports.factories import make_entry
from units.access.roles import DEPARTMENT_ROLES, UNIT_ROLES
from units.models import RosterEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    made = make_county()
    make_meeting(made.own)
    return made


def browser_of(county: County, who: str = "clerk") -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


def words_of(browser: Client, route: str, *args: object, query: str = "") -> str:
    """All text of the Word file at the address."""
    answer = browser.get(reverse(route, args=args) + query)
    assert answer.status_code == 200, route
    document = docx.Document(BytesIO(b"".join(answer)))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def session_pk() -> int:
    return StudySession.objects.get().pk


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("session_sign_in_form", "青石县甲局党组理论学习中心组 2026年3月5日 王乙 住院 应到"),
        ("session_record_form", "三楼会议室 王乙（病假：住院） 宪法总纲 李甲（重点发言）"),
        ("session_leave_form", "王乙 ■病假 □事假 住院 批准人：李甲"),
    ],
)
def test_papers_of_a_session_say_what_is_on_record(county, route, words):
    said = words_of(browser_of(county), route, session_pk())
    assert [word for word in words.split() if word not in said] == []


def test_a_sheet_to_be_signed_again_tells_no_reasons(county):
    said = words_of(browser_of(county), "session_sign_in_form", session_pk(), query="?blank=1")
    assert "王乙" in said
    assert "住院" not in said


def test_a_sheet_for_a_day_to_come_lists_who_will_be_in_office(county):
    make_entry(county.own, "孙戊", start=date(2027, 1, 1))
    query = "?on=2027-01-01&theme=开年第一课"
    said = words_of(browser_of(county), "sign_in_form", query=query)
    assert "孙戊" in said
    assert "开年第一课" in said
    assert "孙戊" not in words_of(browser_of(county), "sign_in_form", query="?on=2026-12-31")


@pytest.mark.parametrize(
    "route", ["session_sign_in_form", "session_record_form", "session_leave_form"]
)
def test_what_stays_offline_is_not_written(county, route):
    StudySession.objects.update(
        is_offline_only=True, theme="", content="", archive_place="机要室 3 柜"
    )
    said = words_of(browser_of(county), route, session_pk())
    assert "见纸质档案" in said
    assert "宪法" not in said


@pytest.mark.parametrize(
    "route", ["session_sign_in_form", "session_record_form", "session_leave_form"]
)
def test_leave_is_for_the_unit_and_the_auditors_alone(county, route):
    assert "住院" in words_of(browser_of(county, "auditor"), route, session_pk())
    address = reverse(route, args=[session_pk()])
    assert browser_of(county, "county_leader").get(address).status_code == 403
    StudySession.objects.update(unit=county.sister)
    assert browser_of(county).get(address).status_code == 404


def test_a_session_without_leave_gets_a_slip_to_be_written(county):
    Attendance.objects.filter(status="leave").delete()
    said = words_of(browser_of(county), "session_leave_form", session_pk())
    assert "学习宪法" in said
    assert "■" not in said


def test_the_plan_is_written_in_its_order_with_what_became_of_it(county):
    plan = AnnualPlan.objects.create(
        unit=county.own, year=2026, title="计划", approved_by="李甲", approved_on=DAY
    )
    common = {"plan": plan, "form": "discussion", "is_discussion": True}
    PlanItem.objects.create(rank_order=2, period="2026-Q2", topic="学习党章", **common)
    PlanItem.objects.create(
        rank_order=1, period="2026-03", topic="学习宪法", state="postponed", note="防汛", **common
    )
    said = words_of(browser_of(county), "plan_form", plan.pk)
    assert said.index("学习宪法") < said.index("学习党章")
    for words in ("2026年度学习计划表", "3月", "第二季度", "延期；防汛", "审定人：李甲"):
        assert words in said
    assert browser_of(county, "auditor").get(f"/plans/{plan.pk}/form/").status_code == 404  # draft


def test_the_register_of_make_ups_follows_the_step_on_screen(county):
    Attendance.objects.filter(status="leave").update(status="absent", leave_kind="")
    today = timezone.localdate()
    StudySession.objects.update(date=today, end_date=today, status="accepted")
    browser = browser_of(county)
    assert "王乙" in words_of(browser, "makeup_form", query="?step=open")
    assert "王乙" not in words_of(browser, "makeup_form", query="?step=done")


def test_the_roster_is_that_of_the_day_asked_for(county):
    RosterEntry.objects.filter(person__name="王乙").update(end_date=date(2026, 6, 1))
    browser = browser_of(county)
    assert "王乙" in words_of(browser, "roster_form", "QS001", query="?on=2026-05-31")
    said = words_of(browser, "roster_form", "QS001", query="?on=2026-06-01")
    assert "王乙" not in said
    assert "2026年6月1日" in said
    assert browser.get(reverse("roster_form", args=["QS002"])).status_code == 404


def test_the_feedback_form_is_filled_in_as_far_as_it_is(county):
    planned = make_sit_in(county.own, "agreed")
    assert "2026年6月10日" in words_of(browser_of(county, "auditor"), "sit_in_form", planned.pk)
    planned.delete()
    held = make_sit_in(county.own, "fed_back")
    said = words_of(browser_of(county), "sit_in_form", held.pk)
    for words in ("青石县甲局", "组织认真", "研讨不深"):
        assert words in said


@pytest.mark.parametrize("who", ["clerk", "approver", "auditor", "department_admin"])
def test_the_page_offers_every_form_and_leads_where_one_may_go(county, who):
    browser = browser_of(county, who)
    page = browser.get(reverse("form_list"))
    for form, address in page.context["forms"]:
        assert str(form.name) in page.content.decode()
        assert reverse("blank_form", args=[form.key]) in page.content.decode()
        assert not address or browser.get(address).status_code == 200


@pytest.mark.parametrize("blank", BLANKS, ids=lambda blank: blank.key)
def test_a_blank_form_names_nobody(county, blank):
    answer = browser_of(county).get(reverse("blank_form", args=[blank.key]))
    data = b"".join(answer)
    assert data.startswith(b"PK")
    if not blank.is_workbook:
        document = docx.Document(BytesIO(data))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        assert not [text for text in cells if "李甲" in text or "王乙" in text]


def test_each_page_named_for_filled_forms_is_open_to_those_it_is_named_to():
    for blank in BLANKS:
        for roles, route in ((UNIT_ROLES, blank.in_unit), (DEPARTMENT_ROLES, blank.in_department)):
            assert not route or set(roles) <= set(POLICY[route, "GET"].grants)


def test_filled_forms_are_noted_in_the_trail_and_blank_ones_are_not(county):
    browser = browser_of(county)
    browser.get(reverse("blank_form", args=["leave"]))
    assert not AuditEvent.objects.filter(action="export.form").exists()
    words_of(browser, "session_leave_form", session_pk())
    line = AuditEvent.objects.get(action="export.form")
    assert (line.after, line.object_id) == ({"form": "leave"}, str(session_pk()))


def test_a_form_costs_few_queries_however_many_people(county, django_assert_max_num_queries):
    session = StudySession.objects.get()
    for number in range(40):
        member = make_entry(county.own, f"成员{number}")
        Attendance.objects.create(session=session, member=member, status="present")
    browser = browser_of(county)
    browser.get(reverse("form_list"))
    for route in ("session_sign_in_form", "session_record_form", "session_leave_form"):
        with django_assert_max_num_queries(16):
            browser.get(reverse(route, args=[session.pk]))
