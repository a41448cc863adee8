import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.archives.contents import contents_of
from reports.archives.digest import digest_of
from reports.archives.pieces import Standing
from sessions.models import AnnualPlan, Evidence, StudySession
from tests.reports.records import make_rules, make_session, make_unit
from units.models import RosterEntry, Unit

pytestmark = pytest.mark.django_db

KIND = Evidence.Kind


def make_piece(session: StudySession, kind: str = "minutes", **values) -> Evidence:
    given = {"name": f"{kind}.pdf", "file": "evidence/x.pdf", "checked": "clean", **values}
    return Evidence.objects.create(session=session, kind=kind, on=session.date, **given)


def standings(unit: Unit) -> dict[str, Standing]:
    (session,) = contents_of(unit, 2026).sessions
    return {slot.kind: slot.standing for slot in session.slots}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Standing.FILED),
        ({"checked": "pending"}, Standing.FILED),
        ({"file": ""}, Standing.ON_PAPER),
        ({"checked": "held"}, Standing.REQUIRED),
        ({"checked": "destroyed", "file": ""}, Standing.REQUIRED),
        ({"kind": "notice", "checked": "held"}, Standing.WITHHELD),
    ],
)
def test_a_kind_stands_as_its_best_piece(values, expected):
    make_rules()
    unit = make_unit()
    piece = make_piece(make_session(unit), **{"kind": "minutes", **values})
    assert standings(unit)[piece.kind] == expected


def test_what_is_lacking_depends_on_what_happened():
    make_rules()
    unit = make_unit(members=4)
    make_session(unit, statuses=("leave",))
    plain = standings(unit)
    assert plain[KIND.MINUTES] == plain[KIND.SIGN_IN] == Standing.REQUIRED
    assert plain[KIND.NOTICE] == plain[KIND.LEAVE_SLIP] == Standing.ADVISED
    assert plain[KIND.SPEECH_TEXT] == plain[KIND.MAKEUP_RECORD] == Standing.UNNEEDED
    assert plain[KIND.PHOTO] == plain[KIND.NEWS] == Standing.UNNEEDED


def test_a_speech_wants_its_text_and_an_adjacent_activity_wants_nothing():
    unit = make_unit()
    make_session(unit, speakers=1)
    assert standings(unit)[KIND.SPEECH_TEXT] == Standing.ADVISED
    StudySession.objects.update(form="adjacent")
    assert set(standings(unit).values()) == {Standing.UNNEEDED}


def test_drafts_are_counted_and_nothing_more():
    unit = make_unit()
    make_session(unit, steps=())
    contents = contents_of(unit, 2026)
    assert (contents.drafts, contents.sessions) == (1, ())


def test_the_digest_follows_contents_and_not_acceptance():
    unit = make_unit()
    session = make_session(unit)
    plan = AnnualPlan.objects.create(unit=unit, year=2026, title="计划", status="submitted")
    first = digest_of(contents_of(unit, 2026))
    StudySession.objects.update(status="accepted", version=9)
    AnnualPlan.objects.update(status="filed", version=4)
    assert digest_of(contents_of(unit, 2026)) == first
    StudySession.objects.update(place="二楼会议室")
    second = digest_of(contents_of(unit, 2026))
    Evidence.objects.create(
        plan=plan, kind="approval", on=session.date, name="审定.pdf", file="evidence/y.pdf"
    )
    third = digest_of(contents_of(unit, 2026))
    assert len({first, second, third}) == 3


def test_what_becomes_of_members_later_leaves_the_years_digest_as_it_was():
    unit = make_unit()
    make_session(unit)
    first = digest_of(contents_of(unit, 2026))
    RosterEntry.objects.filter(role="leader").update(end_date="2027-03-01", rank_order=9)
    assert digest_of(contents_of(unit, 2026)) == first
    RosterEntry.objects.filter(role="leader").update(end_date="2026-11-01")
    assert digest_of(contents_of(unit, 2026)) != first


def test_the_archive_of_a_year_costs_the_same_for_one_session_and_for_twelve():
    unit = make_unit()

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            contents_of(unit, 2026, dt.date(2026, 12, 31))
        return len(asked)

    make_piece(make_session(unit))
    small = cost()
    for month in range(1, 12):
        make_piece(make_session(unit, f"2026-{month:02}-05", speakers=2))
    assert cost() == small <= 6
