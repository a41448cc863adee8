"""What an archive comes to in one word: the seals of archives stand on it."""

import hashlib
import json
from collections.abc import Iterable
from operator import attrgetter

from reports.archives.contents import YearContents
from reports.archives.pieces import Piece
from sessions.models import AnnualPlan, UnitReport
from units.models import RosterEntry

# Named one by one: a column of tomorrow must break no seal of today.
_SESSION = attrgetter(
    *("date", "end_date", "half_days", "form", "theme", "place", "chair", "lecturer", "scope"),
    *("guests_expanded", "guests_attending", "guests_observing", "guests_teaching"),
    *("content", "problem_solved", "is_offline_only", "archive_place"),
)
_PLAN = attrgetter("title", "basis", "approved_by", "approved_on")
_ITEM = attrgetter(
    "period", "topic", "content", "form", "is_discussion", "speakers", "owner", "state", "note"
)
_REPORT = attrgetter("kind", "sections")
_RECORD = attrgetter("person.name", "kind", "date", "title")
_OUTCOME = attrgetter("kind", "title", "date", "authors", "level", "outlet", "conversion")
_TURNOUT = attrgetter("due", "here", "on_leave", "made_up", "speeches")
_PIECE = attrgetter("pk", "kind", "name", "sha256", "size", "checked", "on")


def digest_of(contents: YearContents) -> str:
    """A SHA-256 of what is in the archive: the records and each piece with its own checksum.

    Acceptance and return alone do not change it.
    """
    said = {
        "unit": contents.unit.code,
        "year": contents.year,
        "sessions": [
            [one.row.pk, _SESSION(one.row), _TURNOUT(one.turnout), _sums(one.pieces)]
            for one in contents.sessions
        ],
        "papers": [
            [paper.row.pk, _said(paper.row), _sums(paper.pieces)] for paper in contents.papers
        ],
        "roster": sorted(_term(entry, contents.year) for entry in contents.roster),
        "records": [_RECORD(record) for record in contents.records],
        "outcomes": [_OUTCOME(outcome) for outcome in contents.outcomes],
        "sources": _sums(contents.sources),
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(row: AnnualPlan | UnitReport) -> list[object]:
    if isinstance(row, AnnualPlan):
        return [_PLAN(row), [_ITEM(item) for item in row.items.all()]]
    return [_REPORT(row)]


def _term(entry: RosterEntry, year: int) -> list[str]:
    """A term as the year knows it: its end in a later year, and its place in the list, are news."""
    ended = entry.end_date if entry.end_date and entry.end_date.year <= year else ""
    return [entry.person.name, entry.post, entry.role, str(entry.start_date), str(ended)]


def _sums(pieces: Iterable[Piece]) -> list[object]:
    return [_PIECE(piece) for piece in pieces]
