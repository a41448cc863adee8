"""What waits, in which order, under which filter, and what the checks see in it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import StudySession
from tests.portal.county import make_county, make_unit
from tests.sessions.recording.make import people
from tests.sessions.reviews.make import (
    address,
    browser_of,
    make_session,
    put_on_file,
    submitted_plan,
    submitted_report,
    submitted_session,
    switch_on,
    text,
)
from units.models import Category

pytestmark = pytest.mark.django_db
QUEUE = reverse("review_queue")
MOST_QUERIES = 12


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def auditor(county):
    return browser_of(county, "auditor")


def titles(browser, **asked) -> list[str]:
    return [row.title for row in browser.get(QUEUE, asked).context["rows"]]


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_the_longest_waiting_comes_first_whatever_it_is(county, auditor):
    submitted_session(county.own, theme="后到", at=days_ago(1))
    plan = submitted_plan(county.sister)
    submitted_session(county.sister, theme="先到", at=days_ago(30))
    submitted_session(county.abroad, theme="外县")
    make_session(county.own, theme="草稿")
    assert titles(auditor) == ["先到", "后到", plan.title]
    page = auditor.get(QUEUE)
    numbers = {each.kind: (each.number, each.overdue) for each in page.context["counts"]}
    assert numbers == {"session": (2, 1), "plan": (1, 0), "half_year": (0, 0), "annual": (0, 0)}
    assert page.context["rows"][0].is_overdue


def test_the_filter_narrows_and_travels(county, auditor):
    Category.objects.create(code="township", name="乡镇")
    last_month = timezone.localdate().replace(day=1) - timedelta(days=1)
    submitted_session(county.own, theme="甲", date=last_month, end_date=last_month)
    submitted_session(county.sister, theme="乙", at=days_ago(30))
    report = submitted_report(county.own)
    assert titles(auditor, kind="annual") == [report.title]
    assert titles(auditor, unit="乙局") == titles(auditor, unit="qs002") == ["乙"]
    assert titles(auditor, category="township") == []
    assert titles(auditor, month=f"{last_month:%Y-%m}") == ["甲"]
    assert titles(auditor, overdue="on") == ["乙"]
    assert len(titles(auditor, month="2026-13", kind="secret")) == 3
    (row,) = auditor.get(QUEUE, {"unit": "乙局", "page": "9"}).context["rows"]
    assert row.address.endswith("?unit=%E4%B9%99%E5%B1%80")


def test_next_and_previous_keep_the_filter_and_a_decision_goes_on(county, auditor):
    first, second, third = (
        submitted_session(county.own, theme=f"第{number}", at=days_ago(10 - number))
        for number in range(3)
    )
    submitted_session(county.sister, theme="别的", at=days_ago(9))
    query = {"unit": "QS001"}
    context = auditor.get(address("review_item", second), query).context
    assert context["previous"] == f"{address('review_item', first)}?unit=QS001"
    assert context["next"] == f"{address('review_item', third)}?unit=QS001"
    assert (context["place"].number, context["place"].total) == (2, 3)
    accepting = f"{address('review_accept', second)}?unit=QS001"
    answer = auditor.post(accepting, {"version": second.version})
    assert answer["Location"] == context["next"]
    accepting = f"{address('review_accept', third)}?unit=QS001"
    answer = auditor.post(accepting, {"version": third.version})
    assert answer["Location"] == context["previous"]
    accepting = f"{address('review_accept', first)}?unit=QS001"
    answer = auditor.post(accepting, {"version": first.version})
    assert answer["Location"] == f"{QUEUE}?unit=QS001"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"form": "discussion"}, "集体研讨至少要有 2 位成员发言，现有 0 位"),
        ({"form": "discussion", "lecturer": "县委党校专家"}, "请核对是不是专题讲座"),
        ({"content": "传达机密★10年文件"}, "“学习内容”中有“机密★10年”字样"),
        ({"chair": ""}, "请填写主持人"),
    ],
)
def test_the_checks_say_in_plain_words_what_they_see(county, auditor, change, sentence):
    session = submitted_session(county.own, **change)
    assert sentence in text(auditor.get(address("review_item", session)))
    (row,) = auditor.get(QUEUE).context["rows"]
    assert any(sentence in said for said in row.findings)
    assert row.tick == ""


def test_who_leads_from_the_group_is_no_lecturer(county, auditor):
    submitted_session(county.own, form="discussion", lecturer="赵一领学")
    (row,) = auditor.get(QUEUE).context["rows"]
    assert not any("讲座" in said for said in row.findings)


def test_numbers_and_files_are_checked_against_the_roster(county, auditor):
    session = submitted_session(county.own)
    session.attendance.filter(member__person__name="钱二").delete()
    session.evidence.filter(kind="sign_in").update(checked="held")
    put_on_file(session, "photo")
    (row,) = auditor.get(QUEUE).context["rows"]
    assert row.findings == [
        "应到 3 人，已登记 2 人：缺 钱二。",
        "缺签到表。",
        "有 1 份材料因带有密级字样被暂扣，请先核实处理。",
    ]


def test_a_file_of_a_session_that_must_stay_offline_is_seen(county, auditor):
    session = submitted_session(
        county.own, is_offline_only=True, theme="", content="", archive_place="机要室"
    )
    put_on_file(session, "materials", file="evidence/1.pdf")
    (row,) = auditor.get(QUEUE).context["rows"]
    assert ["逐个移除" in said for said in row.findings] == [True]


def test_a_term_that_ended_before_is_not_due(county, auditor):
    session = make_session(county.own)
    gone = county.own.people.get(pk=people(county.own)["孙三"])
    gone.entries.update(end_date=session.date)
    session.attendance.filter(member__person=gone).delete()
    StudySession.objects.filter(pk=session.pk).update(status="submitted")
    (row,) = auditor.get(QUEUE).context["rows"]
    assert row.findings == []


@pytest.mark.parametrize("many", [20, 200])
def test_the_queue_asks_as_little_with_many(county, auditor, many, django_assert_max_num_queries):
    submitted_plan(county.own)
    submitted_report(county.own)
    session = submitted_session(county.own)
    day = session.date
    StudySession.objects.bulk_create(
        StudySession(
            unit=county.sister, theme=f"第{number}次", date=day, end_date=day, form="collective",
            status="submitted",
        )
        for number in range(many)
    )  # fmt: skip
    auditor.get(QUEUE)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = auditor.get(QUEUE)
    assert page.context["page"].paginator.count == many + 3
    assert len(page.context["rows"]) == min(many + 3, 50)


@pytest.mark.parametrize("make", [submitted_session, submitted_plan, submitted_report])
def test_one_thing_asks_little(county, auditor, make, django_assert_max_num_queries):
    about = make(county.own)
    for number in range(5):
        submitted_session(make_unit(f"QS1{number}", f"青石县第{number}局", county.root))
    auditor.get(QUEUE)
    with django_assert_max_num_queries(MOST_QUERIES):
        auditor.get(address("review_item", about))


def test_the_administrator_looks_on_and_decides_nothing(county):
    session = submitted_session(county.own)
    page = browser_of(county, "department_admin").get(address("review_item", session))
    assert (page.context["accept_address"], page.context["return_address"]) == ("", "")


def test_the_approver_sees_nothing_while_the_switch_is_off(county):
    submitted_session(county.own)
    approver = browser_of(county, "approver")
    assert "没有启用单位内审核" in text(approver.get(QUEUE))
    switch_on(county)
    assert titles(approver) == []
