"""The whole of a night's backup: taken, copied, restored on trial; then the surplus may go."""

from dataclasses import dataclass, field
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.backups.copying import copy_to, same_disk
from portal.backups.data import Places, PortalData
from portal.backups.faults import BackupError, ShelfBusyError, told_of
from portal.backups.rotation import surplus
from portal.backups.runs import Kind, failed_backups, proven_backups, recorded
from portal.backups.shelf import Shelf
from portal.backups.status import is_due, no_second_place
from portal.backups.taking import Taken, take
from portal.backups.trial import recorded_trial


@dataclass
class Night:
    """What came of it: what was done, and what failed or needs looking at, in sentences."""

    done: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def back_up(
    *, data: PortalData, places: Places, now: datetime, trial: bool = True, if_due: bool = False
) -> Night:
    """Raises BackupError if there is no new backup; what fails later is among the faults.

    ``if_due``: does nothing unless an hour of BACKUP_HOURS has come since the last one, nor while
    somebody else is at it: the system's timer and the scheduler both ask, every hour.
    """
    shelf, night = Shelf(places.first), Night()
    try:
        with shelf.alone():
            if not if_due or is_due(now):
                _fill(night, data, shelf, places, now, trial=trial)
    except ShelfBusyError as error:
        if not if_due:
            raise
        night.done.append(str(error))
    return night


def _fill(
    night: Night, data: PortalData, shelf: Shelf, places: Places, now: datetime, *, trial: bool
) -> None:
    """All of it, for whoever holds the shelf."""
    taken = _taken(data, shelf, places, now)
    night.warnings += taken.warnings
    words = _("备份 %(name)s 完成：%(files)s 个文件，%(size)s。")
    size = filesizeformat(taken.manifest.size)
    told = {"files": len(taken.manifest.files), "size": size}
    night.done.append(words % {"name": taken.stored.name, **told})
    _copy(taken, places, now, night)
    if not trial:
        return
    try:
        proof = recorded_trial(stored=taken.stored, shelf=shelf, database=data.database, now=now)
    except BackupError as error:
        night.faults.append(_("试恢复失败：%s") % error)
        night.warnings.append(_("试恢复没有通过，本次不清理旧备份。"))
    else:
        night.done += [_("试恢复通过。"), *proof.sentences()]
        _rotate(shelf, places, now, night)


def _taken(data: PortalData, shelf: Shelf, places: Places, now: datetime) -> Taken:
    about = {"place": str(shelf.folder)}
    with recorded(Kind.BACKUP, now=now, **about) as note, told_of(shelf.folder):
        taken = take(data=data, shelf=shelf, now=now)
        if same_disk(places.first, data.media.parent):
            taken.warnings.append(_("备份与数据在同一块磁盘上，磁盘损坏时会一起丢失。"))
        note.backup, note.size = taken.stored.name, taken.manifest.size
        note.said = "\n".join(taken.warnings)
    return taken


def _copy(taken: Taken, places: Places, now: datetime, night: Night) -> None:
    if places.second is None:
        night.warnings.append(no_second_place())
        return
    about = {"backup": taken.stored.name, "place": str(places.second)}
    try:
        with recorded(Kind.COPY, now=now, **about) as note, told_of(places.second):
            copy_to(places.second, taken.stored)
            note.size = taken.manifest.size
            if same_disk(places.first, places.second):
                note.said = _("两处备份在同一块磁盘上，磁盘损坏时会一起丢失。")
                night.warnings.append(note.said)
    except BackupError as error:
        night.faults.append(_("第二处备份失败：%s") % error)
    else:
        night.done.append(_("已复制到第二处并核对：%s。") % places.second)


def _rotate(shelf: Shelf, places: Places, now: datetime, night: Night) -> None:
    """Only after a trial that passed: while none does, every older backup may be needed. What a
    clock that ran ahead has dated takes no other's place, and waits for its date.
    """
    shelves = [shelf] if places.second is None else [shelf, Shelf(places.second)]
    proven, failed = proven_backups(), failed_backups()
    for each in shelves:
        try:
            with told_of(each.folder):
                lying = [(stored.name, stored.moment) for stored in each.until(now)]
                for name in surplus(lying, places.kept, proven=proven, failed=failed):
                    each.remove(name)
                    night.done.append(_("已清理旧备份：%s。") % (each.folder / name))
        except BackupError as error:
            night.faults.append(_("清理旧备份失败：%s") % error)
