"""Hints in a real browser, at a desk and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from reports.models import Hint
from tests.portal.county import County, make_county
from tests.reports.hints.make import TEXT, find, make_file
from tests.reports.overview.test_browser import sign_in
from tests.reports.records import make_session
from tests.services.browser import barriers, spills

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(live_server: object) -> County:
    county = make_county()
    for unit in (county.own, county.sister):
        make_file(make_session(unit, "2026-03-04", theme="春耕备耕", content=TEXT))
    find()
    return county


def test_a_unit_explains_and_the_department_closes(page: Page, county: County) -> None:
    sign_in(page, "clerk")
    page.goto("/own-hints/")
    assert barriers(page) == []
    page.get_by_role("link", name="本单位填写的文字与另一单位的相近。").click()
    page.get_by_label("本单位的说明").fill("共用一份提纲")
    assert barriers(page) == []
    assert not spills(page)
    page.get_by_role("button", name="保存说明").click()
    expect(page.get_by_text("说明已保存")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, "auditor")
    page.goto("/hints/")
    assert barriers(page) == []
    assert not spills(page)
    page.get_by_role("link", name="2 处文字相近").click()
    expect(page.get_by_text("共用一份提纲")).to_be_visible()
    expect(page.locator("mark")).to_have_count(2)
    assert barriers(page) == []
    assert not spills(page)
    page.get_by_label("核对情况").fill("属实")
    page.get_by_role("button", name="核对完毕").click()
    expect(page.get_by_text("同一线索不再提示")).to_be_visible()
    assert Hint.objects.get(kind="similar_text").state == "dismissed"
