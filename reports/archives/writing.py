"""A unit's archive of a year as files: the year's papers, a folder for each session, the lists.

Whatever may not leave, or is not on disk as it was taken in, stays out and is named with the
reason in the manifest and in the contents list.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.archives.choosing import Chosen
from reports.archives.contents import SessionContents, YearContents
from reports.archives.digest import digest_of
from reports.archives.listing import Line, Listing, list_page, list_workbook, theme_of
from reports.archives.naming import Names
from reports.archives.packing import LeftOut, OnPaper, Pack, flaw
from reports.archives.papers import Called, record_page, year_pages
from reports.archives.pieces import Kind, Piece
from sessions.evidence import storage
from sessions.models import AnnualPlan, UnitReport

logger = logging.getLogger(__name__)
Bytes = Iterator[bytes]


def nothing() -> None:
    """Nobody waits to hear of progress."""


@dataclass(frozen=True)
class UnitArchive:
    """What is to be written of one unit, and where in the archive. `at` is local.

    `beat` is called before each file.
    """

    contents: YearContents
    chosen: Chosen
    called: Called
    at: dt.datetime
    names: Names
    inside: str = ""
    beat: Callable[[], None] = nothing

    @property
    def title(self) -> str:
        name = self.called.name(dt.date(self.contents.year, 12, 31))
        return _("%(name)s%(year)d年学习档案") % {"name": name, "year": self.contents.year}

    @property
    def scope(self) -> str:
        return _("范围：%(range)s（不含草稿）    生成时间：%(at)s") % {
            "range": self.chosen.words or _("全年"),
            "at": f"{self.at:%Y-%m-%d %H:%M}",
        }

    def head(self) -> dict[str, Any]:
        """How the manifest begins. The digest is that of the whole year, whatever was chosen."""
        return {
            "title": self.title,
            "unit": self.contents.unit.code,
            "year": self.contents.year,
            "range": self.chosen.words or _("全年"),
            "contents_sha256": digest_of(self.contents),
            "made_at": self.at.isoformat(timespec="seconds"),
        }

    def write(self, pack: Pack) -> Bytes:
        """The ZIP's bytes, but for manifest and end."""
        part = self.chosen.of(self.contents)
        listing = Listing(self.title, self.scope, self.inside)
        yield from self._year(pack, listing, part)
        width = max(2, len(str(len(part.sessions))))
        for number, session in enumerate(part.sessions, start=1):
            yield from self._session(pack, listing, session, f"{number:0{width}}")
        pack.left_out += listing.left_out
        pack.on_paper += listing.on_paper
        for name, data in (
            (_("档案目录.xlsx"), list_workbook(listing, part)),
            (_("档案目录.html"), list_page(listing, part)),
        ):
            yield from pack.put(self.names.file(name, inside=self.inside), data)

    def _year(self, pack: Pack, listing: Listing, part: YearContents) -> Bytes:
        title = _("年度材料")
        pages = list(year_pages(part, self.called))
        if not pages and not part.sources:
            return
        folder = self.names.folder(f"00 {title}", inside=self.inside)
        attached = {(type(paper.row), paper.row.pk): paper.pieces for paper in part.papers}
        for name, page, row in pages:
            about = name.removesuffix(".html")
            yield from self._made(pack, listing, name, page, folder, about)
            if isinstance(row, AnnualPlan | UnitReport):
                pieces = attached[type(row), row.pk]
                yield from self._pieces(pack, listing, pieces, folder, about, "")
        about = _("导入的台账")
        yield from self._pieces(pack, listing, part.sources, folder, about, "")

    def _session(
        self, pack: Pack, listing: Listing, session: SessionContents, number: str
    ) -> Bytes:
        row, theme = session.row, theme_of(session)
        about = f"{row.date:%Y-%m-%d} {theme}"
        if self.chosen.kind and not session.pieces:
            return
        title = f"{number} {row.date:%Y-%m-%d} {theme.strip('（）')}"
        folder = self.names.folder(title, inside=self.inside)
        listing.folders[row.pk] = folder
        if not self.chosen.kind:
            page = record_page(row, self.called)
            name = _("学习记录.html")
            yield from self._made(pack, listing, name, page, folder, about)
        yield from self._pieces(pack, listing, session.pieces, folder, about, row.archive_place)
        if row.is_offline_only and not session.papers:
            words = _("内容不上网，全部材料见纸质档案")
            listing.on_paper.append(OnPaper(about, _("全部"), words, row.archive_place))

    def _made(
        self, pack: Pack, listing: Listing, name: str, data: bytes, folder: str, about: str
    ) -> Bytes:
        path = self.names.file(name, inside=folder)
        yield from pack.put(path, data)
        entry = pack.last
        listing.lines.append(
            Line(path, _("系统记录"), about, self.at.date(), entry.size, entry.sha256)
        )

    def _pieces(
        self,
        pack: Pack,
        listing: Listing,
        pieces: Iterable[Piece],
        folder: str,
        about: str,
        place: str,
    ) -> Bytes:
        for piece in pieces:
            self.beat()
            kind = str(Kind(piece.kind).label)
            if piece.is_on_paper:
                listing.on_paper.append(OnPaper(about, kind, piece.name, place))
                continue
            if reason := piece.why_withheld or self._fault(piece):
                listing.left_out.append(LeftOut(about, kind, piece.shown_name, reason))
                continue
            path = self.names.file(_file_name(kind, piece), inside=folder)
            stored = storage.path_of(piece.file)
            yield from pack.put_stored(path, stored, size=piece.size, sha256=piece.sha256)
            listing.lines.append(Line(path, kind, about, piece.on, piece.size, piece.sha256))

    def _fault(self, piece: Piece) -> str:
        """Why a file that may leave cannot; empty if it is on disk as it was taken in."""
        found = flaw(storage.path_of(piece.file), size=piece.size, sha256=piece.sha256)
        if not found:
            return ""
        logger.error("evidence %s is %s on disk: %s", piece.pk, found, piece.file)
        if found == "missing":
            return _("服务器上找不到这个文件，请系统管理员从备份恢复")
        return _("服务器上的文件与入库时的校验值不符，请系统管理员从备份恢复")


def _file_name(kind: str, piece: Piece) -> str:
    """The kind, then what the user called the file; its ending is that of the stored file."""
    ending = storage.path_of(piece.file).suffix
    name = piece.name if piece.name.lower().endswith(ending) else f"{piece.name}{ending}"
    return name if name.startswith(kind) else f"{kind} {name}"
