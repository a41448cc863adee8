"""One unit's whole year, put together from its people, sessions, papers and writings."""

from portal.sample.county import SampleUnit
from portal.sample.days import SampleDays
from portal.sample.logins import Logins
from portal.sample.papers import PaperWork
from portal.sample.request import SampleRequest
from portal.sample.reviews import Desk, Reviews
from portal.sample.rosters import Roster
from portal.sample.rows import Rows
from portal.sample.sittings import Sittings
from portal.sample.writings import Writings
from sessions.models import Topic


def add_year(
    rows: Rows,
    member: SampleUnit,
    *,
    request: SampleRequest,
    days: SampleDays,
    topics: list[Topic],
    logins: Logins,
) -> None:
    """Adds the unit's rows. Each unit has its own stream of chance: it is the same in any chunk."""
    chance = request.chance("unit", member.code)
    desk = Desk(clerk=logins.clerks.get(member.code), auditor=logins.auditor)
    reviews = Reviews(days, chance, desk)
    roster = Roster(member, days, chance)
    rows.people += roster.people
    rows.entries += [seat.entry for seat in roster.seats]
    first = len(rows.sessions)
    Sittings(member, roster, topics, reviews, chance).record(rows)
    sessions = rows.sessions[first:]
    for session in sessions:
        session.created_by = desk.clerk
    papers = PaperWork(member, roster, reviews, chance)
    papers.plan(rows, sessions)
    papers.reports(rows)
    writings = Writings(roster, days, chance)
    writings.records(rows)
    writings.outcomes(rows, sessions)
