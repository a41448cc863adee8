"""A clerk of the sample county, at a desk and on a phone, makes good the month."""

import re
from datetime import date
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page

from portal.sample.request import SampleRequest
from portal.sample.writer import load_sample_county
from sessions.models import Attendance, StudySession
from tests.acceptance.clerk import PASSWORD, Clerk
from tests.services.browser import barriers, spills
from tests.sessions.evidence.make import pdf

pytestmark = pytest.mark.django_db(transaction=True)

# The sample ends with October: nobody has studied in November yet.
NOW = "2026-11-20T10:00:00+08:00"
UNTIL = date(2026, 10, 31)
MOST_INTERACTIONS = 12


def november(page: Page) -> str:
    page.goto("/")
    cell = page.locator("li, td, th, div").filter(has_text=re.compile(r"^\s*11月"))
    return str(cell.first.inner_text())


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    file = tmp_path / "会议记录.pdf"
    file.write_bytes(pdf("会议记录"))
    return file


def test_the_month_turns_to_met(page: Page, minutes: Path, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_sample_county(SampleRequest(units=12, year=2026, seed=1, until=UNTIL), password=PASSWORD)
    with time_machine.travel(NOW):
        clerk = Clerk(page)
        clerk.sign_in()
        before = november(page)
        clerk.record_november(minutes)
        clerk.make_up()
        after = november(page)
        assert "达标" not in before
        assert "达标" in after
        assert clerk.interactions <= MOST_INTERACTIONS
        assert barriers(page) == []
        assert not spills(page)
    session = StudySession.objects.get(date=date(2026, 11, 20), unit__code="QS001")
    here = session.attendance.exclude(status=Attendance.Status.PRESENT)
    assert here.count() == 2
    assert here.filter(makeup_confirmed_on__isnull=False).count() == 1
    assert session.evidence.get().kind == "minutes"
