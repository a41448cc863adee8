"""A month closed, a session reported late, the month opened again: in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from sessions.models import ReviewEvent
from sessions.services import record_event
from tests.portal.county import County, make_assignment, make_county, make_user
from tests.reports.compliance.test_browser import sign_in
from tests.reports.records import make_entry, make_session
from tests.services.browser import barriers, spills
from units.access.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county() -> County:
    made = make_county()
    made.people["second"] = make_user("second")
    make_assignment(made["second"], Role.DEPARTMENT_ADMIN, made.root)
    make_entry(made.own, "成员甲", role="leader")
    make_session(made.own, "2024-03-05", theme="按时的")
    return made


def looked_at(page: Page) -> None:
    assert barriers(page) == []
    assert not spills(page)


def close_march(page: Page) -> None:
    page.goto("/closings/?year=2024")
    looked_at(page)
    page.get_by_role("link", name="预览并封账2024年3月").click()
    looked_at(page)
    page.get_by_role("button", name="2024年3月封账").click()
    expect(page.get_by_text("校验一致")).to_be_visible()


def report_late(county: County) -> None:
    late = make_session(county.own, "2024-03-20", steps=[], theme="迟到的")
    record_event(about=late, kind=ReviewEvent.Kind.SUBMIT, at=timezone.now())


def test_a_late_report_stands_beside_the_closed_figures(page: Page, county: County) -> None:
    sign_in(page, "department_admin")
    close_march(page)
    changes = page.locator("#changes")
    expect(changes).to_contain_text("没有变动")
    report_late(county)
    page.reload()
    expect(changes).to_contain_text("集中学习（次） 1 → 2")
    expect(changes).to_contain_text("迟到的 补录")
    expect(page.locator(".unit-table tbody tr").first).to_contain_text("1 次")
    expect(page.get_by_text("校验一致")).to_be_visible()
    looked_at(page)


def test_two_people_open_a_month_again(
    page: Page, chromium: Browser, live_server, county: County
) -> None:
    sign_in(page, "department_admin")
    close_march(page)
    page.get_by_role("link", name="申请重新开放").click()
    looked_at(page)
    page.get_by_label("重新开放的原因").fill("漏报一次学习")
    page.get_by_role("button", name="提出申请").click()
    expect(page.get_by_role("button", name="撤回申请")).to_be_visible()
    looked_at(page)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    other = context.new_page()
    sign_in(other, "second")
    other.goto(page.url)
    other.get_by_role("button", name="确认重新开放").click()
    expect(other.get_by_text("仅供查考")).to_be_visible()
    context.close()
    page.goto("/closings/?year=2024")
    expect(page.get_by_text("重新开放，待再次封账")).to_be_visible()
