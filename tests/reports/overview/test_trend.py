"""Months of this year beside those of the last."""

import datetime as dt
import json

import pytest

from tests.reports.compliance.make import browser_of, make_studying_county, on_the_day
from tests.reports.records import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_day(monkeypatch)


def tables(**asked: str) -> dict[str, list[tuple[str, str]]]:
    county = make_studying_county()
    make_session(county.own, "2025-04-10", statuses=["absent", "absent"])
    answer = browser_of(county, "county_leader").get("/overview/trend/", asked)
    return {
        one.key: [(row.this.words, row.last.words) for row in one.rows]
        for one in answer.context["series"]
    }


def test_shares_are_of_the_units_that_were_bound():
    met = [this for this, _last in tables()["met"]]
    assert met == [
        "0.00%（0/2）", "0.00%（0/2）", "100.00%（2/2）", "50.00%（1/2）", "0.00%（0/2）",
        "0.00%（0/2）", *["—"] * 6,
    ]  # fmt: skip


def test_numbers_and_rates_stand_beside_those_of_the_year_before():
    seen = tables()
    assert seen["sessions"][2:4] == [("2 次", "0 次"), ("1 次", "1 次")]
    assert seen["sessions"][6] == ("—", "0 次")
    assert seen["participation"][2:4] == [("100.00%", "—"), ("75.00%", "50.00%")]


def test_a_past_day_ends_the_series():
    assert [this for this, _last in tables(as_of="2026-03-31")["sessions"]][2:4] == ["2 次", "—"]


def test_charts_are_drawn_from_the_figures_of_the_tables():
    page = browser_of(make_studying_county(), "auditor").get("/overview/trend/").content.decode()
    data = page.split('id="trend-data" type="application/json">')[1].split("</script>")[0]
    (met, _sessions, rate) = json.loads(data)["series"]
    assert met["this"] == [0.0, 0.0, 100.0, 50.0, 0.0, 0.0, *[None] * 6]
    assert met["last"] == [None] * 12
    assert rate["this"][2:4] == [100.0, 75.0]
    assert page.count("echarts.simple") == 1


def test_a_month_that_is_not_over_is_told_but_not_drawn(monkeypatch: pytest.MonkeyPatch):
    on_the_day(monkeypatch, dt.date(2026, 4, 29))
    county = make_studying_county()
    series = browser_of(county, "auditor").get("/overview/trend/").context["series"][1]
    assert [row.name for row in series.rows if row.is_running] == ["4月"]
    assert series.rows[3].this.words == "1 次"
    assert series.drawn["this"] == [0, 0, 2, *[None] * 9]
    assert {row.last.words for row in series.rows} == {"—"}
