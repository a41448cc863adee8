"""A session returned, corrected and accepted; its month closed; a report that comes too late."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from portal.sample.request import SampleRequest
from portal.sample.writer import load_sample_county
from reports.evaluation import evaluate_unit
from tests.acceptance.clerk import PASSWORD, Clerk
from tests.sessions.evidence.make import pdf
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)

NOVEMBER_END = date(2026, 11, 30)


class People(NamedTuple):
    """Each at a browser of their own."""

    clerk: Page
    auditor: Page
    admin: Page


@pytest.fixture
def people(chromium: Browser, live_server: Any) -> Iterator[People]:
    with ExitStack() as stack:
        contexts = [
            stack.enter_context(chromium.new_context(base_url=live_server.url, locale="zh-CN"))
            for _ in People._fields
        ]
        yield People(*(context.new_page() for context in contexts))


@pytest.fixture
def unit(settings, tmp_path: Path, live_server: Any) -> Unit:
    settings.MEDIA_ROOT = tmp_path / "media"
    sample = SampleRequest(units=12, year=2026, seed=1, until=date(2026, 10, 31))
    load_sample_county(sample, password=PASSWORD)
    return Unit.objects.named(date(2026, 11, 20)).get(code="QS001")


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def record(page: Page, tmp_path: Path) -> None:
    minutes = tmp_path / "会议记录.pdf"
    minutes.write_bytes(pdf("会议记录"))
    clerk = Clerk(page)
    clerk.sign_in()
    clerk.record_november(minutes)


def send_back(page: Page) -> None:
    sign_in(page, "auditor")
    page.goto("/reviews/")
    page.get_by_role("link", name="学习宪法", exact=True).click()
    page.locator("summary", has_text="退回").click()
    page.get_by_label("补充说明").fill("主题请写明所学篇目")
    page.get_by_label("学习主题").check()
    page.get_by_role("button", name="确定退回").click()


def correct(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("学习宪法")).first.click()
    if page.get_by_role("link", name=re.compile("修改")).count():
        page.get_by_role("link", name=re.compile("修改")).first.click()
    expect(page.locator("#at-theme").get_by_text("主题请写明所学篇目")).to_be_visible()
    page.get_by_label("学习主题", exact=True).fill("学习宪法序言")
    page.get_by_label(re.compile("确认无误")).check()
    page.get_by_label(re.compile("不含国家秘密")).check()
    page.get_by_role("button", name="报送", exact=True).last.click()
    expect(page.get_by_text("已报送。")).to_be_visible()


def accept(page: Page) -> None:
    page.goto("/reviews/")
    page.get_by_role("link", name="学习宪法序言", exact=True).click()
    page.get_by_role("button", name="通过", exact=True).click()


def in_the_matrix(page: Page, unit: Any) -> str:
    page.goto("/overview/")
    line = page.locator(".matrix tbody tr").filter(has_text=unit.short_name)
    heads = [head.strip() for head in page.locator(".matrix thead th").all_inner_texts()]
    return str(line.locator("th, td").nth(heads.index("11月")).inner_text()).strip()


def evaluated(unit: Unit, as_of: date) -> tuple[int, str]:
    """Sessions counted in November, and the month's outcome."""
    judged = evaluate_unit(unit, as_of)
    assert judged is not None
    results = judged.evaluation.results
    month = next(r for r in results if (r.rule, r.period) == ("monthly_sessions", "2026-11"))
    return int(str(month.actual)), month.outcome


def in_the_workbook(unit: Any, path: Path) -> int:
    call_command("rollup", as_of=NOVEMBER_END.isoformat(), out=str(path))
    rows = openpyxl.load_workbook(path)["汇总表"].iter_rows(min_row=3, values_only=True)
    column = next(rows).index("本月集中学习(次)")
    return int(str(next(row[column] for row in rows if row[1] == unit.short_name)))


def close_november(page: Page) -> None:
    sign_in(page, "admin")
    page.goto("/closings/")
    page.get_by_role("link", name="预览并封账2026年11月").click()
    page.get_by_role("button", name="2026年11月封账").click()
    expect(page.get_by_text("校验一致")).to_be_visible()


def record_late(page: Page) -> None:
    """Recorded in December, held on the last day of November."""
    clerk = Clerk(page)
    clerk.sign_in()
    clerk.click("link", "登记学习")
    page.get_by_label("学习时间").first.fill("2026-11-30")
    page.get_by_label("学习时间").first.blur()
    page.wait_for_load_state("networkidle")
    page.get_by_label("学习主题", exact=True).fill("补录的学习")
    page.get_by_label("学习内容", exact=True).fill("十一月底的学习")
    clerk.choose("学习形式", "集中学习")
    clerk.click("button", "保存草稿")
    clerk.tick("确认无误")
    clerk.tick("不含国家秘密")
    clerk.click("button", "报送")
    expect(page.get_by_text("已报送。")).to_be_visible()


def test_from_the_return_to_the_change_after_closing(people: People, unit: Any, tmp_path: Path):
    with time_machine.travel("2026-11-20T10:00:00+08:00") as clock:
        record(people.clerk, tmp_path)
        assert evaluated(unit, date(2026, 11, 20)) == (1, "met")
        send_back(people.auditor)
        assert evaluated(unit, date(2026, 11, 20))[0] == 0
        correct(people.clerk)
        accept(people.auditor)
        assert "达标" in in_the_matrix(people.auditor, unit)
        assert evaluated(unit, date(2026, 11, 20)) == (1, "met")
        clock.move_to("2026-12-03T10:00:00+08:00")
        assert in_the_workbook(unit, tmp_path / "before.xlsx") == 1
        close_november(people.admin)
        clock.move_to("2026-12-03T10:05:00+08:00")
        record_late(people.clerk)
        people.admin.reload()
        changes = people.admin.locator("#changes")
        expect(changes).to_contain_text("集中学习（次）")
        expect(changes).to_contain_text("补录的学习 补录")
        expect(people.admin.get_by_text("校验一致")).to_be_visible()
        assert evaluated(unit, date(2026, 12, 3))[0] == 2
        assert in_the_workbook(unit, tmp_path / "after.xlsx") == 1
