"""Accounts and roles as the two administrators work on them, at a desk and on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.portal.browser.signing_in import sign_in
from tests.portal.county import County, make_county
from tests.services.browser import barriers, spills
from units.models import Assignment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(live_server: Any) -> County:
    return make_county()


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "security_auditor"])
def test_every_page_is_whole(page: Page, county: County, who: str) -> None:
    clerk = county["clerk"]
    held = Assignment.objects.get(user=clerk)
    addresses = {
        "system_admin": ["/accounts/new/", f"/accounts/{clerk.pk}/edit/"],
        "security_auditor": ["/trail/", "/trail/?result=done"],
        "security_admin": [
            f"/accounts/{clerk.pk}/roles/new/",
            f"/assignments/{held.pk}/end/",
            f"/assignments/{held.pk}/hand-over/",
            "/proposals/",
            "/trail/",
        ],
    }
    sign_in(page, who)
    faults = []
    shared = [] if who == "security_auditor" else ["/accounts/", f"/accounts/{clerk.pk}/"]
    for address in (*shared, *addresses[who]):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        faults += barriers(page)
        assert not spills(page), address
    assert faults == []


def test_an_account_is_opened_and_given_a_role_without_scripts_on_a_phone(
    chromium: Browser, live_server: Any, county: County
) -> None:
    asked: dict[str, Any] = {"base_url": live_server.url, "java_script_enabled": False}
    asked["viewport"] = {"width": 390, "height": 844}
    system = chromium.new_context(**asked).new_page()
    sign_in(system, "system_admin")
    system.goto("/accounts/new/")
    system.get_by_label("用户名").fill("xinren")
    system.get_by_label("姓名").fill("测新人")
    system.get_by_role("button", name="保存").click()
    expect(system.get_by_text("本页只显示这一次")).to_be_visible()
    security = chromium.new_context(**asked).new_page()
    sign_in(security, "security_admin")
    security.goto("/accounts/?words=xinren")
    security.get_by_role("link", name="测新人").click()
    security.get_by_role("link", name="提出授予角色").click()
    security.get_by_label("单位").fill("QS001")
    security.get_by_role("button", name="提出").click()
    expect(security.get_by_text("自己提出的建议须由另一人确认")).to_be_visible()
    department = chromium.new_context(**asked).new_page()
    sign_in(department, "department_admin")
    department.goto("/proposals/")
    department.get_by_role("link").filter(has_text="测新人").click()
    department.get_by_role("button", name="确认并授予").click()
    expect(department.get_by_text("已确认并办理")).to_be_visible()
    for page in (system, security, department):
        page.context.close()
