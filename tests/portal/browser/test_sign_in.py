"""Signing in as people do it, at a desk and on a phone, with the keyboard and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.portal.county import PASSWORD, County, make_assignment, make_county
from tests.services.browser import barriers, spills
from units.access.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "Baiyun-7431-shanxi"


@pytest.fixture
def county(page: Page) -> County:
    return make_county()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()


def test_in_and_out(page: Page, county: County) -> None:
    sign_in(page, "clerk")
    expect(page.get_by_role("heading", name="青石县甲局")).to_be_visible()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    page.goto("/account/")
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_the_initial_password_must_be_changed_first(page: Page, county: County) -> None:
    sign_in(page, "initial")
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    page.goto("/units/QS001/")
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    for field, word in enumerate((PASSWORD, NEW, NEW)):
        page.locator("input[type=password]").nth(field).fill(word)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="青石县甲局")).to_be_visible()


def test_switching_the_role(page: Page, county: County) -> None:
    make_assignment(county["clerk"], Role.CLERK, county.sister)
    sign_in(page, "clerk")
    expect(page.get_by_role("heading", name="选择角色")).to_be_visible()
    page.get_by_role("row", name="青石县乙局").get_by_role("button").click()
    expect(page.get_by_role("heading", name="青石县乙局")).to_be_visible()


def test_the_keyboard_is_enough(page: Page, county: County) -> None:
    page.goto("/")
    expect(page.get_by_label("用户名")).to_be_focused()
    page.keyboard.type("clerk")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="青石县甲局")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("who", ["clerk", "department_admin", "system_admin"])
def test_every_page_of_the_menu_is_whole(page: Page, county: County, who: str) -> None:
    page.goto("/sign-in/")
    faults = barriers(page)
    sign_in(page, who)
    page.locator(".side a").first.wait_for(state="attached")
    menu = page.locator(".side li a").evaluate_all("links => links.map(link => link.href)")
    for address in [*menu, "/account/", "/account/password/", "/roles/", "/help/", "/nowhere/"]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == (404 if "nowhere" in address else 200)
        faults += barriers(page)
        assert not spills(page), address
    assert faults == []


def test_without_scripts_a_phone_finds_its_way(
    chromium: Browser, live_server, county: County
) -> None:
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    sign_in(page, "auditor")
    expect(page.locator("#menu")).to_be_hidden()
    page.get_by_role("link", name="菜单").click()
    page.get_by_role("link", name="单位名单").click()
    expect(page.get_by_role("heading", name="单位名单")).to_be_visible()
    context.close()
