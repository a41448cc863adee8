"""An old year's ledger comes in as belated entries, and its workbook stays on file with them."""

import hashlib
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.urls import reverse

from reports.closing import close_month
from reports.periods import Month
from sessions.late import with_lateness
from sessions.models import Evidence, LedgerImport, ReviewEvent, StudySession
from tests.portal.county import County, make_county
from tests.reports.records import at
from tests.sessions.ledgers.test_pages import BAD, GOOD, HEADER, browser_of, upload
from tests.units.imports.factories import make_entry
from tests.units.spreadsheets.workbooks import make_workbooks, values_of
from units.models import RosterEntry

pytestmark = pytest.mark.django_db
ROSTER = ["姓名", "职务", "中心组职务"]


@pytest.fixture
def county() -> County:
    made = make_county()
    make_entry(made.own, "李甲")
    return made


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


def write(tmp_path: Path, *rows, **sheets) -> Path:
    path = tmp_path / "旧台账.xlsx"
    path.write_bytes(make_workbooks({"台账": [HEADER, *rows], **sheets}))
    return path


def take(path: Path, *options: str) -> None:
    call_command("import_ledger", str(path), "--unit", "QS001", *options)


def belated() -> set[str]:
    found = with_lateness(StudySession.objects.all()).filter(Q(("is_late", True)))
    return set(found.values_list("theme", flat=True))


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_sessions_of_an_old_year_refer_to_the_one_file_they_came_from(county, media, tmp_path):
    path = write(tmp_path, GOOD, ["2024-04-09", "学习党章", *GOOD[2:]])
    take(path)
    taken = LedgerImport.objects.get(unit=county.own)
    assert taken.sessions.count() == 2
    assert belated() == {"学习宪法", "学习党章"}
    assert taken.source.name == "旧台账.xlsx"
    assert taken.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [file.read_bytes() for file in files(media)] == [path.read_bytes()]


def test_the_same_file_twice_leaves_one_file(county, media, tmp_path):
    path = write(tmp_path, GOOD)
    take(path)
    take(path)
    assert LedgerImport.objects.count() == Evidence.objects.count() == len(files(media)) == 1


@pytest.mark.parametrize(("rows", "options"), [([GOOD], ["--dry-run"]), ([GOOD, BAD], [])])
def test_what_is_not_taken_in_leaves_no_file(county, media, tmp_path, rows, options):
    with pytest.raises(CommandError) if BAD in rows else nullcontext():
        take(write(tmp_path, *rows), *options)
    assert not LedgerImport.objects.exists()
    assert files(media) == []


def test_a_past_day_of_submission_does_not_hide_that_it_came_late(county, media, tmp_path):
    take(write(tmp_path, GOOD), "--on", "2024-12-20")
    assert f"{ReviewEvent.objects.get().on}" == "2024-12-20"
    assert belated() == {"学习宪法"}


def test_so_is_a_session_of_a_month_closed_before(county, media, tmp_path):
    close_month(root=county.root, month=Month(2026, 3), at=at("2026-04-08"), by=None)
    rows = [["2026-03-05", *GOOD[1:]], ["2026-04-01", "学习党章", *GOOD[2:]]]
    take(write(tmp_path, *rows), "--on", "2026-04-02")
    assert belated() == {"学习宪法"}


def test_the_page_tells_the_source_and_the_cells_put_right(county, media):
    browser = browser_of(county)
    address = upload(browser, GOOD, BAD)
    browser.post(f"{address}check/", {"at.Sheet1!A3": "2024-03-12"})
    done = browser.post(f"{address}take/", follow=True).content.decode()
    assert "原文件已随记录存档" in done
    assert "/sessions/?unit=QS001&amp;year=2024" in done
    taken = LedgerImport.objects.get()
    session = taken.sessions.earliest("pk")
    page = browser.get(reverse("session_detail", args=[session.pk])).content.decode()
    assert "由学习台账导入" in page
    assert "改正了 1 格" in page
    assert taken.source.sha256 in page
    assert "补录</span>" in page


def test_the_workbook_is_for_those_who_see_the_sessions(county, media):
    browser = browser_of(county)
    browser.post(f"{upload(browser, GOOD)}take/")
    file = Evidence.objects.get()
    address = reverse("evidence_file", args=[file.pk])
    for who in ("clerk", "approver", "auditor", "department_admin"):
        answer = browser_of(county, who).get(address)
        assert hashlib.sha256(b"".join(answer)).hexdigest() == file.sha256
    assert browser_of(county, "system_admin").get(address).status_code == 403
    leader = browser_of(county, "county_leader")  # who does not learn why people were on leave
    assert leader.get(address).status_code == 404
    page = leader.get(reverse("session_detail", args=[StudySession.objects.get().pk]))
    assert page.status_code == 200
    assert address not in page.content.decode()
    LedgerImport.objects.update(unit=county.sister)
    assert browser_of(county).get(address).status_code == 404


def test_a_workbook_with_a_mark_is_held_like_any_file(county, media, tmp_path):
    take(write(tmp_path, GOOD, 说明=[["密级：机密"]]))
    file = Evidence.objects.get()
    assert file.checked == "held"
    clerk = browser_of(county)
    assert clerk.get(reverse("evidence_file", args=[file.pk])).status_code == 403
    page = clerk.get(reverse("session_detail", args=[StudySession.objects.get().pk]))
    assert "旧台账.xlsx" not in page.content.decode()
    held = browser_of(county, "department_admin").get(reverse("held_file_list"))
    assert "导入的学习台账" in held.content.decode()


def test_an_old_years_list_is_found_however_far_back(county, media, tmp_path):
    RosterEntry.objects.update(start_date="2010-01-01")
    take(write(tmp_path, ["2012-03-05", *GOOD[1:]]))
    browser = browser_of(county)
    assert "学习宪法" in browser.get("/sessions/?year=2012").content.decode()
    book = browser.get(reverse("unit_ledger_workbook", args=["QS001"]) + "?year=2012")
    assert any("学习宪法" in row for row in values_of(b"".join(book)))


def test_an_old_roster_ends_with_its_year_and_knows_who_stayed(county, media, tmp_path):
    make_entry(county.own, "王乙", start="2025-01-01")
    row = ["2024-03-05", "学习宪法", "集中学习", 3, 3]
    roster = [ROSTER, *([name, "委员", "成员"] for name in ("李甲", "王乙", "陈丙"))]
    path = write(tmp_path, row, 成员名单=roster)
    year = ("--roster-from", "2024-01-01", "--roster-until", "2025-01-01")
    take(path, "--with-roster", *year)
    terms = RosterEntry.objects.filter(start_date="2024-01-01")
    assert {(term.person.name, f"{term.end_date}") for term in terms} >= {("陈丙", "2025-01-01")}
    assert StudySession.objects.get().attendance.count() == 3
    now = RosterEntry.objects.in_office(at("2026-11-01").date())
    assert {term.person.name for term in now.of_unit(county.own)} == {"李甲", "王乙"}
