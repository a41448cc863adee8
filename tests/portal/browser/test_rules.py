"""Rules as the department's administrator sets them, at a desk and on a phone."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from reports.models import RuleSet, Waiver
from reports.rule_sets import create_default, publish
from sessions.models import Topic
from tests.portal.browser.signing_in import sign_in
from tests.portal.county import County, make_county
from tests.services.browser import barriers, spills

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(live_server: Any) -> County:
    made = make_county()
    year = timezone.localdate().year
    rules = create_default(year=year, title="县规则")
    publish(rule_set=rules, at=timezone.now(), by=None)
    Waiver.objects.create(
        unit=made.own, rule="monthly_sessions", period=f"{year}-01", approver="测部长",
        reason="防汛", granted_on=f"{year}-01-05",
    )  # fmt: skip
    Topic.objects.create(
        name="县委全会精神", level="county", content_group=3,
        from_date=f"{year}-01-01", due=f"{year}-06-30",
    )  # fmt: skip
    return made


def test_every_page_is_whole(page: Page, county: County) -> None:
    draft = create_default(year=timezone.localdate().year, title="草案", unit=county.own)
    waiver, topic = Waiver.objects.get(), Topic.objects.get()
    sign_in(page, "department_admin")
    faults = []
    for address in (
        "/rules/", "/rules/new/", f"/rules/{draft.pk}/", f"/rules/{draft.pk}/edit/",
        f"/rules/{draft.pk}/trial/", f"/rules/{draft.pk}/publish/", "/waivers/", "/waivers/new/",
        f"/waivers/{waiver.pk}/revoke/", "/calendar/", "/calendar/2026-06-03/", "/topics/",
        "/topics/new/", f"/topics/{topic.pk}/",
    ):  # fmt: skip
        page.goto(address)
        faults += barriers(page) + [f"{address} spills"] * spills(page)
    assert faults == []


def test_a_version_is_drafted_tried_and_published(page: Page, county: County) -> None:
    year = timezone.localdate().year
    sign_in(page, "department_admin")
    page.goto(f"/rules/new/?source={RuleSet.objects.get().pk}")
    page.get_by_label("生效日期").fill(f"{year}-01-02")
    page.get_by_role("button", name="建草稿").click()
    page.locator("summary", has_text="年度计划报备").click()
    page.locator("[name=plan_filed-severity]").select_option("advisory")
    page.locator("[name=plan_filed-points]").fill("4")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("计分的事项，请填每项扣多少分")).to_be_visible()
    page.locator("[name=plan_filed-deduction]").fill("2")
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("link", name="试算").click()
    expect(page.get_by_role("status").first).to_contain_text("试算 2 个单位")
    page.get_by_role("link", name="发布…").click()
    page.get_by_role("button", name="确认发布").click()
    expect(page.get_by_text("内容不再改动").first).to_be_visible()
    assert RuleSet.objects.get(version=2).published_by == county["department_admin"]
