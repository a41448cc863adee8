"""Personal records and outcomes: small rows of a unit, written and mended without review."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.models import Outcome, PersonalRecord
from sessions.services import announce
from units.models import Unit

Entry = PersonalRecord | Outcome

COLUMNS: dict[type[Entry], tuple[str, ...]] = {
    PersonalRecord: ("person_id", "kind", "date", "title", "session_id"),
    Outcome: (
        "kind",
        "title",
        "date",
        "authors",
        "level",
        "by_principal",
        "outlet",
        "conversion",
        "session_id",
    ),
}
TWICE = gettext_lazy("已经登记过相同的一条，请修改日期或题目，或删除这一条。")
# Two rows that agree in these are one and the same.
IDENTITY: dict[type[Entry], tuple[str, ...]] = {
    PersonalRecord: ("person_id", "kind", "date", "title"),
    Outcome: ("unit_id", "kind", "date", "title"),
}


class EntryError(ValueError):
    """The change is not possible; the message says why to the user."""


class StaleEntryError(Exception):
    """Somebody else changed the row since it was opened; ``stored`` is the row as it is now."""

    def __init__(self, stored: Entry) -> None:
        super().__init__(stored.pk)
        self.stored = stored


def facts(entry: Entry) -> dict[str, Any]:
    """The columns a clerk fills in."""
    return {name: getattr(entry, name) for name in COLUMNS[type(entry)]}


def seal(entry: Entry) -> str:
    """Changes with every change of the row; a form carries it to notice that of somebody else."""
    text = json.dumps(facts(entry), cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def unit_of(entry: Entry) -> int:
    return entry.unit_id if isinstance(entry, Outcome) else entry.person.unit_id


@transaction.atomic
def add_entry(*, entry: Entry) -> tuple[Entry, bool]:
    """Writes a new row; a second click finds the first one's. Returns the row, and if it is new."""
    Unit.objects.select_for_update().get(pk=unit_of(entry))
    twin = _twin(entry)
    if twin is not None:
        return twin, False
    entry.save(force_insert=True)
    announce(unit_ids={unit_of(entry)}, years={entry.date.year})
    return entry, True


@transaction.atomic
def change_entry(*, entry: Entry, opened: str) -> dict[str, Any]:
    """Writes a changed row; ``opened`` is the seal it had when it was opened.

    Returns what the row was before. Raises StaleEntryError if somebody else changed it since, and
    EntryError if another row says the same already or this one is gone.
    """
    Unit.objects.select_for_update().get(pk=unit_of(entry))
    stored = type(entry).objects.filter(pk=entry.pk).first()
    if stored is None:
        raise EntryError(_("这一条已被他人删除，请重新登记。"))
    if seal(stored) != opened:
        raise StaleEntryError(stored)
    if _twin(entry) is not None:
        raise EntryError(str(TWICE))
    entry.save(update_fields=[*COLUMNS[type(entry)]])
    announce(unit_ids={unit_of(entry)}, years={entry.date.year, stored.date.year})
    return facts(stored)


@transaction.atomic
def delete_entry(*, entry: Entry) -> None:
    """Removes a row; what it said is in the audit trail."""
    unit_id, year = unit_of(entry), entry.date.year
    entry.delete()
    announce(unit_ids={unit_id}, years={year})


def _twin(entry: Entry) -> Entry | None:
    same = {name: getattr(entry, name) for name in IDENTITY[type(entry)]}
    twins = type(entry).objects.filter(**same).exclude(pk=entry.pk)
    found: Entry | None = twins.first()
    return found
