"""The overview in a real browser, at a desk and on a phone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.portal.county import PASSWORD, County
from tests.reports.compliance.make import make_studying_county, on_the_day
from tests.services.browser import barriers, spills

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(monkeypatch: pytest.MonkeyPatch, live_server: object) -> County:
    on_the_day(monkeypatch)
    return make_studying_county()


def sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_pages_are_whole_and_a_cell_opens_beside_the_matrix(page: Page, county: County) -> None:
    sign_in(page, "county_leader")
    for address in ("print/", "trend/", ""):
        page.goto(f"/overview/{address}")
        assert barriers(page) == []
        assert not spills(page)
    cell = page.get_by_role("row", name="县甲局").get_by_role("link", name="达标 1 次").first
    cell.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="计算依据")
    expect(panel.get_by_text("春耕备耕")).to_be_visible()
    expect(panel).to_be_focused()
    assert page.url.endswith("/overview/")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(cell).to_be_focused()


def test_charts_are_drawn_beside_their_tables(page: Page, county: County) -> None:
    sign_in(page, "auditor")
    page.goto("/overview/trend/")
    expect(page.locator(".chart canvas")).to_have_count(3)
    expect(page.get_by_role("table", name="参学率").get_by_text("75.00%")).to_be_visible()


def test_without_scripts_cells_lead_to_pages_and_tables_stand_alone(
    chromium: Browser, live_server, county: County
) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "auditor")
    page.get_by_role("link", name="月度总览").first.click()
    page.get_by_role("row", name="县甲局").get_by_role("link", name="达标 1 次").first.click()
    expect(page.get_by_role("heading", name="每月集中学习（3月）")).to_be_visible()
    expect(page.get_by_role("link", name="3月10日 春耕备耕")).to_be_visible()
    page.goto("/overview/trend/")
    expect(page.get_by_role("table", name="参学率")).to_be_visible()
    expect(page.locator(".trend-chart").first).to_be_hidden()
    context.close()
