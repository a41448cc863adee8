"""An archive on disk: real files under MEDIA_ROOT, and the rows that name them."""

import datetime as dt
import hashlib
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from reports.archives.choosing import Chosen
from reports.archives.contents import contents_of
from reports.archives.naming import Names
from reports.archives.packing import Pack
from reports.archives.papers import Called
from reports.archives.writing import UnitArchive
from sessions.models import Evidence, StudySession
from tests.reports.records import make_session
from units.models import Unit

AT = dt.datetime(2026, 12, 31, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KINDS = ("notice", "agenda", "sign_in", "minutes", "materials", "speech_text", "photo", "news")


def make_file(session: StudySession, kind: str = "minutes", **values) -> Evidence:
    """A piece with a file of its own; `data` is what is in it."""
    number = Evidence.objects.count()
    data = values.pop("data", f"{kind} {number} ".encode() * 40)
    stored = f"evidence/2026/{number:04}.pdf"
    path = Path(settings.MEDIA_ROOT) / stored
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    given = {
        "name": f"扫描件{number}.pdf",
        "file": stored,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "checked": "clean",
        **values,
    }
    return Evidence.objects.create(session=session, kind=kind, on=session.date, **given)


def make_year(unit: Unit, *, sessions: int = 24, files: int = 200) -> list[Evidence]:
    """Sessions over the year's months, two a month, and files shared out among them."""
    held = [
        make_session(
            unit,
            f"2026-{number // 2 % 12 + 1:02}-{5 + 14 * (number % 2):02}",
            theme=f"专题学习{number}：党纪学习/教育",
            form="discussion",
        )
        for number in range(sessions)
    ]
    return [
        make_file(held[number % sessions], KINDS[number // sessions % len(KINDS)])
        for number in range(files)
    ]


def zipped(unit: Unit, folder: Path, chosen: Chosen | None = None) -> tuple[Path, Pack]:
    """The unit's archive of 2026 as a file."""
    archive = UnitArchive(contents_of(unit, 2026), chosen or Chosen(), Called(unit), AT, Names())
    path = folder / "archive.zip"
    with Pack(archive.head()) as pack, path.open("wb") as file:
        file.writelines(archive.write(pack))
        file.writelines(pack.close())
    return path, pack
