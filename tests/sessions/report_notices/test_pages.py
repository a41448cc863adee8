"""Notices as the department and the units meet them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import ReportNotice, Status
from tests.portal.access.report_notice_samples import ASKED, YEAR, make_notice
from tests.portal.access.unit_report_samples import make_report
from tests.portal.county import make_county, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


def signed_in(county, who="department_admin") -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


def text(response) -> str:
    return str(response.content.decode())


def test_a_notice_sent_twice_is_one(county):
    browser = signed_in(county)
    for _ in range(2):
        answer = browser.post(reverse("report_notice_new"), ASKED, follow=True)
    assert "已经发过" in text(answer)
    notice = ReportNotice.objects.get()
    assert (notice.root, notice.title) == (county.root, ASKED["title"])
    assert AuditEvent.objects.filter(action="report_notice.issue").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("due", f"{YEAR + 2}-01-01", "报告年度或次年"),
        ("year", YEAR - 4, "本年度或上年度"),
        ("title", "密级：机密", "涉密"),
    ],
)
def test_a_notice_at_fault_says_where(county, field, value, words):
    answer = signed_in(county).post(reverse("report_notice_new"), {**ASKED, field: value})
    assert answer.status_code == 400
    assert words in str(answer.context["form"].errors[field])
    assert not ReportNotice.objects.exists()


def test_two_who_change_it_see_both_versions(county):
    notice = make_notice(county.root, county["department_admin"])
    address = reverse("report_notice_edit", args=[notice.pk])
    browser = signed_in(county)
    browser.post(address, {**ASKED, "title": "先改的"})
    answer = browser.post(address, {**ASKED, "title": "后改的"})
    assert answer.status_code == 409
    assert "先改的" in text(answer)
    assert "后改的" in text(answer)
    browser.post(address, {**ASKED, "title": "后改的", "version": 2})
    assert ReportNotice.objects.get().title == "后改的"


def test_a_withdrawn_notice_stays_as_it_is_and_a_new_one_may_follow(county):
    notice = make_notice(county.root, county["department_admin"])
    browser = signed_in(county)
    for _ in range(2):
        browser.post(reverse("report_notice_withdraw", args=[notice.pk]))
    browser.post(reverse("report_notice_edit", args=[notice.pk]), {**ASKED, "title": "晚了"})
    browser.post(reverse("report_notice_new"), ASKED)
    titles = set(ReportNotice.objects.values_list("title", flat=True))
    assert titles == {notice.title, ASKED["title"]}
    assert AuditEvent.objects.filter(action="report_notice.withdraw").count() == 1


def test_the_department_sees_who_has_not_reported(county):
    notice = make_notice(county.root, county["department_admin"])
    make_report(county.own)
    make_report(county.sister, Status.RETURNED)
    page = signed_in(county, "auditor").get(reverse("report_notice_detail", args=[notice.pk]))
    assert (page.context["answers"].asked, page.context["answers"].reported) == (2, 1)
    assert [unit.code for unit in page.context["page"]] == [county.sister.code]


def test_a_unit_reads_the_notice_but_not_who_else_reported(county):
    notice = make_notice(county.root, county["department_admin"])
    page = signed_in(county, "clerk").get(reverse("report_notice_detail", args=[notice.pk]))
    assert notice.title in text(page)
    assert county.sister.code not in text(page)


def test_an_outsider_finds_nothing(county):
    abroad = make_notice(county.abroad, county["department_admin"])
    for who in ("clerk", "department_admin"):
        address = reverse("report_notice_detail", args=[abroad.pk])
        assert signed_in(county, who).get(address).status_code == 404


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize("name", ["report_notice_list", "report_notice_detail"])
def test_pages_ask_little(county, name, number, django_assert_max_num_queries):
    for each in range(number):
        make_unit(f"QS8{each}", f"青石县第{each}局", county.root)
        notice = make_notice(county.root, county["department_admin"], year=1900 + each)
    arguments = [notice.pk] if name.endswith("detail") else []
    browser, address = signed_in(county), reverse(name, args=arguments)
    browser.get(address)
    with django_assert_max_num_queries(12):
        assert browser.get(address).status_code == 200
