"""Published results: fixed, checked, ranked only where a county wants it, and the workbooks."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from reports.assessments.results import intact, standing
from reports.models import AssessmentResult, AssessmentSettings
from tests.portal.county import make_county, make_unit
from tests.reports.assessments.make import browser_of, make_published, make_scheme, make_sheet

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
TABLE = ("考评项目", "考评内容", "分值", "考评方式及评分标准", "自查评分", "检查评分", "扣分原因")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-12-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def scheme(county):
    """甲局 lost half a point more than 乙局."""
    scheme = make_scheme(county.root)
    make_sheet(county.own, "checked", scheme)
    sister = make_sheet(county.sister, "checked", scheme)
    sister.scores.update(score=4, reason="")
    return scheme


@pytest.fixture
def admin(county):
    return browser_of(county)


def at(name, scheme) -> str:
    return reverse(f"assessment_{name}", args=[scheme.pk])


def announce(admin, scheme):
    opened = admin.get(at("announce", scheme)).context["opened"]
    return admin.post(at("announce", scheme), {"opened": opened}, follow=True)


def book_of(answer: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def rows_of(answer: Any, name: str) -> list[tuple[object, ...]]:
    return list(book_of(answer)[name].iter_rows(min_row=3, values_only=True))


def test_what_is_published_does_not_change_any_more(admin, scheme):
    announce(admin, scheme)
    publication = scheme.publications.get()
    assert standing(scheme) == publication
    assert intact(publication)
    assert "12月尚未封账" in publication.basis
    result = publication.results.get(position=1)
    assert (result.score, result.possible, result.grade) == (7.5, 10, "一般")
    assert set(scheme.sheets.values_list("version", flat=True)) == {2}  # open pages are stale
    scheme.sheets.update(obligations={})  # whatever becomes of the records
    page = admin.get(reverse("assessment_sheet", args=[result.sheet_id]))
    assert page.context["printed"].score == "7.5"
    AssessmentResult.objects.filter(pk=result.pk).update(score=10)
    assert not intact(publication)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "handed_in"}, "还没有完成检查评分"),
        ({"awaits_reply": True}, "说明还没有答复"),
        ({"as_of": dt.date(2026, 12, 19)}, "请先重新核算"),
    ],
)
def test_what_stands_against_publishing_is_said(admin, scheme, changes, words):
    scheme.sheets.filter(unit__code="QS001").update(**changes)
    page = admin.get(at("announce", scheme))
    assert any(words in fault for fault in page.context["ready"].faults)
    assert words in announce(admin, scheme).content.decode()
    assert standing(scheme) is None


def test_no_part_of_a_year_is_published(county):
    scheme, day = make_scheme(county.root), dt.date(2026, 11, 30)
    make_sheet(county.own, "checked", scheme, as_of=day, open_as_of=day)
    with time_machine.travel("2026-11-30 10:00+08:00", tick=False):
        page = announce(browser_of(county), scheme)
    assert "最早在当年12月公布" in page.content.decode()
    assert standing(scheme) is None


def test_what_was_read_is_what_is_published(admin, scheme):
    opened = admin.get(at("announce", scheme)).context["opened"]
    scheme.sheets.filter(unit__code="QS001").update(version=2)
    page = admin.post(at("announce", scheme), {"opened": opened}, follow=True)
    assert "刚刚有变动" in page.content.decode()
    assert standing(scheme) is None


def test_taken_back_with_a_reason_and_published_again(admin, scheme):
    announce(admin, scheme)
    assert admin.post(at("take_back", scheme), {"reason": ""}).status_code == 400
    admin.post(at("take_back", scheme), {"reason": "算错一家"})
    assert standing(scheme) is None
    announce(admin, scheme)
    page = admin.get(at("results", scheme)).content.decode()
    assert "算错一家" in page
    assert scheme.publications.count() == 2
    trail = AuditEvent.objects.filter(action__startswith="assessment.").order_by("pk")
    assert [line.action for line in trail] == [
        "assessment.announce", "assessment.take_back", "assessment.announce",
    ]  # fmt: skip


def test_places_are_shown_to_few_and_only_if_switched_on(admin, county, scheme):
    make_published(scheme.sheets.first(), county["auditor"])
    leader, clerk = browser_of(county, "county_leader"), browser_of(county, "clerk")
    assert "名次</th>" not in leader.get(at("results", scheme)).content.decode()
    admin.post(reverse("assessment_settings"), {"is_ranked": "on", "version": 0})
    assert AuditEvent.objects.get(action="assessment.settings").after == {"is_ranked": True}
    for browser in (leader, admin):
        rows = browser.get(at("results", scheme)).context["rows"]
        assert [(row.unit_name, place) for row, _said, place in rows] == [
            ("县甲局", 2),
            ("县乙局", 1),
        ]
    assert clerk.get(at("results", scheme)).status_code == 403
    own = clerk.get(reverse("assessment_sheet", args=[scheme.sheets.get(unit=county.own).pk]))
    assert "名次" not in own.content.decode()
    admin.post(reverse("assessment_settings"), {"version": 1})
    assert not AssessmentSettings.objects.get().is_ranked


def test_nothing_is_ranked_before_it_is_published(admin, county, scheme):
    AssessmentSettings.objects.create(root=county.root, is_ranked=True)
    book = admin.get(at("workbook", scheme))
    assert "名次" not in rows_of(book, "汇总")[0]
    assert browser_of(county, "county_leader").get(at("results", scheme)).status_code == 404


def test_a_leader_reads_totals_without_reasons(county, scheme):
    make_published(scheme.sheets.first(), county["auditor"])
    leader = browser_of(county, "county_leader")
    page = leader.get(at("results", scheme)).content.decode()
    assert "县甲局" in page
    assert "研讨不深" not in page
    sheet = scheme.sheets.first()
    assert leader.get(reverse("assessment_sheet", args=[sheet.pk])).status_code == 403


def test_the_workbook_of_all_stands_in_official_order(admin, county, scheme):
    make_published(scheme.sheets.first(), county["auditor"])
    answer = admin.get(at("workbook", scheme))
    book = book_of(answer)
    summary = list(book["汇总"].iter_rows(min_row=4, values_only=True))
    assert [row[6] for row in summary] == [0.75, 0.8]
    assert [row[1:6] for row in summary] == [
        ("县甲局", "局", 8, 7.5, 10), ("县乙局", "局", 8, 8, 10),
    ]  # fmt: skip
    details = list(book["各单位考评表"].iter_rows(min_row=3, values_only=True))
    assert details[0] == ("单位", *TABLE)
    assert details[1][0] == "县甲局"
    assert details[1][7] == "2月未达标 −2"


def test_a_unit_has_its_own_table(county, scheme):
    sheet = scheme.sheets.get(unit=county.own)
    answer = browser_of(county, "approver").get(reverse("assessment_sheet_file", args=[sheet.pk]))
    book = book_of(answer)
    rows = list(book["考评表"].iter_rows(min_row=3, values_only=True))
    assert book["考评表"]["F5"].number_format == "General"  # two places are never shown as one
    assert rows[0] == TABLE
    assert rows[2][1:3] == ("研讨联系实际", 4)
    assert rows[2][5:] == (3.5, "研讨不深 −0.5")
    assert rows[3][:3] == ("合计", None, 10)
    assert AuditEvent.objects.filter(action="export.assessment").count() == 1


def test_new_units_get_a_sheet_when_data_are_measured_anew(admin, county, scheme):
    make_unit("QS003", "青石县丙局", county.root)
    admin.post(at("measure", scheme))
    assert scheme.sheets.count() == 3
    make_published(scheme.sheets.first(), county["auditor"])
    page = admin.post(at("measure", scheme), follow=True)
    assert "不能重新核算" in page.content.decode()


def test_lists_take_few_queries(admin, county, scheme, django_assert_max_num_queries):
    for number in range(10, 30):
        make_sheet(make_unit(f"QS0{number}", f"青石县{number}局", county.root), "checked", scheme)
    make_published(scheme.sheets.first(), county["auditor"])
    addresses = [at("sheets", scheme), at("results", scheme), reverse("assessment_list")]
    for address in addresses:
        with django_assert_max_num_queries(MOST_QUERIES):
            admin.get(address)
