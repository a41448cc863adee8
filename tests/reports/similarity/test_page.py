"""Likeness as the author, the department and an outsider see it."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions.models import Status
from tests.portal.access.unit_report_samples import YEAR, make_report
from tests.portal.county import make_county, make_unit

pytestmark = pytest.mark.django_db

OURS = "坚持把中心组学习摆在重要位置，雷打不动。"
LAST = "变按部就班学为紧跟形势学，快乐学习。"
OWN_WORDS = "本年围绕防汛调研形成三条具体举措。"


@pytest.fixture
def county():
    return make_county()


def written(unit, *texts, status=Status.SUBMITTED, **values):
    sections = {"situation": texts[0], "practice": "".join(texts[1:])}
    return make_report(unit, status, sections=sections, **values)


def page(county, report, who="clerk", **query):
    browser = Client()
    browser.force_login(county[who])
    return browser.get(reverse("unit_report_likeness", args=[report.pk]), query)


def test_the_author_learns_how_much_before_submission_and_no_name(county):
    report = written(county.own, OURS, LAST + OWN_WORDS, status=Status.DRAFT)
    written(county.own, LAST, year=YEAR - 1)
    written(county.sister, "开头", OURS)
    answer = page(county, report)
    found = answer.context["found"]
    assert (found.last.measure.covered, found.last.measure.passage) == (16, LAST[:-1])
    assert (found.others, found.whole.covered, found.whole.share) == (1, 18, 36)
    assert [line.who for line in found.lines] == ["另一单位"]
    shown = answer.content.decode()
    assert "乙局" not in shown
    assert f"<mark>{OURS[:-1]}</mark>" in shown


def test_no_run_goes_on_from_one_section_to_the_next(county):
    report = written(county.own, "甲乙丙丁戊己", "庚辛壬癸子丑")
    written(county.sister, "甲乙丙丁戊己", "庚辛壬癸子丑")
    assert page(county, report).context["found"].whole.covered == 0


def test_the_unit_may_look_at_last_years_text_beside_but_at_no_other(county):
    report = written(county.own, OURS, LAST, status=Status.DRAFT)
    last = written(county.own, LAST, year=YEAR - 1)
    foreign = written(county.sister, OURS, "别处的话")
    assert page(county, report, **{"with": last.pk}).context["found"].beside_title
    answer = page(county, report, **{"with": foreign.pk})
    assert answer.context["found"].beside == []
    assert "别处的话" not in answer.content.decode()


def test_the_department_sees_whose_text_it_is_and_both_beside(county):
    report = written(county.own, OURS, LAST)
    foreign = written(county.sister, OURS, "别处的话")
    answer = page(county, report, "auditor", **{"with": foreign.pk})
    assert [line.who for line in answer.context["found"].lines] == ["县乙局 年度总结"]
    shown = answer.content.decode()
    assert "别处的话" in shown
    assert shown.count(f"<mark>{OURS[:-1]}</mark>") == 2


def test_drafts_other_years_and_other_counties_are_not_looked_at(county):
    report = written(county.own, OURS)
    written(county.sister, OURS, status=Status.DRAFT)
    written(county.abroad, OURS)
    written(county.sister, OURS, year=YEAR - 1)
    written(county.own, OURS, year=YEAR - 1, status=Status.DRAFT)
    found = page(county, report, "auditor").context["found"]
    assert (found.others, found.whole.covered, found.last) == (0, 0, None)


def test_the_reports_own_page_fetches_a_summary(county):
    report = written(county.own, OURS, status=Status.DRAFT)
    browser = Client()
    browser.force_login(county["clerk"])
    address = reverse("unit_report_likeness", args=[report.pk])
    part = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "不影响报送" in part
    assert address in browser.get(f"/unit-reports/{report.pk}/").content.decode()


def test_an_outsider_finds_nothing(county):
    assert page(county, written(county.sister, OURS)).status_code == 404
    assert page(county, written(county.abroad, OURS), "auditor").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("who", ["clerk", "auditor"])
def test_the_page_asks_little(county, who, number, django_assert_max_num_queries):
    report = written(county.own, OURS)
    for each in range(number):
        written(make_unit(f"QS7{each}", f"青石县第{each}局", county.root), OURS)
    browser, address = Client(), reverse("unit_report_likeness", args=[report.pk])
    browser.force_login(county[who])
    browser.get(address)
    with django_assert_max_num_queries(12):
        assert browser.get(address).status_code == 200
