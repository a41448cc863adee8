"""Putting evidence on file and taking it off again. What the department has received stays."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.evidence import storage
from sessions.evidence.examining import Examined
from sessions.evidence.formats import Format
from sessions.models import Evidence, Status, StudySession
from sessions.services import announce

MAX_FILES = 20
MAX_RECORD_BYTES = 200 * 1024 * 1024
EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})


class EvidenceError(ValueError):
    """The change is not possible; the message says why to the user."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An examined file that is on disk already, under ``file`` below MEDIA_ROOT."""

    name: str
    format: Format
    file: str
    size: int
    sha256: str
    mark: str


def store(examined: Examined, at: datetime) -> Stored:
    """Writes the file to disk; before the transaction that names it, never inside.

    Raises RefusedError when the disk is nearly full.
    """
    return Stored(
        name=examined.name,
        format=examined.format,
        file=storage.keep(examined.data, examined.format.extensions[0], at),
        size=len(examined.data),
        sha256=examined.sha256,
        mark=examined.mark,
    )


@contextmanager
def discarding_unnamed(files: Collection[str]) -> Iterator[None]:
    """Takes stored files off the disk that no row names in the end; around the transaction.

    After an error of the database nobody knows whether its rows were written: a COMMIT may be under
    way still. All stays then, and the cleaner takes an hour later what none names.
    """
    is_known = True
    try:
        yield
    except Error:
        is_known = False
        raise
    finally:
        if is_known:
            named = set(Evidence.objects.filter(file__in=files).values_list("file", flat=True))
            for name in files:
                if name not in named:
                    storage.discard(name)


@transaction.atomic
def add_files(
    *, session: StudySession, kind: str, files: Sequence[Stored], by: User, at: datetime
) -> list[Evidence]:
    """Puts stored files on the session's record; one that is there already is not added twice.

    A file with the mark of a classified paper is held. Raises EvidenceError, and writes nothing,
    if the record is not open to the unit any more or would hold too much.
    """
    locked = _open_record(session)
    if files and locked.is_offline_only:
        raise EvidenceError(_("本次学习含不宜上网内容，不能上传文件，只能登记纸质材料。"))
    on_file = locked.evidence.exclude(file="")
    known = set(on_file.values_list("sha256", flat=True))
    new: dict[str, Stored] = {}
    for file in files:
        if file.sha256 not in known:
            new.setdefault(file.sha256, file)
    size = on_file.aggregate(size=Sum("size"))["size"] or 0
    if len(known) + len(new) > MAX_FILES:
        raise EvidenceError(
            _("一条记录最多 %(most)s 个文件，已有 %(there)s 个，没有存入。")
            % {"most": MAX_FILES, "there": len(known)}
        )
    if size + sum(file.size for file in new.values()) > MAX_RECORD_BYTES:
        raise EvidenceError(
            _("一条记录的文件合计不超过 %(most)s MB，没有存入。")
            % {"most": MAX_RECORD_BYTES // (1024 * 1024)}
        )
    rows = [
        Evidence(
            session=locked,
            kind=kind,
            on=timezone.localdate(at),
            name=file.name,
            file=file.file,
            size=file.size,
            sha256=file.sha256,
            checked=Evidence.Checked.HELD if file.mark else Evidence.Checked.CLEAN,
            uploaded_by=by,
        )
        for file in new.values()
    ]
    for row in rows:
        row.save(force_insert=True)
    _announce(locked)
    return rows


@transaction.atomic
def add_paper(
    *, session: StudySession, kind: str, place: str, by: User, at: datetime
) -> tuple[Evidence, bool]:
    """Notes that a piece is kept on paper; whether it is new. Raises EvidenceError."""
    locked = _open_record(session)
    label = Evidence.Kind(kind).label
    name = _("%(kind)s（纸质，存放：%(place)s）") if place else _("%(kind)s（纸质，已归档）")
    row, is_new = Evidence.objects.get_or_create(
        session=locked,
        kind=kind,
        file="",
        name=name % {"kind": label, "place": place},
        defaults={
            "on": timezone.localdate(at),
            "checked": Evidence.Checked.CLEAN,
            "uploaded_by": by,
        },
    )
    _announce(locked)
    return row, is_new


@transaction.atomic
def remove(*, session: StudySession, evidence: Evidence) -> bool:
    """Takes a piece off the record, and its file off the disk once that is settled.

    False if somebody else has removed it already. What is held stays for those who must look at
    it. Raises EvidenceError.
    """
    locked = _open_record(session)
    evidence.refresh_from_db(fields=["checked"])
    if evidence.is_kept_back:
        raise EvidenceError(_("暂扣的文件须由县委宣传部管理员处理，本单位不能自行移除。"))
    removed, _rows = locked.evidence.filter(pk=evidence.pk).delete()
    if removed and evidence.file:
        file = str(evidence.file)
        transaction.on_commit(lambda: storage.discard(file))
    _announce(locked)
    return bool(removed)


def facts(evidence: Evidence) -> dict[str, Any]:
    """What the audit trail keeps of a piece; the name of a held file could itself be secret."""
    return {
        "session": evidence.session_id,
        "kind": evidence.kind,
        "name": "" if evidence.is_kept_back else evidence.name,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "checked": evidence.checked,
    }


def _open_record(session: StudySession) -> StudySession:
    """The session's row, locked until the end of the transaction."""
    locked = StudySession.objects.select_for_update().get(pk=session.pk)
    if locked.status not in EDITABLE:
        raise EvidenceError(
            _("这条记录当前为“%(status)s”，不能增减材料。")
            % {"status": Status(locked.status).label}
        )
    return locked


def _announce(session: StudySession) -> None:
    announce(unit_ids={session.unit_id}, years={session.date.year})
