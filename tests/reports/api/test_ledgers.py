"""The ledger as a file for any filter: the columns promised, nothing held, the trail."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from reports.exports import ledger_rows as reading
from reports.exports.delimited import csv_lines
from reports.exports.ledger_rows import in_ledger, ledger_rows
from reports.workbook.ledger import LEDGER_COLUMNS
from reports.workbook.spec import ColumnSpec
from sessions.models import StudySession
from tests.portal.county import make_unit
from tests.reports.api.make import queries_of, refused
from tests.reports.compliance.make import browser_of, make_studying_county
from tests.reports.records import make_entry, make_session
from tests.units.spreadsheets.workbooks import values_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)


@pytest.fixture
def county():
    made = make_studying_county()
    make_session(made.own, "2025-12-03", theme="去年的学习")
    make_session(made.own, "2026-05-06", theme="草稿", steps=())
    make_session(made.own, "2026-05-07", theme="党课", form="adjacent")
    return made


def csv_of(county: Any, who: str = "auditor", **asked: Any) -> list[list[str]]:
    answer = browser_of(county, who).get("/api/v1/sessions/export.csv", asked)
    assert answer.status_code == 200, answer.getvalue().decode()
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff序号,单位,学习时间")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def themes(rows: list[list[str]]) -> list[str]:
    return [row[5] for row in rows[1:]]


def test_the_columns_are_those_of_the_workbooks_sheet(county):
    header, *rows = csv_of(county)
    assert header == [column.header for column in LEDGER_COLUMNS]
    assert themes([header, *rows]) == ["去年的学习", "春耕备耕", "防汛抗旱", "乙局自己的主题"]
    assert rows[2][:4] == ["3", "县甲局", "2026-04-08", "1"]
    assert rows[2][10:15] == ["4", "3", "0", "1", "75.00%"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"unit": "QS002"}, ["乙局自己的主题"]),
        ({"year": 2026, "text": "防汛"}, ["防汛抗旱"]),
        ({"date_from": "2026-04-01"}, ["防汛抗旱"]),
        ({"form": "adjacent"}, []),
        ({"status": "draft"}, []),
        ({"late": "false", "year": 2025}, ["去年的学习"]),
    ],
)
def test_every_filter_of_the_list_holds(county, asked, found):
    assert themes(csv_of(county, **asked)) == found


def test_a_unit_takes_away_its_own_and_a_leader_nothing(county):
    assert themes(csv_of(county, "clerk")) == ["去年的学习", "春耕备耕", "防汛抗旱"]
    browser = browser_of(county, "county_leader")
    assert browser.get("/api/v1/sessions/export.csv").status_code == 403
    browser = browser_of(county, "clerk")
    assert browser.get("/api/v1/sessions/export.csv", {"unit": "QS002"}).status_code == 404


@pytest.mark.parametrize("word", ["ordering", "page", "page_size", "unsinn"])
def test_a_word_that_would_do_nothing_is_refused(county, word):
    status, errors = refused(browser_of(county, "clerk"), "sessions/export.csv", **{word: "1"})
    assert (status, list(errors)) == (400, [word])


def test_the_workbook_has_the_same_rows(county):
    answer = browser_of(county, "auditor").get("/api/v1/sessions/export.xlsx", {"year": 2026})
    _title, scope, header, *rows = values_of(answer.getvalue())
    assert "year：2026" in str(scope[0])
    assert header == [column.header for column in LEDGER_COLUMNS]
    assert [row[5] for row in rows] == themes(csv_of(county, year=2026))
    assert rows[1][14] == 0.75


def test_the_trail_says_what_left_before_the_first_byte(county):
    browser = browser_of(county, "auditor")
    for kind in ("csv", "xlsx"):
        browser.get(f"/api/v1/sessions/export.{kind}", {"year": 2026})
        line = AuditEvent.objects.filter(action="export.ledger").latest("pk")
        assert line.after == {"rows": 3, "format": kind, "filter": {"year": "2026"}}


def test_a_workbook_of_too_many_rows_is_refused_in_words(county, monkeypatch):
    monkeypatch.setattr("reports.api.ledgers.MOST_IN_WORKBOOK", 3)
    status, errors = refused(browser_of(county, "auditor"), "sessions/export.xlsx")
    assert status == 400
    assert errors[""] == "共 4 条，工作簿最多 3 条。请缩小范围，或下载 CSV。"
    assert not AuditEvent.objects.filter(action="export.ledger").exists()


def test_what_looks_like_a_formula_stays_text():
    columns = [ColumnSpec("甲", 1), ColumnSpec("乙", 1)]
    signs = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1", "－1", '",=1']
    lines = "".join(csv_lines(columns, [(sign, -1) for sign in signs]))
    read = list(csv.reader(io.StringIO(lines.removeprefix("\ufeff"), newline="")))[1:]
    assert [row[0] for row in read] == [f"'{sign}" for sign in signs[:-1]] + ['",=1']
    assert {row[1] for row in read} == {"-1"}


def test_units_are_read_as_their_rows_are_asked_for(county, monkeypatch):
    monkeypatch.setattr(reading, "SLICE", 1)
    rows = ledger_rows(in_ledger(StudySession.objects.filter(date__year=2026), TODAY), TODAY)
    with CaptureQueriesContext(connection) as queries:
        assert next(rows)[5] == "春耕备耕"
        first = len(queries)
        next(rows)
        assert len(queries) == first
        assert next(rows)[5] == "乙局自己的主题"
        assert len(queries) > first


def test_queries_do_not_grow_with_sessions(county):
    browser, numbers = browser_of(county, "auditor"), []
    for number in range(2):
        numbers.append(queries_of(browser, "sessions/export.csv", year=2026))
        for more in range(5):
            unit = make_unit(f"QS2{number}{more}", "青石县戊局", county.root)
            make_entry(unit, "戊员")
            make_session(unit, speakers=1)
    assert numbers[0] == numbers[1] <= 30
