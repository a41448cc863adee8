"""A clerk records a session, at a desk and on a phone, with scripts and without."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Dialog, Page, expect

from sessions.models import Form, StudySession
from tests.portal.browser.signing_in import sign_in
from tests.portal.county import County, make_county
from tests.services.browser import barriers, spills
from tests.sessions.recording.make import hand_in, make_draft, make_group, written

pytestmark = pytest.mark.django_db(transaction=True)

MOST_INTERACTIONS = 12
STAFF = ("赵一", "钱二", "孙三", "李四", "周五", "吴六")


@pytest.fixture
def county(request: pytest.FixtureRequest) -> County:
    made = make_county()
    make_group(made.own, STAFF)
    return made


@pytest.fixture
def bare(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A phone without scripts."""
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


class Hands:
    """Counts what a clerk does besides typing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, name: str, role: Any = "button") -> None:
        self.count += 1
        self.page.get_by_role(role, name=name, exact=True).click()

    def tick(self, words: str) -> None:
        self.count += 1
        self.page.get_by_label(re.compile(words)).check()

    def choose(self, label: str, option: str) -> None:
        self.count += 1
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)


def record(page: Page, hands: Hands) -> None:
    """A discussion with two absentees and two speakers, up to its submission."""
    hands.type("学习主题", "学习宪法")
    hands.choose("学习形式", "集体学习研讨")
    hands.choose("钱二的出勤", "请假：因公出差")
    hands.choose("孙三的出勤", "缺席")
    hands.tick("重点发言：赵一")
    hands.tick("交流发言：李四")
    hands.type("学习内容", "宪法序言和总纲")
    hands.tick("确认无误")
    hands.tick("不含国家秘密")
    hands.click("报送")


def test_two_absentees_in_a_dozen_interactions(page: Page, county: County) -> None:
    StudySession.objects.create(
        unit=county.own, date="2026-01-05", end_date="2026-01-05", form=Form.LECTURE, place="礼堂"
    )
    sign_in(page, "clerk")
    hands = Hands(page)
    hands.count += 1  # the way to the form: one click in the menu, or this address
    page.goto("/sessions/new/")
    record(page, hands)
    expect(page.get_by_text("已报送。")).to_be_visible()
    assert hands.count <= MOST_INTERACTIONS
    session = StudySession.objects.get(status="submitted")
    assert session.attendance.filter(status__in=["leave", "absent"]).count() == 2
    assert session.place == "礼堂"


def test_the_same_without_scripts(bare: Page, county: County) -> None:
    make_draft(county.own, written(county.own))
    sign_in(bare, "clerk")
    bare.goto("/sessions/new/")
    record(bare, Hands(bare))
    # Without scripts the counts on the page are those of its making: it asks once more.
    expect(bare.get_by_text("请核对后勾选：应到 6 人，实到 4 人。").first).to_be_visible()
    bare.get_by_label(re.compile("实到 4 人，确认无误")).check()
    bare.get_by_role("button", name="报送", exact=True).click()
    expect(bare.get_by_text("已报送。")).to_be_visible()
    assert StudySession.objects.filter(status="submitted").count() == 1


def test_the_list_of_members_follows_the_date_without_scripts(bare: Page, county: County) -> None:
    county.own.people.get(name="孙三").entries.update(start_date="2026-06-01")
    sign_in(bare, "clerk")
    bare.goto("/sessions/new/")
    bare.get_by_label("钱二的出勤").select_option("absent")
    bare.get_by_label("学习时间").fill("2026-03-04")
    bare.get_by_role("button", name="更新名单").click()
    expect(bare.get_by_label("孙三的出勤")).to_have_count(0)
    expect(bare.get_by_label("钱二的出勤")).to_have_value("absent")


def test_the_list_of_members_follows_the_date(page: Page, county: County) -> None:
    county.own.people.get(name="孙三").entries.update(start_date="2026-06-01")
    sign_in(page, "clerk")
    page.goto("/sessions/new/")
    page.get_by_label("钱二的出勤").select_option("absent")
    page.get_by_label("学习时间").fill("2026-03-04")
    page.get_by_label("学习时间").blur()
    expect(page.get_by_label("孙三的出勤")).to_have_count(0)
    expect(page.get_by_label("钱二的出勤")).to_have_value("absent")
    expect(page.get_by_label(re.compile("应到 5 人，实到 4 人"))).to_be_visible()


def test_a_double_click_makes_one_record(page: Page, county: County) -> None:
    make_draft(county.own, written(county.own))
    sign_in(page, "clerk")
    page.goto("/sessions/new/")
    page.get_by_label("学习主题").fill("只此一次")
    page.get_by_role("button", name="保存草稿").last.dblclick()
    expect(page.get_by_text("已保存，尚未报送。")).to_be_visible()
    assert StudySession.objects.filter(theme="只此一次").count() == 1


def test_a_draft_keeps_itself_and_is_then_submitted(page: Page, county: County) -> None:
    make_draft(county.own, written(county.own))
    page.clock.install()
    sign_in(page, "clerk")
    page.goto("/sessions/new/")
    page.get_by_label("学习主题").fill("自己保存")
    page.clock.fast_forward(21_000)
    expect(page.get_by_text("已自动保存")).to_be_visible()
    session = StudySession.objects.get(theme="自己保存")
    assert page.url.endswith(f"/sessions/{session.pk}/edit/")
    record(page, Hands(page))
    expect(page.get_by_text("已报送。")).to_be_visible()
    assert StudySession.objects.filter(status="submitted").count() == 1


def test_two_editors_choose_field_by_field(page: Page, county: County) -> None:
    session = make_draft(county.own, written(county.own, theme="原主题"))
    sign_in(page, "clerk")
    page.goto(f"/sessions/{session.pk}/edit/")
    StudySession.objects.filter(pk=session.pk).update(theme="他人的主题", version=2)
    page.get_by_label("地点").fill("我的地点")
    page.get_by_role("button", name="保存草稿").last.click()
    expect(page.get_by_role("heading", name="这条记录已有新的版本")).to_be_visible()
    faults = barriers(page)
    expect(page.get_by_label(re.compile("学习主题用已保存的"))).to_be_checked()
    expect(page.get_by_label(re.compile("地点用我填写的"))).to_be_checked()
    page.get_by_role("button", name="按所选保存").click()
    expect(page.get_by_text("已保存，尚未报送。")).to_be_visible()
    session.refresh_from_db()
    assert (session.theme, session.place) == ("他人的主题", "我的地点")
    assert faults == []


def test_leaving_what_is_not_saved_asks_first(page: Page, county: County) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    sign_in(page, "clerk")
    page.goto("/sessions/new/")
    page.get_by_label("学习主题").press_sequentially("没存")
    page.goto("/help/")
    assert asked == ["beforeunload"]


def test_the_pages_are_whole(page: Page, county: County) -> None:
    session = make_draft(county.own, written(county.own, timezone.localdate()))
    hand_in(
        make_draft(county.own, written(county.own, timezone.localdate(), theme="已报")),
        at=timezone.now(),
    )
    sign_in(page, "clerk")
    faults = []
    for address in ("new/", "", f"{session.pk}/", f"{session.pk}/edit/"):
        page.goto(f"/sessions/{address}")
        faults += barriers(page)
        assert not spills(page), address
    assert faults == []
