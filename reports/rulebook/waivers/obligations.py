"""Which obligations of a year can be waived, and what they are called."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from reports.periods import Year, parse_period
from reports.rulebook.waivers.services import Obligation
from reports.rules.registry import (
    MONTHLY_SESSIONS,
    QUARTERLY_DISCUSSIONS,
    REQUIRED_TOPICS,
    RULES,
)
from sessions.models import Topic

Topics = Mapping[str, str]
Choices = list[tuple[str, list[tuple[str, str]]]]


def topics_of(year: int) -> Topics:
    """Names of the year's required topics by their id as results write it; one query."""
    rows = Topic.objects.binding().filter(from_date__year=year).values_list("pk", "name")
    return {str(key): name for key, name in rows}


def choices(year: int, topics: Topics) -> Choices:
    """Each rule with its periods; a value is rule and period with a space between."""
    found: Choices = []
    for key, spec in RULES.items():
        periods = [(f"{key} {period}", label) for period, label in _periods(key, year, topics)]
        if periods:
            found.append((spec.title, periods))
    return found


def _periods(rule: str, year: int, topics: Topics) -> Iterator[tuple[str, str]]:
    whole = Year(year)
    if rule == REQUIRED_TOPICS:
        yield from topics.items()
    elif rule == MONTHLY_SESSIONS:
        yield from ((month.key, _("%s月") % month.month) for month in whole.months)
    elif rule == QUARTERLY_DISCUSSIONS:
        yield from ((quarter.key, quarter.label[5:]) for quarter in whole.quarters)
    else:
        yield whole.key, _("%s年全年") % year


def parse(value: str) -> Obligation:
    rule, _space, period = value.partition(" ")
    return Obligation(rule, period)


def called(rule: str, period: str, topics: Topics) -> str:
    """`每月集中学习（2026年3月）`, `必学内容《……》`."""
    title = RULES[rule].title if rule in RULES else rule
    if rule == REQUIRED_TOPICS:
        return f"{title}《{topics.get(period, period)}》"
    try:
        return f"{title}（{parse_period(period).label}）"
    except ValueError:  # entered before periods were checked
        return f"{title}（{period}）"
