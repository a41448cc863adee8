"""Units by months and quarters, with words in the cells."""

import pytest

from reports.closing import close_month
from reports.periods import Month
from reports.rules.words import OUTCOME_LABELS
from tests.portal.county import County, make_county, make_unit
from tests.reports.compliance.make import browser_of, make_studying_county, on_the_day
from tests.reports.records import at, judged, make_entry, make_session, review
from units.access.roles import SYSTEM_ROLES, UNIT_ROLES

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def _june(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_day(monkeypatch)


def shown(county: County, who: str = "auditor", **asked: str):
    return browser_of(county, who).get("/overview/", asked).context


def test_cells_say_what_the_evaluation_says():
    county = make_studying_county()
    context = shown(county)
    line = context["lines"][0]
    results = judged(county.own, context["as_of"]).evaluation.results
    said = {one.period: OUTCOME_LABELS[one.outcome] for one in results
            if one.rule in {"monthly_sessions", "quarterly_discussions"}}  # fmt: skip
    cells = {
        column.period.key: cell.word
        for column, cell in zip(context["columns"], line.cells, strict=True)
    }
    ahead = {key for key, word in cells.items() if word == "未到期"}
    assert ahead == {"2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12",
                     "2026-Q3", "2026-Q4"}  # fmt: skip
    assert {key: cells[key] for key in said.keys() - ahead} == {
        key: said[key] for key in said.keys() - ahead
    }


def test_a_cell_counts_sessions_of_a_month_and_discussions_of_a_quarter():
    county = make_studying_county()
    make_session(county.own, "2026-03-20")
    cells = shown(county)["lines"][0].cells
    assert [cell.number for cell in cells[:9]] == [
        "0 次", "0 次", "2 次", "1 次", "1 次", "0 次", "0 次", "0 次", "",
    ]  # fmt: skip


def test_order_is_official_whatever_the_results():
    county = make_studying_county()
    type(county.own).objects.filter(pk=county.own.pk).update(rank_order=9)
    assert [line.code for line in shown(county)["lines"]] == ["QS002", "QS001"]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["QS001", "QS002", "QS003", "QS00301"]),
        ({"standing": "not_applicable"}, ["QS003", "QS00301"]),
        ({"outcome": "missed"}, ["QS001", "QS002"]),
        ({"outcome": "met_late"}, []),
        ({"within": "QS003"}, ["QS003", "QS00301"]),
        ({"within": "BS"}, ["QS001", "QS002", "QS003", "QS00301"]),
        ({"category": "bureau", "standing": "behind"}, ["QS001", "QS002"]),
    ],
)
def test_filters_narrow_the_lines(asked: dict[str, str], codes: list[str]):
    county = make_studying_county()
    upper = make_unit("QS003", "青石县丙委", county.root)
    make_unit("QS00301", "青石县丙委下属局", upper)
    type(upper).objects.filter(code__startswith="QS003").update(established_on="2026-12-25")
    assert [line.code for line in shown(county, **asked)["lines"]] == codes


def test_a_past_day_shows_the_states_of_then():
    county = make_studying_county()
    session = make_session(county.own, "2026-05-11")
    review(session, "return", "2026-06-02")
    words = {
        day: shown(county, as_of=day)["lines"][0].cells[5].word
        for day in ("2026-05-31", "2026-06-29")
    }
    assert words == {"2026-05-31": "达标", "2026-06-29": "未达标"}


def test_a_closed_month_says_so():
    county = make_studying_county()
    close_month(root=county.root, month=Month(2026, 5), at=at("2026-06-05"), by=None)
    page = browser_of(county, "auditor").get("/overview/", {"as_of": "2026-05-31"})
    assert "2026年5月已于 2026年6月5日 封账" in page.content.decode()
    assert shown(county, as_of="2026-05-30")["closing"] is None


def test_no_unit_of_another_county_shows():
    county = make_studying_county()
    make_session(make_unit("BS001", "白石县丁局", county.abroad), "2026-03-10")
    for address in ("/overview/", "/overview/print/"):
        page = browser_of(county, "county_leader").get(address).content.decode()
        assert "甲局" in page
        assert "丁局" not in page


@pytest.mark.parametrize("who", sorted(SYSTEM_ROLES | UNIT_ROLES))
@pytest.mark.parametrize("address", ["", "trend/", "print/", "QS002/monthly_sessions/2026-03/"])
def test_only_the_department_and_leaders_look_over_units(who: str, address: str):
    assert browser_of(make_county(), who).get(f"/overview/{address}").status_code == 403


def test_all_units_are_printed_on_one_page():
    county = make_studying_county()
    for number in range(60):
        make_unit(f"QS1{number:02}", f"青石县第{number}局", county.root)
    assert len(shown(county)["lines"]) == 50
    context = browser_of(county, "auditor").get("/overview/print/").context
    assert len(context["lines"]) == 62


@pytest.mark.parametrize("more", [10, 118])
@pytest.mark.parametrize("address", ["/overview/", "/overview/print/", "/overview/trend/"])
def test_many_units_cost_as_many_queries_as_few(
    more: int, address: str, django_assert_max_num_queries
):
    county = make_studying_county()
    for number in range(more):
        make_entry(make_unit(f"QS1{number:03}", f"青石县第{number}局", county.root), "成员")
    browser = browser_of(county, "auditor")
    browser.get(address)
    most = MOST_QUERIES if "trend" not in address else 20
    with django_assert_max_num_queries(most):
        answer = browser.get(address, {"category": "bureau"})
    assert answer.context["total"] == 2 + more
