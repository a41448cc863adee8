"""The list of months while workers close one of them: it tells by itself, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from reports.chunks import running
from reports.models import Job
from tests.portal.county import County, make_county
from tests.reports.chunks.make import now, small_chunks, take_up
from tests.reports.compliance.test_browser import sign_in
from tests.reports.records import make_entry, make_session
from tests.services.browser import barriers, spills

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(settings) -> Iterator[County]:
    made = make_county()
    for unit in (made.own, made.sister):
        make_entry(unit, "成员甲", role="leader")
        make_session(unit, "2024-03-05")
    with small_chunks(settings):
        settings.AT_ONCE_UNITS, settings.CHUNK_UNITS = 1, 1
        yield made


def test_a_month_is_seen_closed_without_asking_again(page: Page, county: County) -> None:
    sign_in(page, "department_admin")
    page.goto("/closings/preview/?month=2024-03")
    expect(page.get_by_role("heading", name="正在计算")).to_be_visible()
    assert barriers(page) == []
    assert not spills(page)
    preview = Job.objects.get()
    take_up(preview)
    running.run_chunks(preview.pk, clock=now)
    take_up(preview)
    page.get_by_role("button", name="2024年3月封账").click(timeout=20_000)
    expect(page.get_by_text("正在后台封账")).to_be_visible()
    job = Job.objects.get(kind="closing")
    take_up(job)
    running.run_chunk(job.pk, clock=now)
    page.goto("/closings/?year=2024")
    march = page.locator("tr", has_text="2024年3月")
    expect(march).to_contain_text("正在封账")
    expect(march).to_contain_text("已完成 1 个单位")
    assert barriers(page) == []
    assert not spills(page)
    running.run_chunks(job.pk, clock=now)
    take_up(job)
    expect(march).to_contain_text("已封账", timeout=20_000)
    expect(march.get_by_role("link", name="查看2024年3月封账")).to_be_visible()
