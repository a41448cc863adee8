"""Which obligations of a year can be waived, and what they are called."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from reports.periods import Year, parse_period
from reports.rulebook.waivers.services import Obligation
from reports.rules.phrases import in_title_marks
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
    """By kind of period; a value is rule and period with a space between."""
    whole = Year(year)
    groups = {
        MONTHLY_SESSIONS: [(month.key, _("%s月") % month.month) for month in whole.months],
        QUARTERLY_DISCUSSIONS: [(one.key, one.label[5:]) for one in whole.quarters],
        REQUIRED_TOPICS: list(topics.items()),
    }
    found = [
        (RULES[rule].title, [(f"{rule} {period}", label) for period, label in periods])
        for rule, periods in groups.items()
        if periods
    ]
    annual = [
        (f"{key} {whole.key}", spec.title) for key, spec in RULES.items() if key not in groups
    ]
    return [*found, (_("%s年全年的事项") % year, annual)]


def parse(value: str) -> Obligation:
    rule, _space, period = value.partition(" ")
    return Obligation(rule, period)


def called(rule: str, period: str, topics: Topics) -> str:
    """`每月集中学习（2026年3月）`, `必学内容《……》`."""
    title = RULES[rule].title if rule in RULES else rule
    if rule == REQUIRED_TOPICS:
        return f"{title}{in_title_marks(topics.get(period, period))}"
    try:
        return f"{title}（{parse_period(period).label}）"
    except ValueError:  # entered before periods were checked
        return f"{title}（{period}）"
