"""The year's ledger as a workbook: the columns promised, the filter on the screen, the trail."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from accounts.models import AuditEvent
from reports.workbook.ledger import LEDGER_COLUMNS
from sessions.models import Attendance, ReviewEvent, StudySession
from tests.portal.county import County, make_county
from tests.units.imports.factories import make_entry
from tests.units.spreadsheets.workbooks import values_of
from units.models import Unit

pytestmark = pytest.mark.django_db


def make_session(unit: Unit, day: date, *, submitted: bool = True, **changes) -> StudySession:
    values = {"theme": f"{day.month}月学习", "form": "collective"} | changes
    status = "submitted" if submitted else "draft"
    session = StudySession.objects.create(
        unit=unit, date=day, end_date=day, status=status, **values
    )
    if submitted:
        at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        ReviewEvent.objects.create(session=session, kind="submit", on=day, at=at)
    return session


@pytest.fixture
def county() -> County:
    made = make_county()
    member = make_entry(made.own, "李甲")
    for month in (3, 5):
        session = make_session(made.own, date(2026, month, 5))
        Attendance.objects.create(session=session, member=member, status="present")
    make_session(made.own, date(2026, 6, 5), submitted=False)
    make_session(made.sister, date(2026, 3, 5), theme="邻局学习")
    return made


def rows_of(county: County, query: str = "", who: str = "clerk") -> list[list[object]]:
    browser = Client()
    browser.force_login(county[who])
    answer = browser.get(f"/units/QS001/ledger/workbook/?year=2026&{query}")
    return values_of(answer.getvalue())


def test_the_columns_are_those_promised_and_drafts_are_left_out(county):
    title, _scope, header, *rows = rows_of(county)
    assert title[0] == "青石县甲局集中学习台账（2026年）"
    assert header == [column.header for column in LEDGER_COLUMNS]
    assert [row[5] for row in rows] == ["3月学习", "5月学习"]
    assert rows[0][10:12] == [1, 1]


@pytest.mark.parametrize(
    ("query", "themes", "said"),
    [
        ("period=q2", ["5月学习"], "时段：第二季度"),
        ("text=3月", ["3月学习"], "查找：3月"),
        ("status=returned", [], "状态：已退回"),
        ("form=unsinn", ["3月学习", "5月学习"], "全年"),
    ],
)
def test_the_filter_on_the_screen_holds(county, query, themes, said):
    _title, scope, _header, *rows = rows_of(county, query)
    assert [row[5] for row in rows if row[5]] == themes
    assert said in str(scope[0])


def test_the_trail_says_how_many_rows_left(county):
    rows_of(county, "period=m3")
    line = AuditEvent.objects.get(action="export.ledger")
    assert line.after == {"rows": 1, "year": 2026, "filter": {"period": "m3"}}


def test_another_units_ledger_is_not_there_but_for_the_department(county):
    browser = Client()
    browser.force_login(county["clerk"])
    assert browser.get("/units/QS002/ledger/workbook/").status_code == 404
    browser.force_login(county["county_leader"])
    assert browser.get("/units/QS001/ledger/workbook/").status_code == 403
    assert len(rows_of(county, who="auditor")) == 5


def test_a_year_nobody_knows_yet_is_empty(county):
    browser = Client()
    browser.force_login(county["clerk"])
    assert browser.get("/units/QS001/ledger/workbook/?year=2027").status_code == 200


def test_words_that_look_like_formulas_stay_words(county):
    StudySession.objects.filter(date=date(2026, 3, 5)).update(theme="=1+1")
    assert rows_of(county)[3][5] == "=1+1"
