"""Keeps the fact rows in step: each change of what they follow from reworks them at once.

Records tell of themselves by `records_changed`. Besides, facts depend on a unit's life and
category, on the role and the person of a roster entry, and on the rule set in force; a new entry
has no attendance yet and changes none. Whoever writes units or entries past `save` (bulk
updates) calls `facts.recompute`, or leaves it to `rebuild_facts`.
"""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver

from reports import facts, jobs
from reports.models import Job, RuleSet
from reports.signals import rule_set_published
from reports.wake import wake_after_commit
from sessions.models import StudySession
from sessions.signals import records_changed
from units.models import RosterEntry, Unit


@receiver(records_changed, dispatch_uid="facts_of_records")
def records(
    unit_ids: Collection[int], years: Collection[int], *, counts: bool = True, **_: Any
) -> None:
    """Records of these units and years were added, changed or reviewed.

    Drafts and what was returned stand in no fact row, whatever a rule set counts.
    """
    if counts:
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
    """A rule set that counts otherwise may bind units now: at once if they are few, else by a job
    for each county. Nobody waits for facts; until it is through they are those of before.
    """
    known = facts.published_beside(rule_set)
    ids, at = facts.counted_otherwise(rule_set, known), rule_set.published_at
    if at is None or len(ids) <= settings.AT_ONCE_UNITS:
        facts.recompute(unit_ids=ids, years=[rule_set.year])
        return
    for root in Unit.objects.filter(parent=None):
        jobs.ask(
            kind=Job.Task.FACTS,
            root=root,
            parameters={"rule_set": rule_set.pk, "known": known},
            key=f"facts:{root.code}:{rule_set.pk}",
            asked_by=rule_set.published_by,
            at=at,
        )


@receiver(rule_set_published, dispatch_uid="standings_of_rule_set")
def standings(rule_set: RuleSet, **_: Any) -> None:
    """What overviews show follows from the rules. Of a large county it is worked out before
    anybody asks.
    """
    if Unit.objects.with_group().count() > settings.AT_ONCE_UNITS:
        wake_after_commit("keep_standings")


def _all_years(unit_id: int) -> None:
    days = StudySession.objects.filter(unit=unit_id).dates("date", "year")
    facts.recompute(unit_ids=[unit_id], years=[day.year for day in days])
