"""Plan and report in a browser: at a desk, on a phone, and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sessions.models import AnnualPlan, Status, UnitReport
from tests.portal.access.unit_report_samples import make_report
from tests.portal.browser.test_sign_in import sign_in
from tests.portal.county import County, make_county
from tests.services.browser import barriers, spills
from tests.sessions.evidence.conftest import media
from tests.sessions.evidence.make import docx
from tests.sessions.plans.make import YEAR, file_plan, link_session, make_plan

__all__ = ["media"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county() -> County:
    return make_county()


def fill_row(page: Page, number: int, topic: str) -> None:
    row = page.get_by_role("group", name=f"第 {number} 项", exact=True)
    row.get_by_label("学习专题").fill(topic)
    row.get_by_label("学习形式").select_option("discussion")


def begin_plan(page: Page) -> None:
    sign_in(page, "clerk")
    page.goto("/plans/")
    page.get_by_role("button", name="新建并填写").click()
    page.get_by_label("审定人").fill("测组长")
    page.get_by_label("审定日期").fill(f"{YEAR}-01-01")


def arrange_and_submit(page: Page) -> None:
    fill_row(page, 1, "学习宪法")
    fill_row(page, 2, "学习党章")
    page.get_by_role("button", name="再加 5 行").click()
    expect(page.get_by_role("group", name="第 17 项")).to_be_visible()
    page.get_by_role("button", name="第 2 项上移").click()
    expect(page.locator("#id_items-0-topic")).to_have_value("学习党章")
    expect(page.locator("#id_items-0-topic")).to_be_focused()
    page.get_by_role("button", name="删除第 2 项").click()
    expect(page.get_by_role("group", name="第 16 项")).to_be_visible()
    expect(page.get_by_role("group", name="第 17 项")).to_have_count(0)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("第四季度没有安排集体研讨")).to_be_visible()
    page.get_by_label("我确认").check()
    page.get_by_role("button", name="报送宣传部备案").click()
    expect(page.get_by_text("已报送，等待宣传部备案。")).to_be_visible()


def test_a_plan_is_written_arranged_and_submitted(page: Page, county: County) -> None:
    begin_plan(page)
    arrange_and_submit(page)
    plan = AnnualPlan.objects.get()
    assert plan.status == Status.SUBMITTED
    assert [item.topic for item in plan.items.all()] == ["学习党章"]


def test_the_approval_is_uploaded_on_the_page(page: Page, county: County, media: Path) -> None:
    plan = make_plan(county.own)
    sign_in(page, "clerk")
    page.goto(f"/plans/{plan.pk}/")
    page.evaluate("window.stayed = true")
    data = docx("同意")
    page.set_input_files(
        "#id_approval_upload", {"name": "签批.docx", "mimeType": "", "buffer": data}
    )
    page.get_by_role("button", name="存入审定文件").click()
    expect(page.locator("#approval").get_by_text("已存入审定文件。")).to_be_visible()
    expect(page.locator("#approval").get_by_role("link", name="签批.docx")).to_be_visible()
    assert page.evaluate("window.stayed")
    assert barriers(page) == []


def test_a_plan_needs_no_scripts(chromium: Browser, live_server, county: County) -> None:
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    begin_plan(page)
    arrange_and_submit(page)
    context.close()


def test_a_report_saves_itself_and_is_submitted(page: Page, county: County) -> None:
    sign_in(page, "clerk")
    page.clock.install()
    page.goto("/unit-reports/")
    page.get_by_role("button", name="新建并填写").click()
    page.get_by_label("存在的问题").fill("个别研讨不够深入。")
    page.clock.fast_forward(11_000)
    expect(page.get_by_text("已自动保存草稿")).to_be_visible()
    assert UnitReport.objects.get().sections["problems"] == "个别研讨不够深入。"
    for heading in ("基本情况", "主要做法及特色", "成果转化", "下一步打算"):
        page.get_by_label(heading).fill("有内容。")
    page.get_by_role("button", name="保存").click()
    page.get_by_label("我确认").check()
    page.get_by_role("button", name="报送宣传部").click()
    expect(page.get_by_text("已报送，等待宣传部审核。")).to_be_visible()


def test_the_pages_are_whole(page: Page, county: County) -> None:
    plan = make_plan(county.own, "03", "04", "12")
    link_session(plan.items.all()[0])
    plan.items.filter(topic="专题2").update(state="done")
    file_plan(plan)
    report = make_report(county.own, Status.DRAFT)
    sign_in(page, "clerk")
    faults = []
    for address in (
        f"/plans/{plan.pk}/",
        f"/plans/{plan.pk}/edit/",
        f"/unit-reports/{report.pk}/",
        f"/unit-reports/{report.pk}/edit/",
    ):
        page.goto(address)
        faults += barriers(page)
        assert not spills(page), address
    assert faults == []
