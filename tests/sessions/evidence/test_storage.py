"""Evidence on disk: whole or not there, never where there is no room, nothing left behind."""

import errno
import os
import time
from collections import namedtuple
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError

from sessions.evidence import storage
from sessions.evidence.cleaning import MOST, RowsMissingError
from sessions.evidence.refusals import sentence
from sessions.evidence.services import discarding_unnamed
from sessions.tasks import clean_uploads
from tests.portal.county import make_unit
from tests.sessions.evidence.make import make_evidence, make_session
from units.spreadsheets.gate import RefusedError

NOW = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)  # already April in Shanghai
Disk = namedtuple("Disk", "total used free")


def test_a_file_gets_a_name_of_ours_in_the_month_of_the_local_day(media):
    name = storage.keep(b"x" * 10, ".pdf", NOW)
    assert name.startswith("evidence/2026/04/")
    assert (media / name).read_bytes() == b"x" * 10
    assert (media / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("total", "free", "fits"),
    [
        (100 * 1024**3, 50 * 1024**3, True),
        (100 * 1024**3, 1024**3, False),
        (10 * 1024**3, 1024**3, True),
        (10 * 1024**3, 400 * 1024**2, False),
    ],
)
def test_a_nearly_full_disk_takes_nothing(media, monkeypatch, total, free, fits):
    media.mkdir()
    monkeypatch.setattr("shutil.disk_usage", lambda folder: Disk(total, total - free, free))
    assert storage.has_room(media, 1024) is fits


def test_a_full_disk_is_said_in_a_sentence(media, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda folder: Disk(100, 100, 0))
    with pytest.raises(RefusedError) as caught:
        storage.keep(b"x", ".pdf", NOW)
    assert "磁盘空间不足" in sentence(caught.value)


def test_a_write_that_fails_leaves_nothing(media, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RefusedError):
        storage.keep(b"x", ".pdf", NOW)
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_the_cleaner_takes_only_what_is_old_and_unnamed(media, settings, tmp_path, capsys):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    named = media / str(make_evidence(make_session(make_unit("QS001", "青石县甲局"))).file)
    orphan, fresh = (media / storage.keep(b"x", ".pdf", NOW) for _ in range(2))
    torn = settings.FILE_UPLOAD_TEMP_DIR / "abc.upload.pdf"
    torn.write_bytes(b"x")
    for path in (named, orphan, torn):
        os.utime(path, (time.time() - 7200,) * 2)
    call_command("clean_uploads", "--dry-run")
    assert torn.exists()
    assert "2 个文件" in capsys.readouterr().out
    clean_uploads()
    assert [path.exists() for path in (named, fresh, orphan, torn)] == [True, True, False, False]
    call_command("clean_uploads")
    assert "0 个文件" in capsys.readouterr().out


def unnamed(media: Path, number: int) -> list[Path]:
    """Files of two hours ago that no row names."""
    files = [media / storage.keep(b"x", ".pdf", NOW) for _ in range(number)]
    for path in files:
        os.utime(path, (time.time() - 7200,) * 2)
    return files


@pytest.mark.django_db
def test_beside_a_database_that_knows_no_files_none_are_deleted(media):
    [file] = unnamed(media, 1)
    clean_uploads()
    assert file.exists()


@pytest.mark.django_db
def test_nor_are_many_at_once_unless_a_person_wishes_it(media):
    make_evidence(make_session(make_unit("QS001", "青石县甲局")))
    files = unnamed(media, MOST + 1)
    with pytest.raises(RowsMissingError):
        clean_uploads()
    assert all(file.exists() for file in files)
    call_command("clean_uploads")
    assert not any(file.exists() for file in files)


def test_a_new_file_and_its_new_folders_are_on_the_disk_when_their_row_is(media, monkeypatch):
    media.mkdir()
    held: list[Path] = []
    monkeypatch.setattr(
        os, "fsync", lambda number: held.append(Path(f"/proc/self/fd/{number}").readlink())
    )
    file = media / storage.keep(b"x", ".pdf", NOW)
    folders = [file.parent, file.parent.parent, media / "evidence", media]
    assert set(held) == {file.with_name(f"{file.name}.part"), *folders}


def test_media_is_apart_from_what_the_web_serves(settings):
    static = Path(settings.STATIC_ROOT)
    assert static not in Path(settings.MEDIA_ROOT).parents
    assert not hasattr(settings, "MEDIA_URL") or settings.MEDIA_URL in ("", "/")


@pytest.mark.django_db
def test_what_no_row_names_in_the_end_goes(media):
    named, other = (storage.keep(b"x", ".pdf", NOW) for _ in range(2))
    with discarding_unnamed([named, other]):
        make_evidence(make_session(make_unit("QS001", "青石县甲局")), file=named)
    assert [path.name for path in media.rglob("*.pdf")] == [Path(named).name]


@pytest.mark.django_db
def test_files_stay_where_nobody_knows_whether_a_row_names_them(media):
    name = storage.keep(b"x", ".pdf", NOW)
    with pytest.raises(OperationalError), discarding_unnamed([name]):
        raise OperationalError("the answer to COMMIT never came")
    assert (media / name).is_file()
