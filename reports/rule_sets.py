"""Writing rule sets: drafts, publishing, new versions. A published set never changes."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from reports.models import Rule, RuleSet
from reports.rule_book import PublishedSet, published_set, published_sets, rule_book
from reports.rules.defaults import default_rule_set
from reports.rules.facts import RuleFacts, RuleSetFacts
from reports.rules.registry import DATE, RULES
from reports.rules.validation import problems
from reports.signals import rule_set_published
from units.assignments import Origin
from units.models import Category, Unit

EDITABLE = frozenset(
    {
        "title", "effective_from", "unit", "min_speakers", "min_service_days",
        "correction_workdays", "settle_workdays", "counted_statuses", "leave_counts_as",
        "warn_days",
    }
)  # fmt: skip


class RuleSetError(ValueError):
    """The rule set cannot be changed or published; `faults` are sentences for the user."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class StaleDraftError(Exception):
    """Somebody else changed the draft since it was opened."""


def applicable(unit: Unit, as_of: dt.date, year: int | None = None) -> PublishedSet | None:
    """The rule set that binds one unit at `as_of`, of that date's year unless another is given."""
    book = rule_book(year=year or as_of.year, as_of=as_of)
    return book.applicable(unit.pk, unit.category_id)


@transaction.atomic
def create_default(
    *,
    year: int,
    title: str,
    effective_from: dt.date | None = None,
    unit: Unit | None = None,
    categories: Iterable[Category] = (),
) -> RuleSet:
    """A draft with every rule at its default: the national floor plus what most counties ask.

    Effective from the first of January unless said otherwise; for everybody unless for a unit or
    for categories.
    """
    rule_set = RuleSet.objects.create(
        title=title,
        year=year,
        version=_next_version(title, year),
        effective_from=effective_from or dt.date(year, 1, 1),
        unit=unit,
    )
    rule_set.categories.set(categories)
    _write_rules(rule_set, default_rule_set(year).rules)
    return rule_set


@transaction.atomic
def change_draft(
    *,
    rule_set: RuleSet,
    changes: Mapping[str, object],
    rules: Sequence[RuleFacts] | None = None,
    categories: Iterable[Category] | None = None,
    opened: int | None = None,
) -> RuleSet:
    """Changes columns of a draft, and replaces its rules or categories where they are given.

    Faults are not looked for before publishing. `opened` is the revision the draft had when it
    was opened for editing. Raises RuleSetError for a published set, StaleDraftError if it has
    another by now, and KeyError for a column that is not to be edited.
    """
    if unknown := changes.keys() - EDITABLE:
        raise KeyError(f"not to be edited: {sorted(unknown)}")
    draft = _locked_draft(rule_set, opened)
    title = draft.title
    for name, value in changes.items():
        setattr(draft, name, value)
    if draft.title != title:
        draft.version = _next_version(draft.title, draft.year)
    draft.revision += 1
    draft.save()
    if categories is not None:
        draft.categories.set(categories)
    if rules is not None:
        draft.rules.all().delete()
        _write_rules(draft, rules)
    return draft


@transaction.atomic
def publish(
    *,
    rule_set: RuleSet,
    at: dt.datetime,
    by: User | None,
    origin: Origin | None = None,
    opened: int | None = None,
) -> RuleSet:
    """Puts a draft in force from its date on and freezes it.

    `opened` as for `change_draft`: what is published is what was read. Raises RuleSetError with
    every fault at once, StaleDraftError if the draft was changed; nothing is written then.
    """
    draft = _locked_draft(rule_set, opened)
    if faults := publishing_faults(published_set(draft), published_sets(draft.year)):
        raise RuleSetError(*faults)
    draft.published_at, draft.published_by = at, by
    draft.save(update_fields=["published_at", "published_by"])
    record(
        action="rule_set.publish",
        at=at,
        actor=by,
        object_type="reports.ruleset",
        object_id=draft.pk,
        after={
            "title": draft.title,
            "year": draft.year,
            "version": draft.version,
            "effective_from": draft.effective_from,
        },
        **(origin or {}),
    )
    rule_set_published.send(sender=RuleSet, rule_set=draft)
    return draft


def publishing_faults(draft: PublishedSet, published: Iterable[PublishedSet]) -> list[str]:
    """Every reason why a draft cannot join the year's published sets, each as a sentence."""
    facts = draft.facts
    faults = [problem.message for problem in problems(facts)]
    if not any(rule.enabled for rule in facts.rules):
        faults.append(_("没有启用任何考核事项，请至少启用一项后再发布。"))
    if draft.unit_id is not None and draft.categories:
        faults.append(_("一套规则只能指定一个单位或若干类别，不能同时指定。"))
    if draft.effective_from.year != facts.year:
        faults.append(_("生效日期应在 %(year)s 年内。") % {"year": facts.year})
    faults += [
        _("“%(other)s”适用于同样的单位，也从 %(day)s 起生效。请改生效日期，或作为它的新版本发布。")
        % {"other": f"{other.title} 第{other.version}版", "day": other.effective_from}
        for other in published
        if other.title != draft.title
        and other.effective_from == draft.effective_from
        and other.unit_id == draft.unit_id
        and (other.categories & draft.categories or other.categories == draft.categories)
    ]
    return faults


def new_version(*, rule_set: RuleSet, effective_from: dt.date) -> RuleSet:
    """A draft that starts as a copy of the set, one version later, in force from another day."""
    return copy_set(
        rule_set=rule_set,
        title=rule_set.title,
        effective_from=effective_from,
        unit=rule_set.unit,
        categories=rule_set.categories.all(),
    )


@transaction.atomic
def copy_set(
    *,
    rule_set: RuleSet,
    title: str,
    effective_from: dt.date,
    unit: Unit | None = None,
    categories: Iterable[Category] = (),
) -> RuleSet:
    """A draft with the set's content, for the year of `effective_from`; due dates move along."""
    copy = RuleSet.objects.get(pk=rule_set.pk)
    rules = list(copy.rules.all())
    source_year, year = copy.year, effective_from.year
    copy.pk = None
    copy._state.adding = True
    copy.title, copy.year, copy.unit = title, year, unit
    copy.version, copy.revision = _next_version(title, year), 1
    copy.effective_from = effective_from
    copy.published_at = copy.published_by = None
    copy.save()
    copy.categories.set(categories)
    for rule in rules:
        rule.pk = None
        rule.rule_set = copy
        rule.parameters = moved_params(rule.key, rule.parameters, year - source_year)
    Rule.objects.bulk_create(rules)
    return copy


def moved_to_year(facts: RuleSetFacts, year: int) -> RuleSetFacts:
    """The same rules for another year: due dates lie in it as they did in their own."""
    rules = tuple(
        replace(rule, params=moved_params(rule.key, rule.params, year - facts.year))
        for rule in facts.rules
    )
    return replace(facts, year=year, rules=rules)


def moved_params(key: str, params: Mapping[str, Any], years: int) -> dict[str, Any]:
    """A rule's parameters some years later; 29 February becomes the 28th where there is none."""
    dates = {spec.name for spec in RULES[key].params if spec.kind == DATE} if key in RULES else ()
    return {
        name: _some_years_later(str(value), years) if name in dates else value
        for name, value in params.items()
    }


def _some_years_later(day: str, years: int) -> str:
    old = dt.date.fromisoformat(day)
    leap = (old.month, old.day) == (2, 29)
    return (old.replace(day=28) if leap else old).replace(year=old.year + years).isoformat()


def discard_draft(*, rule_set: RuleSet) -> None:
    """Removes a draft. Raises RuleSetError for a published set."""
    with transaction.atomic():
        _locked_draft(rule_set).delete()


def _locked_draft(rule_set: RuleSet, opened: int | None = None) -> RuleSet:
    draft = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    if draft.published_at is not None:
        raise RuleSetError(_("“%(set)s”已经发布，不能修改；请新建版本后再修改。") % {"set": draft})
    if opened is not None and draft.revision != opened:
        raise StaleDraftError
    return draft


def _next_version(title: str, year: int) -> int:
    versions = RuleSet.objects.filter(title=title, year=year)
    return (versions.aggregate(latest=Max("version"))["latest"] or 0) + 1


def _write_rules(rule_set: RuleSet, rules: Iterable[RuleFacts]) -> None:
    Rule.objects.bulk_create(
        Rule(
            rule_set=rule_set,
            rank_order=position,
            key=rule.key,
            enabled=rule.enabled,
            severity=rule.severity,
            parameters=_plain(rule.params),
            points=rule.points or 0,
            deduction=rule.deduction or 0,
        )
        for position, rule in enumerate(rules)
    )


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value, tuple | set | frozenset) else value
        for name, value in params.items()
    }
