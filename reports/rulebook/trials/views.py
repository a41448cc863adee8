"""The page on which a draft is tried on real records."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.emails.items import Topics, titles
from reports.emails.sources import topic_names
from reports.models import RuleSet
from reports.rulebook.choosing import name_of
from reports.rulebook.rule_sets.reading import audience_words
from reports.rulebook.trials.forms import TrialForm
from reports.rulebook.trials.trial import (
    ChangedUnit,
    TooManyUnitsError,
    Trial,
    Turned,
    try_on,
)
from reports.rules.registry import RULES
from reports.rules.results import Result
from reports.rules.words import OUTCOME_LABELS, SEVERITY_LABELS, STANDING_LABELS
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit
from units.querysets import UnitQuerySet

# So many units are judged twice while the page waits; a city, in a few seconds.
MOST = 2000
# So many are listed; the counts above the list hold for all.
LISTED = 300


class Line(NamedTuple):
    """A unit and what would become otherwise there."""

    code: str
    name: str
    before: str
    after: str
    turned: list[str]


@require_safe
def rule_set_trial(request: PortalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    draft = find(request, RuleSet.objects.with_audience(today), pk=pk)
    asked = request.GET if "as_of" in request.GET else {"as_of": _first_day(draft, today)}
    form = TrialForm(asked, today=today)
    context: dict[str, Any] = {
        "rule_set": draft,
        "audience": audience_words(draft),
        "form": form,
        "last_year": dt.date(draft.year - 1, 12, 31),
    }
    if form.is_valid():
        units = Unit.objects.visible_to(request.access.acting)
        if category := form.cleaned_data["category"]:
            units = units.filter(category=category)
        context |= _tried(draft, units, form.cleaned_data["as_of"])
    return render(request, "reports/rulebook/trial.html", context)


def _first_day(draft: RuleSet, today: dt.date) -> dt.date:
    """Today within the draft's year; else the nearest day of that year that is over."""
    return min(today, dt.date(draft.year, 12, 31))


def _tried(draft: RuleSet, units: UnitQuerySet, as_of: dt.date) -> dict[str, Any]:
    try:
        trial = try_on(draft, units, as_of, most=MOST)
    except TooManyUnitsError as error:
        return {"too_many": error.number, "most": MOST}
    listed = [*trial.moved, *trial.others][:LISTED]
    rows = Unit.objects.filter(pk__in=[unit.unit_id for unit in listed]).named(as_of)
    named = {unit.pk: unit for unit in rows}
    topics = topic_names(as_of.year)
    lines = [_line(unit, named[unit.unit_id], topics) for unit in listed]
    moved = len(trial.moved)
    return {
        "trial": trial,
        "moved": lines[:moved],
        "others": lines[moved:],
        "moved_number": moved,
        "others_number": len(trial.others),
        "unlisted": len(trial.changed) - len(lines),
        "listed": LISTED,
        "transitions": _transitions(trial),
        "rules": _rules(trial.changed),
        "in_force_later": draft.effective_from > as_of or draft.year != as_of.year,
    }


def _line(changed: ChangedUnit, unit: Unit, topics: Topics) -> Line:
    return Line(
        unit.code,
        name_of(unit),
        STANDING_LABELS[changed.before],
        STANDING_LABELS[changed.after],
        _said(changed, topics),
    )


def _said(changed: ChangedUnit, topics: Topics) -> list[str]:
    """`每月集中学习（1月、2月）：达标 → 未达标`: what turns alike, together."""
    alike: dict[tuple[str, str], list[Result]] = {}
    for turned in changed.turned:
        turn = (_outcome(turned.before, turned), _outcome(turned.after, turned))
        alike.setdefault(turn, []).append(turned.result)
    return [
        _("%(duties)s：%(before)s → %(after)s")
        % {"duties": "、".join(titles(results, topics)), "before": before, "after": after}
        for (before, after), results in alike.items()
    ]


def _outcome(result: Result | None, turned: Turned) -> str:
    """An outcome in a word; with its severity where that is what changes."""
    if result is None:
        return _("不考核")
    word = OUTCOME_LABELS[result.outcome]
    severities = {one.severity for one in (turned.before, turned.after) if one is not None}
    if len(severities) == 1:
        return word
    return f"{word}（{SEVERITY_LABELS[result.severity]}）"


def _transitions(trial: Trial) -> list[tuple[str, str, int]]:
    """How many units go from which standing to which other, the most first."""
    return [
        (STANDING_LABELS[before], STANDING_LABELS[after], number)
        for (before, after), number in trial.standings.most_common()
        if before != after
    ]


def _rules(changed: Iterable[ChangedUnit]) -> list[tuple[str, int]]:
    """In how many units each rule comes out otherwise somewhere, the most first."""
    return Counter(
        rule
        for unit in changed
        for rule in {RULES[turned.result.rule].title for turned in unit.turned}
    ).most_common()
