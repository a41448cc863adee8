"""The figures of one unit's half-year or year: what its report says, and the rows behind each.

Plain values, no Django: made by `reports.yearly.counting`, read by the report's page, its Word
file and whoever else prints the same figures (`reports.yearly.gathering.year_figures`).
"""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from reports.rules.phrases import percent, plain_number

SESSION: Final = "session"
PERSON: Final = "person"
RECORD: Final = "record"
OUTCOME: Final = "outcome"
TOPIC: Final = "topic"
MONTH: Final = "month"
PLAN: Final = "plan"
REPORT: Final = "report"
FINDING: Final = "finding"
SIT_IN: Final = "sit_in"
TEXT: Final = "text"
"""Kinds of rows; `TEXT` has no page of its own."""


class Row(NamedTuple):
    """A row behind a figure. `id` leads to its page together with `kind`; None has no page.

    `number` is what the row adds to the figure; rows that only explain it add 0.
    """

    kind: str
    id: int | None
    name: str
    on: dt.date | None = None
    note: str = ""
    number: int | Fraction = 1


class Rate(NamedTuple):
    """Person-times, exact: never an average of averages."""

    numerator: int
    base: int

    @property
    def fraction(self) -> Fraction | None:
        """The rate; None without a base."""
        return Fraction(self.numerator, self.base) if self.base else None

    def __str__(self) -> str:
        return percent(self.numerator, self.base)


Value = TypeVar("Value", int, Fraction, Rate)


@dataclass(frozen=True, slots=True)
class Figure(Generic[Value]):
    """One figure: its key, what it is called, its value with the unit it is counted in, its rows.

    `note` says what a reader has to know of it.
    """

    key: str
    label: str
    value: Value
    measure: str = "次"
    rows: tuple[Row, ...] = ()
    note: str = ""

    @property
    def shown(self) -> str:
        """The value as it is printed, without its measure."""
        value: object = self.value
        return plain_number(float(value)) if isinstance(value, Fraction) else str(value)


Count = Figure[int]
AnyFigure: TypeAlias = Figure[int] | Figure[Fraction] | Figure[Rate]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rule set asks of the unit; None where it does not ask.

    `year_days` are in proportion where the unit is not there all year. `rate` is the least rate of
    `measure` (到会率 or 参学率), exact.
    """

    month_sessions: int | None = None
    year_days: int | None = None
    rate: Fraction | None = None
    measure: str = ""
    speeches: int | None = None
    reflections: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Whose figures these are and until when. Dates are local; `as_of` counts to its end.

    `kind` is `half_year` or `annual`; `closed_on` the day on which the month of `as_of` was
    closed, None while it is open.
    """

    unit_id: int
    name: str
    category: str
    party_body: str
    year: int
    kind: str
    first: dt.date
    last: dt.date
    as_of: dt.date
    rule_set: str = ""
    closed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """All figures of a half-year or year, from 1 January to `about.as_of`.

    Sessions, discussions, days, rates and quotas are the evaluation's own. Everything else that
    is about sessions looks at the counted ones only; `adjacent` are told apart and counted
    nowhere. `months_due` are the months in which the monthly minimum was due so far.
    """

    about: About
    asked: Asked
    sessions: Count
    discussions: Count
    days: Figure[Fraction]
    months_met: Count
    months_due: Count
    due: Count
    excluded: Count
    present: Count
    made_up: Count
    attendance: Figure[Rate]
    participation: Figure[Rate]
    forms: tuple[Count, ...]
    topics: tuple[Count, ...]
    content_groups: tuple[Count, ...]
    materials: Count
    own_themes: Count
    expanded: tuple[Count, ...]
    guests: tuple[Count, ...]
    lectures: Count
    lecturers: Count
    joint: Count
    site_visits: Count
    problems_solved: Count
    chaired_by_leader: Count
    unplanned: Count
    offline: Count
    left_out: Count
    adjacent: Count
    members: Count
    key_speeches: Count
    exchange_speeches: Count
    speech_texts: Count
    speakers_met: Count
    speakers_short: Count
    reflections: Count
    leader_reflections: Count
    reflections_met: Count
    reflections_short: Count
    research: Count
    self_study: Count
    outcomes: tuple[Count, ...]
    remarks: tuple[Count, ...]
    remarks_by_principal: Count
    converted: Count
    plan: Count
    plan_items: tuple[Count, ...]
    returned: Count
    mended: Count
    findings: Count
    findings_closed: Count
    sit_ins: Count
