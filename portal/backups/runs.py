"""The record of what was tried with backups, and what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.backups.faults import BackupError
from portal.models import BackupRun

Kind, State = BackupRun.Kind, BackupRun.State


@dataclass
class Note:
    """Filled in by whoever does the work; becomes the row's columns when it ends."""

    backup: str = ""
    place: str = ""
    size: int = 0
    said: str = ""

    def columns(self) -> dict[str, Any]:
        return {**vars(self), "place": self.place[:300]}


@contextmanager
def recorded(kind: BackupRun.Kind, *, now: datetime, **about: Any) -> Iterator[Note]:
    """A row from the beginning of the work to its end, whichever it is.

    Rows of the kind that a killed process left running are ended: the caller holds the shelf, so
    nobody else can be at it.
    """
    end_interrupted(kind, now=now)
    run = BackupRun.objects.create(kind=kind, started_at=now, **about)
    note = Note(**about)
    try:
        yield note
    except BackupError as error:
        _end(run, State.FAILED, {**note.columns(), "said": str(error)})
        raise
    except BaseException as error:
        _end(run, State.FAILED, {**note.columns(), "said": _("程序出错：%r") % error})
        raise
    _end(run, State.DONE, note.columns())


def end_interrupted(*kinds: BackupRun.Kind, now: datetime) -> int:
    """Ends rows still said to be running; how many there were."""
    running = BackupRun.objects.filter(kind__in=kinds, state=State.RUNNING)
    words = _("中途被打断（断电、停机或进程被结束），没有完成。")
    return running.update(state=State.FAILED, ended_at=now, said=words)


def proven_backups() -> set[str]:
    """Names of the backups that passed a trial."""
    passed = BackupRun.objects.filter(kind=Kind.TRIAL, state=State.DONE)
    return set(passed.values_list("backup", flat=True))


def failed_backups() -> set[str]:
    """Names of the backups whose last trial failed."""
    trials = BackupRun.objects.filter(kind=Kind.TRIAL).exclude(state=State.RUNNING)
    last = dict(trials.order_by("started_at", "id").values_list("backup", "state"))
    return {name for name, state in last.items() if state == State.FAILED}


def _end(run: BackupRun, state: BackupRun.State, columns: dict[str, Any]) -> None:
    """A file's name that is no UTF-8, if one is spoken of, no database would take."""
    columns["said"] = columns["said"].encode(errors="replace").decode()
    BackupRun.objects.filter(pk=run.pk).update(state=state, ended_at=timezone.now(), **columns)
