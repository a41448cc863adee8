"""What a clerk does with the portal, and how many interactions it takes."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

PASSWORD = "Qs-abc-123-def"


class Clerk:
    """Does what a clerk does with the portal, and counts it; typing is not counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.interactions = 0

    def sign_in(self) -> None:
        self.page.goto("/sign-in/")
        self.page.get_by_label("用户名").fill("clerk-qs001")
        self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()

    def click(self, role: Any, name: str) -> None:
        self.interactions += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def choose(self, label: str | re.Pattern[str], option: str, nth: int = 0) -> None:
        self.interactions += 1
        self.page.get_by_label(label).nth(nth).select_option(label=option)

    def tick(self, words: str) -> None:
        self.interactions += 1
        self.page.get_by_label(re.compile(words)).first.check()

    def attach(self, file: Path) -> None:
        self.interactions += 1
        self.page.get_by_label("文件（选填）").set_input_files(file)

    def record_november(self, minutes: Path) -> None:
        self.click("link", "登记学习")
        self.page.get_by_label("学习主题", exact=True).fill("学习宪法")
        self.page.get_by_label("学习内容", exact=True).fill("宪法序言和总纲")
        self.choose("学习形式", "集中学习")
        self.choose(re.compile("的出勤$"), "请假：因公出差", nth=1)
        self.choose(re.compile("的出勤$"), "缺席", nth=2)
        self.click("button", "保存草稿")
        self.choose("类别", "会议记录")
        self.attach(minutes)
        self.click("button", "存入材料")
        expect(self.page.get_by_text("已存入 1 份材料")).to_be_visible()
        self.tick("确认无误")
        self.tick("不含国家秘密")
        self.click("button", "报送")
        expect(self.page.get_by_text("已报送。")).to_be_visible()

    def make_up(self) -> None:
        self.page.goto("/makeups/")
        self.page.get_by_label(re.compile("2026-11-20")).first.check()
        self.page.get_by_label("补学日期").fill("2026-11-20")
        self.page.get_by_label("确认人").fill("组长")
        self.page.get_by_role("button", name="登记补学").click()
