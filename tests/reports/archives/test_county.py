import datetime as dt
import shutil
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from reports import drafts, jobs
from reports.archives import county
from reports.archives.verifying import verify
from reports.exports.work import make
from reports.models import ArchiveCopy, Job
from tests.portal.county import make_user
from tests.reports.archives.make import make_file, make_year
from tests.reports.archives.test_pages import browser
from tests.reports.records import at, make_root, make_session, make_unit
from units.access.roles import Role
from units.models import Category, Unit

pytestmark = pytest.mark.django_db
NOW = at("2026-12-31")


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EXPORTS_DIR = tmp_path / "exports"


@pytest.fixture
def root() -> Unit:
    """A county of a township with two files and a bureau with one."""
    make_year(make_unit("QS02", category="township", rank_order=1), sessions=2, files=2)
    make_file(make_session(make_unit("QS01", category="bureau", rank_order=2)))
    return make_root()


def done(root: Unit, category: str = "", year: int = 2026) -> Job:
    kind = Category.objects.filter(code=category).first()
    asker = make_user(f"asker{Job.objects.count()}")
    job, _new = county.ask(root=root, year=year, category=kind, asked_by=asker, at=NOW)
    jobs.run(job.pk, clock=lambda: NOW, work=make)
    job.refresh_from_db()
    return job


def test_every_unit_has_a_folder_in_official_order(root: Unit, settings):
    job = done(root)
    assert (job.state, job.error) == ("done", "")
    path = settings.EXPORTS_DIR / job.file
    assert path.name == "QS2026年学习档案.zip"
    verdict = verify(path)
    assert verdict.is_whole
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    tops = list(dict.fromkeys(name.split("/")[0] for name in names))
    assert tops[:4] == ["001 QS02", "002 QS01", "单位目录.xlsx", "单位目录.html"]
    assert len([name for name in names if name.endswith(".pdf")]) == 3
    assert ArchiveCopy.objects.get().checksum == verdict.checksum


def test_one_category_alone(root: Unit, settings):
    job = done(root, "bureau")
    assert job.file == "QS2026年学习档案-bureau.zip"
    with zipfile.ZipFile(settings.EXPORTS_DIR / job.file) as archive:
        assert {name.split("/")[0] for name in archive.namelist() if "/" in name} == {"001 QS01"}


def test_a_year_without_units_is_refused_with_a_sentence(root: Unit):
    Unit.objects.update(established_on=dt.date(2026, 1, 1))
    job = done(root, year=2020)
    assert job.state == "failed"
    assert "没有设中心组的单位" in job.error


class Disk(NamedTuple):
    total: int
    used: int
    free: int


def test_without_room_nothing_is_begun(root: Unit, settings, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Disk(10**12, 0, 10**9))
    job = done(root)
    assert job.state == "failed"
    assert "磁盘只剩" in job.error
    assert [one for one in settings.EXPORTS_DIR.iterdir() if not one.name.startswith(".")] == []


def test_too_much_for_one_file_is_refused(root: Unit, monkeypatch):
    monkeypatch.setattr(county, "LARGEST_BYTES", 100)
    assert "按单位类别分别生成" in done(root).error


def test_an_archive_that_is_cancelled_while_it_is_hashed_was_never_handed_out(root, monkeypatch):
    def cancelled(*_: object) -> str:
        jobs.cancel(Job.objects.get(), by=make_user("admin"), at=NOW)
        return "0" * 64

    monkeypatch.setattr(drafts, "sha256", cancelled)
    assert done(root).state == "cancelled"
    assert not ArchiveCopy.objects.exists()
    assert not AuditEvent.objects.filter(action="archive.sent").exists()


def test_progress_is_told_by_units(root: Unit, monkeypatch):
    told = []
    monkeypatch.setattr(
        jobs.JobProgress, "tell", lambda _self, done, total, words: told.append((done, total))
    )
    done(root)
    assert told == [(0, 2), (1, 2)]


def test_the_department_asks_on_the_page_and_fetches_at_the_centre(root: Unit, settings):
    client = browser(Role.DEPARTMENT_ADMIN, root)
    answer = client.post(reverse("archive_ask"), {"year": "2026", "category": "bureau"})
    assert answer["Location"] == reverse("export_list")
    job = Job.objects.get()
    jobs.run(job.pk, clock=lambda: NOW, work=make)
    assert "2026年，bureau" in client.get(reverse("export_list")).content.decode()
    file = client.get(reverse("export_file", kwargs={"pk": job.pk}))
    assert file["Content-Type"] == "application/zip"
    assert file.getvalue()[:2] == b"PK"


def test_a_leader_neither_asks_nor_sees_archives(root: Unit):
    done(root)
    client = browser(Role.COUNTY_LEADER, root)
    assert client.post(reverse("archive_ask"), {"year": "2026"}).status_code == 403
    assert "学习档案" not in client.get(reverse("export_list")).content.decode()


def test_programs_know_of_no_archive(root: Unit):
    job = done(root)
    client = browser(Role.AUDITOR, root)
    assert client.get("/api/v1/rollups/").json()["count"] == 0
    assert client.get(f"/api/v1/rollups/{job.pk}/").status_code == 404
    assert (
        client.post("/api/v1/rollups/", {"kind": "archive"}, "application/json").status_code == 400
    )
