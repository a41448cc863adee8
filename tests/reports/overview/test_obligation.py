"""What lies behind a cell."""

import pytest

from tests.portal.county import make_unit
from tests.reports.compliance.make import browser_of, make_studying_county, on_the_day
from tests.reports.records import make_session, review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_day(monkeypatch)


def page_of(county, address: str, who: str = "auditor", **headers: str) -> str:
    return browser_of(county, who).get(f"/overview/{address}", headers=headers).content.decode()


def test_every_link_of_the_matrix_leads_to_an_explanation():
    county = make_studying_county()
    browser = browser_of(county, "auditor")
    (line, *_) = browser.get("/overview/", {"as_of": "2026-06-29"}).context["lines"]
    for cell in line.cells:
        answer = browser.get(cell.address)
        assert (answer.status_code, answer.context["duty"].word) == (200, cell.word)


def test_rows_counted_and_left_out_are_named_with_the_reason():
    county = make_studying_county()
    review(make_session(county.own, "2026-03-25", theme="退回的学习"), "return", "2026-04-01")
    page = page_of(county, "QS001/monthly_sessions/2026-03/")
    assert "已计入 1 条" in page
    assert "3月10日 春耕备耕" in page
    assert "3月25日 退回的学习</a>：已退回" in page


def test_htmx_gets_the_panel_alone():
    county = make_studying_county()
    page = page_of(county, "QS001/monthly_sessions/2026-03/", **{"HX-Request": "true"})
    assert "春耕备耕" in page
    assert "<html" not in page


def test_a_leader_reads_numbers_of_people_never_names():
    county = make_studying_county()
    address = "QS001/speeches_per_member/2026/"
    assert "甲员3" in page_of(county, address)
    told = page_of(county, address, "county_leader")
    assert "2 名成员" in told
    assert "甲员" not in told


@pytest.mark.parametrize(
    "address",
    ["QS001/monthly_sessions/2026-13/", "QS001/nothing/2026/", "QS999/monthly_sessions/2026-03/",
     "BS001/monthly_sessions/2026-03/"],
)  # fmt: skip
def test_what_is_not_there_or_foreign_is_absent(address: str):
    county = make_studying_county()
    make_unit("BS001", "白石县丁局", county.abroad)
    assert browser_of(county, "auditor").get(f"/overview/{address}").status_code == 404


def test_it_costs_few_queries(django_assert_max_num_queries):
    browser = browser_of(make_studying_county(), "auditor")
    with django_assert_max_num_queries(12):
        browser.get("/overview/QS001/monthly_sessions/2026-03/")
