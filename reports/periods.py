"""Months, quarters, years and working days, as local dates (Asia/Shanghai).

Periods are named as users, waivers and results name them: `2026-03`, `2026-Q1`, `2026`. Spans
of days are half-open, [start, end), with None for an open end.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: dt.date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, key: str) -> "Month":
        """`2026-03` as a month; ValueError with a Chinese sentence for anything else."""
        year, _, month = key.partition("-")
        if len(key) == 7 and year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12:
            return cls(int(year), int(month))
        raise ValueError(f"月份“{key}”无法识别，请写成“2026-03”这样的形式。")

    @property
    def first(self) -> dt.date:
        """The first day."""
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        """The last day."""
        return dt.date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def next(self) -> "Month":
        """The month after."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> "Month":
        """The month before."""
        return Month.of(self.first - DAY)

    @property
    def key(self) -> str:
        """`2026-03`."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def label(self) -> str:
        """`2026年3月`."""
        return f"{self.year}年{self.month}月"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year, 1 to 4."""

    year: int
    quarter: int

    @classmethod
    def of(cls, day: dt.date) -> "Quarter":
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def months(self) -> tuple[Month, ...]:
        """Its three months."""
        return tuple(Month(self.year, self.quarter * 3 - back) for back in (2, 1, 0))

    @property
    def first(self) -> dt.date:
        """The first day."""
        return self.months[0].first

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self.months[-1].last

    @property
    def key(self) -> str:
        """`2026-Q1`."""
        return f"{self.year:04d}-Q{self.quarter}"

    @property
    def label(self) -> str:
        """`2026年一季度`."""
        return f"{self.year}年{'一二三四'[self.quarter - 1]}季度"


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A calendar year."""

    year: int

    @property
    def months(self) -> tuple[Month, ...]:
        """January to December."""
        return tuple(Month(self.year, month) for month in range(1, 13))

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The four quarters."""
        return tuple(Quarter(self.year, quarter) for quarter in range(1, 5))

    @property
    def first(self) -> dt.date:
        """The first of January."""
        return dt.date(self.year, 1, 1)

    @property
    def last(self) -> dt.date:
        """The last of December."""
        return dt.date(self.year, 12, 31)

    @property
    def key(self) -> str:
        """`2026`."""
        return f"{self.year:04d}"

    @property
    def label(self) -> str:
        """`2026年`."""
        return f"{self.year}年"


def parse_period(key: str) -> Month | Quarter | Year:
    """The period a key names; ValueError with a Chinese sentence for anything else."""
    if len(key) == 4 and key.isdecimal():
        return Year(int(key))
    year, _, quarter = key.partition("-Q")
    if len(key) == 7 and year.isdecimal() and quarter in {"1", "2", "3", "4"}:
        return Quarter(int(year), int(quarter))
    return Month.parse(key)


def holds(start: dt.date | None, end: dt.date | None, day: dt.date) -> bool:
    """Whether `day` lies in the half-open span [start, end)."""
    return (start is None or start <= day) and (end is None or day < end)


def days_in_common(spans: Iterable[tuple[dt.date, dt.date]]) -> int:
    """How many distinct days the half-open spans cover together."""
    covered = 0
    reached = dt.date.min
    for start, end in sorted(spans):
        begin = max(start, reached)
        if end > begin:
            covered += (end - begin).days
            reached = end
    return covered


class WorkdaySums(dict[dt.date, dt.date]):
    """Day → the n-th working day later, each worked out once."""

    def __init__(self, calendar: "WorkingCalendar", workdays: int) -> None:
        super().__init__()
        self._calendar = calendar
        self._workdays = workdays

    def __missing__(self, day: dt.date) -> dt.date:
        later = self[day] = self._calendar.walk(day, self._workdays)
        return later


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday, less `holidays`, plus `workdays` (rest days worked in exchange, 调休).

    `known_years` are the years whose public holidays are recorded (None: every year). In any
    other year the weekday alone decides, and `warning` says so.
    """

    holidays: frozenset[dt.date] = frozenset()
    workdays: frozenset[dt.date] = frozenset()
    known_years: frozenset[int] | None = None
    _sums: dict[int, WorkdaySums] = field(default_factory=dict, compare=False, repr=False)

    def is_workday(self, day: dt.date) -> bool:
        """Whether people work on that day."""
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def sums(self, workdays: int) -> WorkdaySums:
        """The table `day → add_workdays(day, workdays)`, filled as it is asked."""
        if workdays not in self._sums:
            self._sums[workdays] = WorkdaySums(self, workdays)
        return self._sums[workdays]

    def add_workdays(self, day: dt.date, workdays: int) -> dt.date:
        """The n-th working day later than `day`; n = 0 is `day` itself, a rest day or not."""
        return self.sums(workdays)[day]

    def walk(self, day: dt.date, workdays: int) -> dt.date:
        """As `add_workdays`, day by day; ValueError for a negative number."""
        if workdays < 0:
            raise ValueError("工作日数不能是负数。")
        for _ in range(workdays):
            day += DAY
            while not self.is_workday(day):
                day += DAY
        return day

    def with_overrides(self, overrides: Mapping[dt.date, bool]) -> "WorkingCalendar":
        """A copy in which each given date is a working day (True) or a rest day (False)."""
        worked = frozenset(day for day, works in overrides.items() if works)
        free = frozenset(overrides) - worked
        return WorkingCalendar(
            holidays=(self.holidays - worked) | free,
            workdays=(self.workdays - free) | worked,
            known_years=self.known_years,
        )

    def warning(self, years: Iterable[int]) -> str:
        """A sentence naming the years without recorded holidays, or '' if all are known."""
        if self.known_years is None:
            return ""
        unknown = sorted(set(years) - self.known_years)
        if not unknown:
            return ""
        named = "、".join(str(year) for year in unknown)
        return (
            f"{named}年的法定节假日安排尚未收录，工作日暂按周一至周五推算，期限可能有出入；"
            "请在“工作日历”中补录放假和调休日期。"
        )
