"""The homes and a unit's year in a real browser, at a desk and on a phone."""

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


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("clerk", "/"),
        ("approver", "/"),
        ("auditor", "/"),
        ("county_leader", "/"),
        ("auditor", "/units/QS001/compliance/?as_of=2026-04-30"),
    ],
)
def test_the_page_is_whole(page: Page, county: County, who: str, address: str) -> None:
    sign_in(page, who)
    page.goto(address)
    for summary in page.locator("details.duty > summary").all()[:3]:
        summary.click()
    assert barriers(page) == []
    assert not spills(page)


def test_a_month_leads_to_its_rows_by_keyboard(page: Page, county: County) -> None:
    sign_in(page, "clerk")
    page.get_by_role("link", name="3月 达标 1 次").focus()
    page.keyboard.press("Enter")
    duty = page.locator("#duty-monthly_sessions-2026-03")
    expect(duty).to_be_in_viewport()
    expect(duty.get_by_text("春耕备耕")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(duty.get_by_role("link", name="3月10日 春耕备耕")).to_be_visible()


def test_without_scripts_the_department_finds_a_unit_and_a_day(
    chromium: Browser, live_server, county: County
) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "auditor")
    page.get_by_role("link", name="未达标 2").click()
    page.get_by_role("link", name="县甲局").click()
    page.get_by_label("截至日期").fill("2026-03-31")
    page.get_by_role("button", name="查看这一天").click()
    expect(page.get_by_text("截至 2026年3月31日")).to_be_visible()
    page.locator("#duty-monthly_sessions-2026-03 summary").click()
    expect(page.get_by_role("link", name="3月10日 春耕备耕").first).to_be_visible()
    context.close()
