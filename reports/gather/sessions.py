"""Study sessions and what hangs on them, in two queries for any number of units."""

from collections.abc import Sequence

from django.db.models import Count

from reports.gather import events
from reports.gather.joined import Owners
from reports.gather.unions import Among, JoinedText, Words, word
from reports.rules.brief import BriefSession
from reports.rules.words import PRESENT
from sessions.models import Attendance, Evidence, ReviewEvent, Speech, StudySession
from units.models import RosterEntry


def sessions(unit_ids: Sequence[int], year: int) -> dict[int, list[BriefSession]]:
    """By unit, its sessions of the year, in no order."""
    mine = Owners(StudySession.objects.of_year(year).filter(Among("unit_id", unit_ids)))
    steps = ReviewEvent.objects.filter(kind__in=events.KNOWN)
    # Nearly everybody is simply present: words are made only of rows that are anything else, and
    # an index holds just those.
    others = Attendance.objects.exclude(status=PRESENT)
    absence = Words("status", "leave_kind", word("makeup_date"), word("makeup_confirmed_on"))
    speeches = Speech.objects.filter(member__role__in=RosterEntry.DUE_ROLES)
    # A file held for its markings is not on file: it must leave this system.
    files = Evidence.objects.exclude(checked__in=Evidence.KEPT_BACK)
    links = StudySession.topics.through.objects.all()
    rows = mine.joined(
        "unit_id",
        about=Words("date", "end_date", "half_days", "form"),
        branches=(
            mine.text(steps, "session_id", events.said()),
            mine.text(Attendance.objects.all(), "session_id", Count("*")),
            mine.text(others, "session_id", JoinedText(absence)),
            mine.text(speeches, "session_id", JoinedText(Words("member__person_id", "kind"))),
            mine.text(links, "studysession_id", JoinedText(word("topic_id"))),
            mine.text(files, "session_id", JoinedText(Words("kind", "on"))),
        ),
    )
    found: dict[int, list[BriefSession]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
