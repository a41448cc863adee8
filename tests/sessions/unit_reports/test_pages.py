"""The report's pages as the clerk, a second clerk, the department and an outsider meet them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import Status, UnitReport
from sessions.services import record_event
from tests.portal.access.report_notice_samples import make_notice
from tests.portal.access.unit_report_samples import TEXTS, make_report
from tests.portal.county import make_assignment, make_county, make_unit
from tests.sessions.plans.make import YEAR, Kind, now
from units.access.roles import Role

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def county():
    return make_county()


def signed_in(county, who="clerk") -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


def text(response) -> str:
    return str(response.content.decode())


def edit(report) -> str:
    return reverse("unit_report_edit", args=[report.pk])


def test_a_report_from_nothing_to_submitted(county):
    browser = signed_in(county)
    browser.post(reverse("unit_report_create"), {"year": YEAR, "kind": "annual"})
    report = UnitReport.objects.get()
    page = text(browser.post(edit(report), {"version": 1, "situation": "学了党章。"}, follow=True))
    assert "还不能报送，缺少" in page
    assert "<li>存在的问题</li>" in page
    browser.post(edit(report), {"version": 2, **TEXTS})
    address = reverse("unit_report_submit", args=[report.pk])
    for _ in range(2):
        browser.post(address, {"declared": "on"})
    report.refresh_from_db()
    assert (report.status, report.events.count()) == (Status.SUBMITTED, 1)
    trail = AuditEvent.objects.filter(actor=county["clerk"]).values_list("action", flat=True)
    steps = ["create", "save", "save", "submit"]
    assert list(trail)[1:] == [f"unit_report.{step}" for step in steps]


def test_the_draft_saves_itself_and_goes_on_with_its_new_version(county):
    report = make_report(county.own, Status.DRAFT)
    browser = signed_in(county)
    answer = browser.post(edit(report), {"version": 1, "problems": "边写边存"}, headers=HTMX)
    assert 'name="version" value="2"' in text(answer)
    assert "<html" not in text(answer)
    assert UnitReport.objects.get().sections["problems"] == "边写边存"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"version": 0, "problems": "乙"}, "别人已改过"),
        ({"version": 1, "problems": "密级：机密"}, "有内容需要改正"),
    ],
)
def test_a_draft_that_could_not_save_itself_says_so(county, data, words):
    report = make_report(county.own, Status.DRAFT)
    answer = signed_in(county).post(edit(report), data, headers=HTMX)
    assert words in text(answer)
    assert f'name="version" value="{data["version"]}"' in text(answer)
    assert UnitReport.objects.get().sections == TEXTS


def test_a_marked_text_is_refused_at_its_section(county):
    report = make_report(county.own, Status.DRAFT)
    answer = signed_in(county).post(edit(report), {"version": 1, "practice": "密级：机密"})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["practice"]


def test_two_clerks_see_both_versions_and_lose_neither(county):
    make_assignment(county["nobody"], Role.CLERK, county.own)
    report = make_report(county.own, Status.DRAFT)
    signed_in(county, "nobody").post(edit(report), {"version": 1, **TEXTS, "problems": "先存的"})
    browser = signed_in(county)
    answer = browser.post(edit(report), {"version": 1, **TEXTS, "problems": "后存的"})
    assert answer.status_code == 409
    for words in ("测nobody已经改过", "先存的", "后存的"):
        assert words in text(answer)
    assert answer.context["stored"] == [("存在的问题", "先存的")]
    version = answer.context["form"]["version"].value()
    browser.post(edit(report), {"version": version, **TEXTS, "problems": "后存的"})
    assert UnitReport.objects.get().sections["problems"] == "后存的"


def test_a_return_shows_on_top_and_at_the_section_it_names(county):
    report = make_report(county.own)
    reason = "请写具体问题"
    record_event(about=report, kind=Kind.RETURN, at=now(), reason=reason, fields=["problems"])
    answer = signed_in(county).get(edit(report))
    assert text(answer).count(reason) == 2
    marked = [each.section.key for each in answer.context["section_fields"] if each.is_returned]
    assert marked == ["problems"]


def test_an_outsider_finds_nothing(county):
    report = make_report(county.sister)
    browser = signed_in(county)
    for name in ("unit_report_detail", "unit_report_edit"):
        assert browser.get(reverse(name, args=[report.pk])).status_code == 404
    for name in ("unit_report_edit", "unit_report_submit", "unit_report_withdraw"):
        assert browser.post(reverse(name, args=[report.pk])).status_code == 404


def test_the_department_reads_what_was_submitted_and_no_draft(county):
    report = make_report(county.own)
    draft = make_report(county.own, Status.DRAFT, kind="half_year")
    browser = signed_in(county, "auditor")
    page = text(browser.get(reverse("unit_report_detail", args=[report.pk])))
    assert "本部分写存在的问题" in page
    assert "报送前检查" not in page
    assert browser.get(reverse("unit_report_detail", args=[draft.pk])).status_code == 404


def test_a_report_without_its_declaration_stays(county):
    report = make_report(county.own, Status.DRAFT)
    answer = signed_in(county).post(reverse("unit_report_submit", args=[report.pk]))
    assert answer.status_code == 400
    assert not report.events.exists()


@pytest.mark.parametrize("reports", [1, 40])
@pytest.mark.parametrize("who", ["clerk", "auditor"])
def test_lists_ask_the_database_little(county, reports, who, django_assert_max_num_queries):
    for number in range(reports):
        make_report(make_unit(f"QS9{number}", f"青石县第{number}局", county.root))
    browser = signed_in(county, who)
    browser.get("/unit-reports/")
    with django_assert_max_num_queries(12):
        browser.get("/unit-reports/")


@pytest.mark.parametrize("name", ["unit_report_detail", "unit_report_edit"])
def test_a_reports_pages_ask_little(county, name, django_assert_max_num_queries):
    address = reverse(name, args=[make_report(county.own, Status.DRAFT).pk])
    browser = signed_in(county)
    browser.get(address)
    with django_assert_max_num_queries(12):
        assert browser.get(address).status_code == 200


def test_what_a_report_lacks_is_named_wherever_it_is_worked_at(county):
    report = make_report(county.own, Status.DRAFT, sections=TEXTS | {"problems": ""})
    browser = signed_in(county)
    assert "缺少：存在的问题" in text(browser.get("/unit-reports/"))
    assert '<a href="#id_problems">存在的问题</a>' in text(browser.get(edit(report)))
    report.sections = TEXTS
    report.save()
    assert "缺少" not in text(browser.get("/unit-reports/"))


def test_both_responsibilities_are_kept_and_shown(county):
    report = make_report(county.own, Status.DRAFT)
    detail = reverse("unit_report_detail", args=[report.pk])
    browser = signed_in(county)
    assert "建议补充（不影响报送）：是否纳入党建工作责任制、是否纳入意识形态" in text(
        browser.get(detail)
    )
    said = {"in_party_building": "True", "party_building_paper": "责任清单", "in_ideology": "False"}
    page = text(browser.post(edit(report), {"version": 1, **TEXTS, **said}, follow=True))
    assert "已纳入党建工作责任制（《责任清单》）" in page
    assert "尚未纳入意识形态工作责任制" in page
    line = AuditEvent.objects.filter(action="unit_report.save").latest("pk")
    assert line.after == {
        "in_party_building": True,
        "party_building_paper": "责任清单",
        "in_ideology": False,
    }


def test_the_notice_opens_the_report_and_shows_where_it_is_written(county):
    notice = make_notice(county.root, county["department_admin"])
    report = make_report(county.own, Status.DRAFT, sections=TEXTS | {"opening": ""})
    browser = signed_in(county)
    for address in ("/unit-reports/", edit(report)):
        assert notice.title in text(browser.get(address))
    page = text(browser.get(reverse("unit_report_detail", args=[report.pk])))
    assert f"根据《{notice.title}》要求，现将" in page
