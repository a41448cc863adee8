"""Pages to read rule sets: the list of a year, and one set in plain Chinese."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.gather import heads
from reports.models import RuleSet
from reports.rule_book import PublishedSet, RuleBook, published_set, published_sets
from reports.rulebook.rule_sets.reading import Difference, audience_words, differences, read
from reports.rulebook.years import asked_year, years_offered
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Unit
from units.querysets import UnitQuerySet


class ListedSet(NamedTuple):
    """A set in the list: its state in words, a colour for it, and how many units it binds."""

    rule_set: RuleSet
    audience: str
    state: str
    tone: str
    bound: int


@require_safe
def rule_set_list(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    year = asked_year(request, today)
    sets = reachable(request, RuleSet.objects.filter(year=year).with_audience(today))
    as_of = min(max(today, dt.date(year, 1, 1)), dt.date(year, 12, 31))
    units = Unit.objects.visible_to(request.access.acting)
    bound = _bound(units, year, as_of)
    rows = [_listed(one, bound[one.pk], as_of) for one in sets.order_by("title", "version")]
    context = {
        "year": year,
        "years": years_offered(today, RuleSet.objects.values_list("year", flat=True)),
        "rows": rows,
        "unruled": bound[0],
        "may_write": request.access.acting.role == Role.DEPARTMENT_ADMIN,
        "as_of": as_of,
    }
    return render(request, "reports/rulebook/rule_set_list.html", context)


@require_safe
def rule_set_detail(request: PortalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    rule_set = find(request, RuleSet.objects.with_audience(today), pk=pk)
    wanted = published_set(rule_set)
    previous = previous_version(wanted, published_sets(rule_set.year))
    context = {
        "rule_set": rule_set,
        "audience": audience_words(rule_set),
        "text": read(wanted.facts),
        "previous": previous,
        "changed": changed_since(previous, wanted),
        "may_write": request.access.acting.role == Role.DEPARTMENT_ADMIN,
    }
    return render(request, "reports/rulebook/rule_set_detail.html", context)


def previous_version(
    wanted: PublishedSet, published: Iterable[PublishedSet]
) -> PublishedSet | None:
    """The last published version before this one, of the same name and year."""
    older = (one for one in published if one.title == wanted.title and one.version < wanted.version)
    return max(older, key=attrgetter("version"), default=None)


def changed_since(previous: PublishedSet | None, wanted: PublishedSet) -> list[Difference]:
    return differences(previous.facts, wanted.facts) if previous else []


def _bound(units: UnitQuerySet, year: int, as_of: dt.date) -> Counter[int]:
    """How many units each set binds at the day; under 0 those that none binds. Two queries."""
    book = RuleBook(one for one in published_sets(year) if one.effective_from <= as_of)
    found = (book.applicable(head.id, head.category_id) for head in heads(units, year))
    return Counter(one.id if one else 0 for one in found)


def _listed(rule_set: RuleSet, bound: int, as_of: dt.date) -> ListedSet:
    if rule_set.published_at is None:
        state, tone = _("草稿"), "secondary"
    elif rule_set.effective_from > as_of:
        state, tone = _("已发布，尚未生效"), "info"
    elif bound:
        state, tone = _("已发布，现行"), "success"
    else:
        state, tone = _("已发布，无单位适用"), "light"
    return ListedSet(rule_set, audience_words(rule_set), state, tone, bound)
