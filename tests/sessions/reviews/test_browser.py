"""The way of a session from its return to its acceptance, in a browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sessions.models import Status, StudySession
from tests.portal.browser.test_sign_in import sign_in
from tests.portal.county import County, make_county
from tests.services.browser import barriers, spills
from tests.sessions.reviews.make import (
    make_session,
    submit,
    submitted_plan,
    submitted_report,
    submitted_session,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(live_server: Any) -> County:
    return make_county()


def test_every_page_is_whole(page: Page, county: County) -> None:
    session = submitted_session(county.own, form="discussion")
    plan, report = submitted_plan(county.own), submitted_report(county.own)
    sign_in(page, "auditor")
    faults = []
    ones = [f"session/{session.pk}/", f"plan/{plan.pk}/", f"report/{report.pk}/"]
    for address in ("", *ones):
        page.goto(f"/reviews/{address}")
        for closed in page.locator("main summary").all():
            closed.click()
        faults += barriers(page)
        assert not spills(page), address
    assert faults == []


def test_the_settings_are_whole(page: Page, county: County) -> None:
    sign_in(page, "department_admin")
    page.goto("/reviews/settings/")
    assert barriers(page) == []
    assert not spills(page)


def test_returned_corrected_and_accepted_without_scripts(
    chromium: Browser, live_server: Any, county: County
) -> None:
    session = submit(make_session(county.own, theme="学习"), county["clerk"])
    following = submitted_session(county.sister, theme="下一件")
    asked: dict[str, Any] = {"base_url": live_server.url, "java_script_enabled": False}
    auditor, clerk = (chromium.new_context(**asked).new_page() for _ in range(2))
    sign_in(auditor, "auditor")
    auditor.goto("/reviews/")
    auditor.get_by_role("link", name="从第一件开始").click()
    auditor.locator("summary", has_text="退回").click()
    auditor.get_by_label("缺会议记录或签到表，请补传。").check()
    auditor.get_by_label("补充说明").fill("主题要写全")
    auditor.get_by_label("学习主题").check()
    auditor.get_by_role("button", name="确定退回").click()
    expect(auditor.get_by_role("heading", name="下一件")).to_be_visible()
    sign_in(clerk, "clerk")
    clerk.goto(f"/sessions/{session.pk}/edit/")
    expect(clerk.locator("#at-theme").get_by_text("主题要写全")).to_be_visible()
    clerk.get_by_label("学习主题").fill("学习宪法")
    clerk.get_by_label(re.compile("应到 3 人，实到 3 人")).check()
    clerk.get_by_label(re.compile("不含国家秘密")).check()
    clerk.get_by_role("button", name="报送").last.click()
    expect(clerk.get_by_text("已报送。")).to_be_visible()
    auditor.get_by_role("button", name="通过").click()
    expect(auditor.get_by_role("heading", name="学习宪法")).to_be_visible()
    auditor.get_by_role("button", name="通过").click()
    expect(auditor.get_by_text("都审核完了。")).to_be_visible()
    statuses = StudySession.objects.filter(pk__in=[session.pk, following.pk])
    assert set(statuses.values_list("status", flat=True)) == {Status.ACCEPTED}
    auditor.context.close()
    clerk.context.close()
