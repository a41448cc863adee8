"""The workbook a ledger came in, kept beside the sessions made from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import PurePath

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sessions.evidence.examining import examine
from sessions.evidence.services import Stored, discarding_unnamed, store
from sessions.models import Evidence, LedgerImport, StudySession
from units.imports.report import ImportRun
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook on disk already, and how many of its cells were put right before it was taken."""

    stored: Stored
    edited_cells: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """The ledger a session came from. Name and checksum are empty where no workbook was kept, the
    address where it may not be opened.
    """

    at: datetime
    name: str
    address: str
    sha256: str
    edited_cells: int


@contextmanager
def kept_workbook(*, name: str, data: bytes, at: datetime) -> Iterator[Stored]:
    """Examines a workbook like any other file and writes it to disk, before the transaction whose
    rows name it. What no row names in the end is taken off the disk again.

    Raises RefusedError if it may not be kept.
    """
    stored = store(examine(BytesIO(data), f"{PurePath(name).stem or '_'}.xlsx"), at)
    with discarding_unnamed([stored.file]):
        yield stored


def record_import(*, unit: Unit, run: ImportRun, source: Source | None) -> LedgerImport:
    """The row all sessions of one taking in refer to, with the workbook if there is one.

    A workbook with the mark of a classified paper is held, as every other file would be.
    """
    taken = LedgerImport.objects.create(
        unit=unit,
        at=run.happened,
        by=run.by,
        edited_cells=source.edited_cells if source else 0,
    )
    if source is not None:
        file = source.stored
        Evidence.objects.create(
            ledger=taken,
            kind=Evidence.Kind.OTHER,
            on=timezone.localdate(run.happened),
            name=file.name,
            file=file.file,
            size=file.size,
            sha256=file.sha256,
            checked=Evidence.Checked.HELD if file.mark else Evidence.Checked.CLEAN,
            uploaded_by=run.by,
        )
    return taken


def origin_of(session: StudySession, *, opens: bool = True) -> Origin | None:
    """Where a session out of a ledger came from; None for any other. No query for a session read
    together with ``ledger_import__source``. ``opens``: who asks may open the workbook.
    """
    taken = session.ledger_import
    if taken is None:
        return None
    file: Evidence | None = getattr(taken, "source", None)
    if file is None:
        return Origin(taken.at, "", "", "", taken.edited_cells)
    held = file.checked == Evidence.Checked.HELD
    may_open = opens and bool(file.file) and not file.is_kept_back
    return Origin(
        at=taken.at,
        name=_("（暂扣的文件，名称不显示）") if held else file.name,
        address=reverse("evidence_file", args=[file.pk]) if may_open else "",
        sha256=file.sha256,
        edited_cells=taken.edited_cells,
    )
