"""Tells what is kept of units that it followed from something else than there is now."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from reports.standings.keeping import touch
from sessions.signals import records_changed
from units.models import RosterEntry, Unit
from units.roster.consequences import Touched
from units.signals import due_change_asked


@receiver(records_changed, dispatch_uid="standings_of_records")
def records(unit_ids: Collection[int], **_: Any) -> None:
    """Records of these units were added, changed or reviewed."""
    touch(unit_ids)


@receiver(due_change_asked, dispatch_uid="standings_of_roster")
def roster(unit: Unit, **_: Any) -> list[Touched]:
    """A roster is being changed in some way: imported, re-elected, an entry ended or removed."""
    touch([unit.pk])
    return []


@receiver(post_save, sender=RosterEntry, dispatch_uid="standings_of_entry")
def roster_entry(instance: RosterEntry, **_: Any) -> None:
    """An entry was written on its own."""
    touch([instance.person.unit_id])
