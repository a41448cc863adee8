"""The half-year and the year a report is about."""

import datetime as dt
from typing import Final, NamedTuple

HALF_YEAR: Final = "half_year"
ANNUAL: Final = "annual"


class Span(NamedTuple):
    """What a report of a kind (`half_year` or `annual`) covers; both begin on 1 January."""

    year: int
    kind: str

    @property
    def first(self) -> dt.date:
        """1 January."""
        return dt.date(self.year, 1, 1)

    @property
    def last(self) -> dt.date:
        """30 June or 31 December."""
        return dt.date(self.year, 6, 30) if self.kind == HALF_YEAR else dt.date(self.year, 12, 31)

    def as_of(self, today: dt.date) -> dt.date:
        """The last day of the span, or today while that is still to come."""
        return min(today, self.last)
