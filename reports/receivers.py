"""Keeps the fact rows in step: each change of what they follow from reworks them at once.

Records tell of themselves by `records_changed`. Besides, facts depend on a unit's life and
category, on the role and the person of a roster entry, and on the rule set in force; a new entry
has no attendance yet and changes none. Whoever writes units or entries past `save` (bulk
updates) calls `facts.recompute`, or leaves it to `rebuild_facts`.
"""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from reports import facts
from reports.models import RuleSet
from reports.signals import rule_set_published
from sessions.models import StudySession
from sessions.signals import records_changed
from units.models import RosterEntry, Unit


@receiver(records_changed, dispatch_uid="facts_of_records")
def records(unit_ids: Collection[int], years: Collection[int], **_: Any) -> None:
    """Records of these units and years were added, changed or reviewed."""
    facts.recompute(unit_ids=unit_ids, years=years)


@receiver(post_save, sender=Unit, dispatch_uid="facts_of_unit")
def unit(instance: Unit, *, created: bool, **_: Any) -> None:
    """A unit's life or category may have changed."""
    if not created:
        _all_years(instance.pk)


@receiver(post_save, sender=RosterEntry, dispatch_uid="facts_of_entry")
def roster_entry(instance: RosterEntry, *, created: bool, **_: Any) -> None:
    """An entry may have passed to another person or role."""
    if not created:
        _all_years(instance.person.unit_id)


@receiver(rule_set_published, dispatch_uid="facts_of_rule_set")
def rule_set(rule_set: RuleSet, **_: Any) -> None:
    """A rule set that counts otherwise may bind units now."""
    units = Unit.objects.with_group()
    if rule_set.unit_id is not None:
        units = units.filter(pk=rule_set.unit_id)
    elif categories := list(rule_set.categories.all()):
        units = units.filter(category__in=categories)
    ids = set(units.values_list("pk", flat=True))
    facts.recompute(unit_ids=ids, years=[rule_set.year])


def _all_years(unit_id: int) -> None:
    days = StudySession.objects.filter(unit=unit_id).dates("date", "year")
    facts.recompute(unit_ids=[unit_id], years=[day.year for day in days])
