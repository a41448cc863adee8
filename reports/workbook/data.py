"""What the rollup workbook is made from: plain, frozen, no database behind it.

Sessions and members come as iterables and are read once: a province of 12,000 units streams.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.periods import Month
from reports.rules.engine import RuleContext
from reports.rules.facts import TopicFacts
from reports.rules.results import Result, UnitEvaluation


@dataclass(frozen=True, slots=True)
class RuleSetInUse:
    """A published rule set that applies to at least one unit, made ready for the date.

    Version 0 stands for none: the title then says so.
    """

    title: str
    version: int
    context: RuleContext
    applies_to: str = ""


def no_rule_set_title() -> str:
    """What stands in place of a rule set's title where the county has published none."""
    return _("尚未发布考核规则")


def no_rule_set(context: RuleContext) -> RuleSetInUse:
    """What stands where the county has published no rules; `context` has none."""
    return RuleSetInUse(no_rule_set_title(), 0, context)


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A required topic: its name, and the days on which it is to be studied."""

    name: str
    facts: TopicFacts


@dataclass(frozen=True, slots=True)
class RollupUnit:
    """One unit at the workbook's date.

    `plan_status` is the word for where its annual plan stands; `months` (12) and `quarters` (4)
    are numbers of counted sessions and discussions; `returned` the sessions that stand returned.
    """

    name: str
    category: str
    plan_status: str
    evaluation: UnitEvaluation
    months: tuple[int, ...]
    quarters: tuple[int, ...]
    rule_set: RuleSetInUse
    returned: int = 0
    established_on: dt.date | None = None
    abolished_on: dt.date | None = None

    def result(self, rule: str, period: str) -> Result | None:
        """The result of one obligation, None where the rule set does not ask for it."""
        return next(
            (r for r in self.evaluation.results if r.rule == rule and r.period == period), None
        )


class SessionRow(NamedTuple):
    """One recorded session at the workbook's date; attendance in person-times.

    `present` are those who count as present, `leave` the other rows on leave whatever the kind:
    due = present + leave + absent. `excluded` rows (a part of `leave`) are not in the base.
    Kinds and reasons of leave are sensitive and have no place here.
    """

    unit: str
    date: dt.date
    end_date: dt.date
    half_days: int
    place: str
    theme: str
    content: str
    form: str
    chair: str
    speakers: str
    due: int
    present: int
    leave: int
    absent: int
    excluded: int
    made_up: int
    guests: int
    plan_item: str
    submitted_on: dt.date | None
    status: str


class MemberRow(NamedTuple):
    """One member's year so far, over the counted sessions; `base` leaves out excluded rows."""

    unit: str
    name: str
    post: str
    role: str
    base: int
    present: int
    made_up: int
    key_speeches: int
    reflections: int
    research: int


class AttendanceRow(NamedTuple):
    """One member's part in one session at the workbook's date, in words.

    A make-up is told of from its confirmation on. `counts_as` says what the rules make of the
    status; the kind of leave behind it has no place here.
    """

    name: str
    post: str
    role: str
    status: str
    counts_as: str
    made_up_on: dt.date | None
    confirmed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class RollupData:
    """Everything the workbook prints. `units` are in official order, as are sessions and members.

    `month` is the month rolled up, `as_of` the date the figures are true for (to its end),
    `checksum` that of the evaluations. `topics` are the required topics by id, as results name
    them; `closed` says that the evaluations are those of a closed month.
    """

    county: str
    month: Month
    as_of: dt.date
    printed_at: dt.datetime
    rule_sets: tuple[RuleSetInUse, ...]
    checksum: str
    units: Sequence[RollupUnit]
    sessions: Iterable[SessionRow]
    members: Iterable[MemberRow]
    topics: Mapping[str, NamedTopic] = field(default_factory=dict)
    closed: bool = False


def rate(numerator: int, base: int) -> float | str:
    """A rate of person-times, exact, rounded half up to two decimals of a per cent; "—" without
    a base: 89 of 99 is 0.899, shown as 89.90 %."""
    if base == 0:
        return "—"
    return int(Fraction(numerator, base) * 10_000 + Fraction(1, 2)) / 10_000
