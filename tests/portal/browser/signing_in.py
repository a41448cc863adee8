"""Through the sign-in page, as a person does it."""

from playwright.sync_api import Page, expect

from tests.portal.county import PASSWORD


def sign_in(page: Page, username: str) -> None:
    """Ends once somebody is signed in."""
    page.goto("/sign-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()
