"""Uploading as people do it: with a script that shows progress, and without any script."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from sessions.models import Evidence, StudySession
from tests.portal.county import PASSWORD, make_county
from tests.services.browser import barriers, spills
from tests.sessions.evidence.make import docx, make_session, pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(media: Path) -> StudySession:
    return make_session(make_county().own)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    contents = {"会议记录.pdf": pdf("会议记录"), "材料.docx": docx("机密★10年"), "坏.pdf": b"%PDF-"}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in contents]


def open_panel(page: Page, session: StudySession) -> None:
    page.goto("/")
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    page.goto(reverse("session_evidence", kwargs={"pk": session.pk}))


def upload_and_remove(page: Page, files: list[Path]) -> None:
    page.get_by_label("文件").set_input_files(files)
    page.get_by_role("button", name="存入材料").click()
    expect(page.get_by_text("已存入 1 份材料")).to_be_visible()
    expect(page.get_by_text("“坏.pdf”没有存入")).to_be_visible()
    expect(page.get_by_text("名称不显示")).to_be_visible()
    page.get_by_role("button", name="移除会议记录.pdf").click()
    expect(page.get_by_text("已移除“会议记录.pdf”")).to_be_visible()


def test_several_files_at_once(page: Page, session: StudySession, files: list[Path]) -> None:
    open_panel(page, session)
    address = page.url
    upload_and_remove(page, files)
    assert page.url == address
    assert barriers(page) == []
    assert not spills(page)
    assert [piece.checked for piece in Evidence.objects.all()] == ["held"]


def test_without_any_script(
    chromium: Browser, live_server, session: StudySession, files: list[Path]
) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    open_panel(plain, session)
    upload_and_remove(plain, files)
    context.close()


def test_a_large_file_is_not_even_sent(page: Page, session: StudySession, tmp_path: Path) -> None:
    large = tmp_path / "大.pdf"
    large.write_bytes(b"%PDF-" + b"0" * 20 * 1024 * 1024)
    open_panel(page, session)
    small = tmp_path / "小.pdf"
    small.write_bytes(pdf("小"))
    page.get_by_label("文件").set_input_files(small)
    page.get_by_role("button", name="存入材料").click()
    expect(page.get_by_text("已存入 1 份材料")).to_be_visible()
    page.get_by_label("文件").set_input_files(large)
    expect(page.locator(".faults", has_text="“大.pdf”超过 20 MB")).to_be_visible()
    expect(page.get_by_text("已存入 1 份材料")).to_have_count(0)
    page.get_by_role("button", name="存入材料").click()
    expect(page.get_by_text("“大.pdf”超过 20 MB")).to_be_visible()
    expect(page.get_by_role("button", name="存入材料")).to_be_enabled()


def test_more_than_goes_together_is_not_even_sent(
    page: Page, session: StudySession, tmp_path: Path
) -> None:
    files = [tmp_path / "一.pdf", tmp_path / "二.pdf"]
    for file in files:
        file.write_bytes(b"%PDF-" + b"0" * 13 * 1024 * 1024)
    open_panel(page, session)
    page.get_by_label("文件").set_input_files(files)
    page.get_by_role("button", name="存入材料").click()
    expect(page.get_by_text("所选文件合计超过 25 MB，请分几次上传。")).to_be_visible()
