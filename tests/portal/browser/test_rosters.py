"""Rosters, imports and papers as people use them, at a desk and on a phone."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sessions.models import Attendance, StudySession
from tests.portal.county import PASSWORD, County, make_county
from tests.services.browser import barriers, spills
from tests.units.imports.factories import make_entry
from tests.units.spreadsheets.workbooks import make_workbook
from units.models import RosterEntry

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = ["学习时间", "学习主题", "学习形式", "应到", "实到"]


@pytest.fixture
def county(page: Page) -> County:
    made = make_county()
    members = [make_entry(made.own, name, post="委员") for name in ("李甲", "王乙")]
    day = date(2026, 5, 6)
    session = StudySession.objects.create(
        unit=made.own,
        theme="学习宪法",
        date=day,
        end_date=day,
        form="discussion",
        status="submitted",
    )
    for member in members:
        Attendance.objects.create(session=session, member=member, status="present")
    return made


def sign_in(page: Page, username: str = "clerk") -> None:
    page.goto("/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator(".side").wait_for(state="attached")


def test_every_page_is_whole(page: Page, county: County) -> None:
    entry, session = RosterEntry.objects.all()[0], StudySession.objects.get()
    sign_in(page)
    faults = []
    for address in (
        "/roster/",
        f"/roster/people/{entry.person_id}/",
        "/units/QS001/roster/add/",
        f"/roster/entries/{entry.pk}/end/",
        f"/roster/entries/{entry.pk}/change/",
        f"/roster/entries/{entry.pk}/correct/",
        "/units/QS001/roster/reelect/",
        "/units/QS001/roster/import/",
        "/ledger/import/",
        "/units/QS001/reconfirm/",
        "/sign-in-sheet/",
        f"/sessions/{session.pk}/sign-in-sheet/",
        f"/sessions/{session.pk}/record-sheet/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        faults += barriers(page)
        assert not spills(page), address
    assert faults == []


def test_a_back_dated_end_shows_what_it_touches_before_it_is_saved(
    page: Page, county: County
) -> None:
    sign_in(page)
    page.goto("/roster/")
    page.get_by_role("link", name="王乙离任").click()
    page.get_by_label("离任日期").fill("2026-04-01")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("cell", name="学习宪法")).to_be_visible()
    assert barriers(page) == []
    assert not spills(page)
    page.get_by_label("日期核对无误").check()
    page.get_by_role("button", name="仍然保存").click()
    expect(page.get_by_text("王乙已离任。")).to_be_visible()
    page.goto("/units/QS001/reconfirm/")
    expect(page.get_by_role("link", name="学习宪法")).to_be_visible()


def test_an_old_ledger_comes_in_without_scripts(
    chromium: Browser, live_server, county: County, tmp_path: Path
) -> None:
    file = tmp_path / "台账.xlsx"
    rows = [["2026-03-05", "学习党章", "集中学习", 2, 2], ["三月初", "学习条例", "集中学习", 2, 2]]
    file.write_bytes(make_workbook([HEADER, *rows]))
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.goto("/ledger/import/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_label("第 3 行 学习时间").fill("2026-03-12")
    page.get_by_role("button", name="重新检查").click()
    page.get_by_role("button", name="导入 2 次学习").click()
    expect(page.get_by_text("导入完成")).to_be_visible()
    page.get_by_role("link", name="查看学习台账").click()
    expect(page.get_by_role("link", name="学习条例")).to_be_visible()
    context.close()


def test_a_paper_comes_out_on_one_sheet(chromium: Browser, live_server, county: County) -> None:
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    sign_in(page)
    page.emulate_media(media="print")
    for address in ("/sign-in-sheet/?on=2026-05-06", "/roster/"):
        page.goto(address)
        paper = page.pdf(prefer_css_page_size=True)
        assert paper.count(b"/Type /Page\n") == 1, address
    for hidden in (".bar", ".side", ".page-head", ".foot"):
        expect(page.locator(hidden)).to_be_hidden()
    context.close()
