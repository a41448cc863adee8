"""What all units of a closed month share, as plain values: working days and required topics."""

import datetime as dt
from collections.abc import Mapping

from reports.models import Closing
from reports.periods import WorkingCalendar
from reports.rules.facts import TopicFacts
from reports.workbook.data import NamedTopic


def basis_of(
    as_of: dt.date, calendar: WorkingCalendar, topics: Mapping[str, NamedTopic]
) -> dict[str, object]:
    """The basis to store. Deadlines of a year end in the next one at the latest."""
    years = {as_of.year, as_of.year + 1}
    known = calendar.known_years
    return {
        "calendar": {
            "holidays": _days(calendar.holidays, years),
            "workdays": _days(calendar.workdays, years),
            "known_years": None if known is None else sorted(known & years),
        },
        "topics": [
            {
                "id": key,
                "name": topic.name,
                "from": topic.facts.start.isoformat(),
                "due": topic.facts.due.isoformat(),
            }
            for key, topic in topics.items()
        ],
    }


def calendar_of(closing: Closing) -> WorkingCalendar:
    """The working days as they were known when the month was closed."""
    stored = closing.basis["calendar"]
    known = stored["known_years"]
    return WorkingCalendar(
        holidays=frozenset(map(dt.date.fromisoformat, stored["holidays"])),
        workdays=frozenset(map(dt.date.fromisoformat, stored["workdays"])),
        known_years=None if known is None else frozenset(known),
    )


def topics_of(closing: Closing) -> dict[str, NamedTopic]:
    """The required topics as they were, by their ids as results name them."""
    return {
        row["id"]: NamedTopic(
            row["name"],
            TopicFacts(
                int(row["id"]),
                dt.date.fromisoformat(row["from"]),
                dt.date.fromisoformat(row["due"]),
            ),
        )
        for row in closing.basis["topics"]
    }


def _days(days: frozenset[dt.date], years: set[int]) -> list[str]:
    return [day.isoformat() for day in sorted(days) if day.year in years]
