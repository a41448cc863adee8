"""The audit trail for programs: the lines of its page, and no more of each told."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from portal.api.counting import count_lines
from tests.portal.county import County, make_county
from tests.portal.trail.make import browser_of, make_line
from tests.reports.api.make import queries_of
from units.administration.supervision import trail

pytestmark = pytest.mark.django_db
STUDY: dict[str, Any] = {"object_type": "study_sessions.studysession", "object_id": "7"}


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def auditor(county):
    return browser_of(county, "security_auditor")


def read(browser: Any, **asked: Any) -> Any:
    answer = browser.get("/api/v1/events", asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_line_says_what_the_page_says(county, auditor):
    make_line(actor=county["clerk"], role="clerk", unit_code="QS001", **STUDY)
    [told] = read(auditor)["results"]
    page = auditor.get("/trail/").content.decode()
    for name in ("who", "role", "unit", "about"):
        assert told[name]
        assert told[name] in page
    assert (told["action"], told["result"]) == ("保存学习记录", "成功")


def test_no_study_content_is_told(auditor):
    make_line(after={"theme": "新题", "status": "draft"}, **STUDY)
    [told] = read(auditor)["results"]
    assert "新题" not in str(told)
    values = {each["name"]: each["after"] for each in told["changes"]}
    assert "指纹" in values["学习主题"]
    assert values["状态"] == "草稿"


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"first": "2026-07-02"}, 0),
        ({"last": "2026-07-01"}, 2),
        ({"who": "测clerk"}, 1),
        ({"action": "session.save"}, 1),
        ({"unit": "甲局"}, 1),
        ({"result": "denied"}, 1),
        ({"kind": "study_sessions.studysession", "number": "7"}, 1),
        ({"unit": "没有的单位"}, 0),
    ],
)
def test_filters_are_those_of_the_page(county, auditor, asked, number):
    make_line(actor=county["clerk"], unit_code="QS001", **STUDY)
    make_line(1, action="access.denied", result="denied")
    assert read(auditor, **asked)["count"] == number


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"first": "0001-01-01"}, "first", "2000 年以后"),
        ({"first": "2026-07-02", "last": "2026-07-01"}, "", "截止日期早于起始日期"),
        ({"result": "x"}, "result", "选项"),
        ({"before": "1"}, "before", "不支持这个参数"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_the_words_of_the_page(auditor, asked, field, said):
    answer = auditor.get("/api/v1/events", asked)
    assert answer.status_code == 400
    errors = {each["field"]: each["message"] for each in answer.json()["errors"]}
    assert said in errors[field]


def test_reading_leaves_a_line(auditor):
    read(auditor, action="session.save")
    line = AuditEvent.objects.get(action="trail.read")
    assert line.after == {"filter": {"action": "session.save"}}


def test_pages_follow_each_other_newest_first(auditor):
    for number in range(5):
        make_line(number, object_type="x", object_id=str(number))
    pages = [read(auditor, page_size=2, page=page) for page in (1, 2, 3)]
    told = [line["object_id"] for page in pages for line in page["results"]]
    assert told == list("43210")
    assert {page["count"] for page in pages} == {5}
    assert [bool(page["next"]) for page in pages] == [True, True, False]


def test_lines_counted_once_are_not_counted_again():
    for number in range(3):
        make_line(number)
    assert count_lines(trail()) == 3
    make_line(4)
    with CaptureQueriesContext(connection) as queries:
        assert count_lines(trail()) == 4
    [only] = queries.captured_queries
    assert '"id" > ' in only["sql"]


def test_what_was_counted_for_one_question_answers_no_other(county):
    make_line(actor=county["clerk"])
    make_line(1, actor=county["approver"])
    assert count_lines(trail()) == 2
    assert count_lines(trail().filter(actor=county["clerk"])) == 1
    assert count_lines(trail().none()) == 0


def test_queries_do_not_grow_with_lines(auditor):
    numbers = []
    for more in (1, 40):
        for number in range(more):
            make_line(number)
        cache.clear()
        numbers.append(queries_of(auditor, "events"))
    assert numbers[0] == numbers[1] <= 18
