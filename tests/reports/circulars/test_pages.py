"""Pages of circulars: from the closed month to the file, and who sees what."""

import io

import docx
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import Circular, CircularExplanation, CircularPassage
from reports.periods import Month
from tests.portal.county import make_assignment, make_county, make_unit, make_user
from tests.reports.circulars.make import make_circular, make_closing, make_passage
from tests.reports.closings.make import reopen
from tests.reports.records import make_entry, make_rules, make_session
from tests.reports.rulebook.make import browser_of
from units.access.roles import Role
from units.models import UnitName

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-07-06 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    county = make_county()
    make_rules()
    for unit in (county.own, county.sister):
        make_entry(unit, f"{unit.code}张三")
        make_session(unit, "2026-06-10", theme="宪法")
    return county


def at(name: str, circular: Circular, *more: object) -> str:
    return reverse(name, args=[circular.pk, *more])


def said(answer) -> str:
    return str(answer.content.decode())


def test_from_the_closed_month_to_the_units(county):
    admin, leader = browser_of(county), browser_of(county, "county_leader")
    closing = make_closing(county.root)
    admin.post(reverse("circular_begin", args=[closing.pk]))
    circular = Circular.objects.get()
    assert circular.sender == "中共青石县委宣传部"
    practice = {
        "title": "领导带头学",
        "text": "带头领学。",
        "units": [county.own.pk],
        "position": 1,
    }
    new = at("circular_passage_new", circular, "practice")
    assert admin.post(new, {**practice, "version": 1}).status_code == 302
    due = {"title": "", "text": "补齐次数。", "due": "2026-08-31", "position": 1, "version": 2}
    admin.post(at("circular_passage_new", circular, "requirement"), due)
    admin.post(at("circular_submit", circular), {"version": 3})
    page = said(leader.get(at("circular_detail", circular)))
    assert "补齐次数。（2026年8月31日前完成）" in page
    assert leader.post(at("circular_approve", circular), {"version": 4}).status_code == 302
    issue = {"number": "青宣通〔2026〕5号", "on": "2026-07-06", "whom": "all", "version": 5}
    admin.post(at("circular_issue", circular), issue)
    assert "青宣通〔2026〕5号" in said(browser_of(county, "clerk").get(reverse("circular_list")))
    actions = AuditEvent.objects.filter(action__startswith="circular.").order_by("id")
    kinds = ["begin", "edit", "edit", "submit", "approve", "issue"]
    assert list(actions.values_list("action", flat=True)) == [f"circular.{one}" for one in kinds]


@pytest.mark.parametrize("month", [1, 3, 5])
def test_no_other_month_leads_to_a_circular(county, month):
    closing = make_closing(county.root, Month(2026, month))
    begin = reverse("circular_begin", args=[closing.pk])
    assert "不能按月度、季度通报" in said(browser_of(county).post(begin, follow=True))
    assert not Circular.objects.exists()


def test_the_list_says_which_month_is_to_be_closed_first(county):
    page = said(browser_of(county).get(reverse("circular_list")))
    assert "2026年6月尚未封账" in page
    assert "2026年上半年" in page
    assert "2026年12月" not in page


def test_no_list_can_be_sorted_by_result(county):
    circular = make_circular(county.root)
    admin = browser_of(county)
    plain = said(admin.get(at("circular_table", circular)))
    for asked in ("?sort=attendance", "?ordering=-sessions", "?o=1"):
        assert said(admin.get(at("circular_table", circular) + asked)).count("甲局") == 1
    assert plain.index("甲局") < plain.index("乙局")
    assert "排名" not in plain.replace("不作排名", "")


def test_a_unit_reads_its_own_line_of_an_opened_draft_alone(county):
    circular = make_circular(county.root, opened=True, remarks="总体评价")
    make_passage(circular, "practice", (county.sister,), text="乙局做法")
    clerk = browser_of(county, "clerk")
    page = said(clerk.get(at("circular_detail", circular)))
    assert "甲局" in page
    assert all(word not in page for word in ("乙局", "总体评价"))
    assert clerk.get(at("circular_paper", circular)).status_code == 404
    body = {"text": "当月防汛，已补开。", "version": 0}
    assert clerk.post(at("circular_explain", circular), body).status_code == 302
    assert CircularExplanation.objects.get().unit == county.own
    assert "当月防汛" in said(browser_of(county).get(at("circular_table", circular)))
    leader = browser_of(county, "county_leader")
    assert leader.get(at("circular_table", circular)).status_code == 404
    Circular.objects.update(status="submitted")
    assert "当月防汛" not in said(leader.get(at("circular_table", circular)))


@pytest.mark.parametrize("who", ["clerk", "approver"])
@pytest.mark.parametrize("status", ["draft", "submitted", "approved", "issued"])
def test_a_unit_never_sees_what_was_not_opened_or_sent_to_it(county, who, status):
    recipients = [county.sister] if status == "issued" else []
    circular = make_circular(county.root, status, recipients=recipients)
    browser = browser_of(county, who)
    assert browser.get(at("circular_detail", circular)).status_code == 404
    assert circular.title not in said(browser.get(reverse("circular_list")))


def test_another_countys_circulars_are_absent(county):
    inner = make_unit("BS001", "白石县丁局", county.abroad)
    circular = make_circular(county.abroad, "issued", recipients=[inner])
    outsider = make_user("outsider")
    make_assignment(outsider, Role.DEPARTMENT_ADMIN, county.abroad)
    for who in ("department_admin", "auditor", "county_leader", "clerk"):
        browser = browser_of(county, who)
        assert browser.get(at("circular_detail", circular)).status_code == 404
        assert browser.get(at("circular_paper", circular)).status_code == 404
    county.people["outsider"] = outsider
    assert browser_of(county, "outsider").get(at("circular_detail", circular)).status_code == 200


def test_no_persons_name_appears(county):
    circular = make_circular(county.root, "issued", recipients=[county.own], approver_name="测部长")
    clerk = browser_of(county, "clerk")
    file = io.BytesIO(b"".join(clerk.get(at("circular_paper", circular))))
    document = docx.Document(file)
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    text = "".join([*(each.text for each in document.paragraphs), *cells])
    pages = said(clerk.get(at("circular_detail", circular)))
    leader = browser_of(county, "county_leader")
    for name in ("circular_detail", "circular_table"):
        pages += said(leader.get(at(name, circular)))
    pages += said(leader.get(at("circular_unit", circular, county.own.code)))
    assert "甲局" in text
    assert "张三" not in text + pages
    assert "测部长" not in text + pages


def test_each_figure_leads_to_the_units_behind_it(county):
    circular = make_circular(county.root)
    admin = browser_of(county)
    figures = admin.get(at("circular_detail", circular)).context["figures"]
    assert {"sessions", "attendance", "plans", "month-2026-06", "problem-sessions"} <= {
        figure.key for figure in figures
    }
    for figure in figures:
        answer = admin.get(at("circular_figure", circular, figure.key))
        assert answer.status_code == 200, figure
        lines = answer.context["table"].lines
        if figure.key == "sessions":
            assert sum(int(line.cells[0]) for line in lines) == int(figure.value.strip("次"))
        if figure.key.startswith("standing"):
            assert len(lines) == int(figure.value.strip("个"))
        if figure.key.startswith("problem"):
            missed = [line for line in lines if line.cells[0] == "未达标"]
            assert len(missed) == int(figure.value.partition("个")[0])
    assert admin.get(at("circular_figure", circular, "ranking")).status_code == 404


def test_two_writers_see_both_versions_and_nothing_is_lost(county):
    circular = make_circular(county.root)
    admin = browser_of(county)
    body = {"title": "甲的标题", "addressee": "各单位", "sender": "县委宣传部", "version": 1}
    admin.post(at("circular_edit", circular), body)
    answer = admin.post(at("circular_edit", circular), {**body, "title": "乙的标题"})
    assert answer.status_code == 409
    assert all(title in said(answer) for title in ("甲的标题", "乙的标题"))
    assert Circular.objects.get().title == "甲的标题"


def test_a_second_click_on_removing_a_point_is_harmless(county):
    circular, admin = make_circular(county.root), browser_of(county)
    passage, other = make_passage(circular), make_passage(circular)
    address = at("circular_passage_remove", circular, passage.pk)
    for _click in range(2):
        answer = admin.post(address, {"version": 1}, follow=True)
        assert answer.status_code == 200
    assert list(circular.passages.filter(section="practice")) == [other]
    assert "此前已经删去" in said(answer)


def test_a_foreign_unit_cannot_be_named(county):
    circular = make_circular(county.root)
    body = {"title": "一", "text": "二", "position": 1, "units": [county.abroad.pk], "version": 1}
    answer = browser_of(county).post(at("circular_passage_new", circular, "practice"), body)
    assert answer.status_code == 400
    assert not CircularPassage.objects.filter(section="practice").exists()


def test_marked_texts_are_refused(county):
    circular = make_circular(county.root)
    body = {"title": "一", "text": "秘密★1年", "position": 1, "version": 1}
    answer = browser_of(county).post(at("circular_passage_new", circular, "practice"), body)
    assert answer.status_code == 400


@pytest.mark.parametrize("extra", [0, 8])
def test_pages_ask_a_fixed_number_of_queries(county, extra):
    for number in range(extra):
        unit = make_unit(f"QS1{number:02d}", f"青石县第{number}局", county.root)
        make_session(unit, "2026-06-10")
    circular = make_circular(county.root, opened=True)
    for section in ("practice", "requirement"):
        for _ in range(extra):
            make_passage(circular, section, (county.own,) if section == "practice" else ())
    Circular.objects.update(status="submitted")
    admin, clerk = browser_of(county), browser_of(county, "clerk")
    addresses = [
        (admin, reverse("circular_list")),
        (admin, at("circular_detail", circular)),
        (admin, at("circular_table", circular)),
        (admin, at("circular_figure", circular, "sessions")),
        (clerk, at("circular_detail", circular)),
    ]
    for browser, address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        assert len(queries) <= MOST_QUERIES, (address, len(queries))


def test_the_units_home_names_what_it_may_still_explain(county):
    circular = make_circular(county.root, opened=True)
    clerk = browser_of(county, "clerk")
    assert circular.title in said(clerk.get("/"))
    body = {"text": "当月防汛，已补开。", "version": 0}
    clerk.post(at("circular_explain", circular), body)
    assert circular.title not in said(clerk.get("/"))


@pytest.mark.parametrize(
    ("problem", "status"), [("shallow", 200), ("makeups", 404), ("sessions", 200)]
)
def test_only_a_problem_that_somebody_shows_or_judges_is_added(county, problem, status):
    circular = make_circular(county.root)
    address = at("circular_passage_new", circular, "problem")
    assert browser_of(county).get(address, {"problem": problem}).status_code == status


def test_what_was_issued_stays_word_for_word_after_its_month_is_closed_anew(county):
    circular = make_circular(county.root, "approved")
    admin, clerk = browser_of(county), browser_of(county, "clerk")
    issue = {"number": "青宣通〔2026〕9号", "on": "2026-07-06", "whom": "all", "version": 1}
    assert admin.post(at("circular_issue", circular), issue).status_code == 302
    file = b"".join(clerk.get(at("circular_paper", circular)))
    sentences = clerk.get(at("circular_detail", circular)).context["text"].situation
    reopen(circular.closing)
    make_session(county.own, "2026-06-24", theme="补报的")
    UnitName.objects.update(name="改过的全称", short_name="改过的简称")
    make_closing(county.root)
    assert b"".join(clerk.get(at("circular_paper", circular))) == file
    page = clerk.get(at("circular_detail", circular))
    assert page.context["text"].situation == sentences
    assert "改过" not in said(page).partition("<main")[2]
