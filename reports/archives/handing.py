"""Handing an archive out while it is being written: a place to write in, a row, lines in the trail.

An archive holds a thread of the web server as long as somebody downloads it. Only so many are
written at a time that threads for pages are left; who comes too late is told to come again.
"""

import datetime as dt
import threading
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts.trail import record_for
from reports.archives.packing import Pack
from reports.archives.writing import UnitArchive
from reports.models import ArchiveCopy
from sessions.models import StudySession
from units.access.requests import PortalRequest
from units.workbooks import safe_name

ZIP = "application/zip"


class FullError(Exception):
    """No place is free for whoever asks; the sentence says why."""


class Places:
    """So many at a time in this process, and one a person: impatient clicks shut nobody out."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: set[int] = set()
        # The collector may give a place back while one is being taken.
        self._lock = threading.RLock()

    def take(self, who: int) -> Callable[[], None]:
        """A place for the user of that id; the answer gives it back. Raises FullError."""
        with self._lock:
            if who in self._held:
                raise FullError(_("您已有一份档案正在下载，请等它下载完，再下载另一份。"))
            if len(self._held) >= self._most:
                raise FullError(_("正在下载档案的人较多，请过几分钟再试。"))
            self._held.add(who)
        return partial(self._held.discard, who)


PLACES = Places(settings.ARCHIVE_STREAMS)


class Held:
    """Bytes on their way, which hold a place until they are through, stopped or forgotten."""

    def __init__(self, parts: Iterator[bytes], give_back: Callable[[], None]) -> None:
        self._parts = parts
        self._give_back = weakref.finalize(self, give_back)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._parts)

    def close(self) -> None:
        """The server's last word, also where the reader has gone."""
        close = getattr(self._parts, "close", None)
        if close is not None:
            close()
        self._give_back()


def hand_out(
    request: PortalRequest, archive: UnitArchive, *, session: StudySession | None = None
) -> HttpResponseBase:
    """The archive as a download; a row and a line in the trail tell of it before the first byte.

    Once the last byte is sent the row gets the archive's checksum, and the trail another line. A
    download that breaks off leaves neither, and a file without an end. Raises FullError.
    """
    name = safe_name(archive.title if session is None else _name_of(archive, session), ".zip")
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    if request.method == "HEAD":
        return HttpResponse(content_type=ZIP, headers=headers)
    give_back = PLACES.take(request.access.user.pk)
    try:
        copy = _begun(request, archive, session)
    except BaseException:
        give_back()
        raise
    held = Held(_sent(request, archive, copy), give_back)
    return StreamingHttpResponse(held, content_type=ZIP, headers=headers)


def _begun(
    request: PortalRequest, archive: UnitArchive, session: StudySession | None
) -> ArchiveCopy:
    unit = archive.contents.unit
    with transaction.atomic():
        copy = ArchiveCopy.objects.create(
            unit=unit,
            year=archive.contents.year,
            session=session,
            chosen=archive.chosen.words[:200],
            by=request.access.user,
            begun_at=archive.at,
        )
        record_for(
            request,
            action=request.access.rule.audit,
            about=unit if session is None else session,
            after={"year": copy.year, "range": copy.chosen, "copy": copy.pk},
        )
    return copy


def _sent(request: PortalRequest, archive: UnitArchive, copy: ArchiveCopy) -> Iterator[bytes]:
    with Pack(archive.head()) as pack:
        yield from archive.write(pack)
        *parts, last = pack.close()
        yield from parts
        with transaction.atomic():
            finish(copy, pack, at=timezone.now())
            record_for(request, action="archive.sent", about=copy, after=told_of(pack))
        yield last


def finish(copy: ArchiveCopy, pack: Pack, *, at: dt.datetime) -> None:
    """What the closed archive turned out to be."""
    copy.finished_at = at
    copy.files, copy.size, copy.left_out = pack.files, pack.size, len(pack.left_out)
    copy.checksum = pack.checksum
    copy.save()


def told_of(pack: Pack) -> dict[str, Any]:
    """What the trail keeps of an archive that was written to its end."""
    return {
        "files": pack.files,
        "size": pack.size,
        "left_out": len(pack.left_out),
        "checksum": pack.checksum,
    }


def _name_of(archive: UnitArchive, session: StudySession) -> str:
    """A session's file goes out under its day: its theme may be long, or may not be told."""
    name = archive.called.short_name(session.date)
    return _("%(name)s一次一档-%(day)s") % {"name": name, "day": f"{session.date:%Y-%m-%d}"}
