"""Between two nights: every few minutes a backup more, where a lost disk does not take it along.

The same kind of backup as a night's, made cheaply: the database is copied, so are files that came
since the last one; the others become second names of what lies there, without being read. The
portal never changes a file, and the night reads every one of them again; so whatever the night's
copy holds is taken from there: what has rotted since is handed on until the next night at most.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.backups.data import RECENT, Places, PortalData
from portal.backups.faults import BackupError, told_of
from portal.backups.files import knows_second_names
from portal.backups.shelf import Shelf
from portal.backups.taking import Taken, take

KEPT, KEPT_WHOLE = 24, 2
"""So many of the newest stay; what is older, a night's backup holds. The second number is for a
place where each takes the room of all files, since it knows no second names.
"""


def recent_folder(places: Places) -> Path:
    return (places.second or places.first) / RECENT


def back_up_recent(*, data: PortalData, places: Places, now: datetime) -> Taken:
    """Makes one, and clears the oldest. Raises BackupError; ShelfBusyError if somebody is at it."""
    if places.second is not None and not places.second.is_dir():
        words = _("第二备份位置“%s”不存在，可能没有挂载。随时备份没有做。")
        raise BackupError(words % places.second)
    shelf = Shelf(recent_folder(places))
    with shelf.alone():
        nights = Shelf(shelf.folder.parent)
        taken = take(data=data, shelf=shelf, now=now, trusted=(nights, shelf))
        with told_of(shelf.folder):
            late = {stored.name for stored in shelf.until(now)}
            kept = KEPT if knows_second_names(shelf.folder) else KEPT_WHOLE
            for old in sorted(shelf.backups(), key=lambda each: each.name in late)[:-kept]:
                shelf.remove(old.name)
    return taken


def is_recent_due(*, places: Places, now: datetime) -> bool:
    """Whether one is wanted, and the last is older than half of BACKUP_EVERY_MINUTES: a scheduler
    that runs twice makes no second one.
    """
    if not settings.BACKUP_EVERY_MINUTES:
        return False
    found = Shelf(recent_folder(places)).until(now)
    half = timedelta(minutes=settings.BACKUP_EVERY_MINUTES) / 2
    return not found or now - timezone.make_aware(found[-1].moment) >= half
