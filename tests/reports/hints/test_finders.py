"""What is worth a look, and what is not."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.hints.material import material
from reports.hints.search import FINDERS
from reports.models import Hint
from sessions.models import Attendance, StudySession, UnitReport
from tests.reports.hints.make import TEXT, TODAY, find, make_file, make_many
from tests.reports.records import make_entry, make_session, make_unit

pytestmark = pytest.mark.django_db
WEDNESDAY, SATURDAY = "2026-03-04", "2026-03-07"


def abroad(code="BS01"):
    """A unit of another county."""
    unit = make_unit(code)
    unit.parent, unit.path = None, f"{code}/"
    unit.save()
    return unit


def units_of(hint: Hint) -> set[str]:
    return {side.unit.code for side in hint.sides.exclude(facts={})}


def test_one_file_of_two_units_and_of_two_sessions():
    one, other = make_unit("A"), make_unit("B")
    for unit, day in ((one, WEDNESDAY), (one, "2026-04-01"), (other, WEDNESDAY)):
        make_file(make_session(unit, day))
    (hint,) = find(kind="same_file")
    assert units_of(hint) == {"A", "B"}
    assert [len(side.facts["sessions"]) for side in hint.sides.order_by("unit__code")] == [2, 1]


@pytest.mark.parametrize(
    "changes",
    [{"kind": "materials"}, {"kind": "notice"}, {"checked": "held"}, {"sha256": "b" * 64}],
)
def test_files_handed_out_held_or_other_are_none(changes):
    make_file(make_session(make_unit("A"), WEDNESDAY))
    make_file(make_session(make_unit("B"), WEDNESDAY), **changes)
    assert find(kind="same_file") == []


def test_twice_in_one_session_in_a_draft_abroad_or_long_ago_is_no_hint():
    unit = make_unit("A")
    session = make_session(unit, WEDNESDAY)
    for place in (
        session,
        session,
        make_session(unit, "2026-04-01", steps=()),
        make_session(unit, "2024-04-03"),
        make_session(abroad(), WEDNESDAY),
    ):
        make_file(place)
    assert find(kind="same_file") == []


def test_a_joint_study_is_one_place_until_a_third_copies_it():
    one, other, third = (make_unit(code) for code in "ABC")
    lead = make_session(one, WEDNESDAY, content=TEXT)
    partner = make_session(other, WEDNESDAY, content=TEXT, joint_lead=lead)
    for session in (lead, partner):
        make_file(session)
    assert find() == []
    make_file(make_session(third, "2026-04-01", content=TEXT))
    assert {hint.kind for hint in find()} == {"same_file", "similar_text"}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        (TEXT, True),
        (TEXT.replace("，", "\n, "), True),
        (TEXT.replace("组长", "书记").replace("三位", "两位"), True),
        (TEXT.replace("会议", "中心组"), True),
        (TEXT[: len(TEXT) // 2] + "另一半写的是别的事情，各单位自己动手记下讨论了什么。", False),
        (TEXT[:60], False),
        ("", False),
    ],
)
def test_texts_with_small_changes(text, is_found):
    make_session(make_unit("A"), WEDNESDAY, content=TEXT)
    make_session(make_unit("B"), "2026-04-01", content=text)
    assert bool(find(kind="similar_text")) is is_found


def test_texts_alike_stand_together_and_changed_ones_part():
    sessions = [make_session(make_unit(code), WEDNESDAY, content=TEXT) for code in "ABCD"]
    (hint,) = find(kind="similar_text")
    assert units_of(hint) == set("ABCD")
    assert hint.sides.get(unit__code="B").facts["shares"] == {str(sessions[1].pk): 100}
    StudySession.objects.filter(pk=sessions[3].pk).update(content="另写", version=9)
    (hint,) = find(kind="similar_text")
    assert units_of(hint) == set("ABC")


def test_reports_are_compared_with_reports():
    for code in "AB":
        UnitReport.objects.create(
            unit=make_unit(code), year=2026, kind="annual", sections={"x": TEXT}, status="submitted"
        )
    make_session(make_unit("C"), WEDNESDAY, content=TEXT)
    (hint,) = find(kind="similar_text")
    assert units_of(hint) == {"A", "B"}


@pytest.mark.parametrize(
    ("number", "values", "found"),
    [(10, {}, 1), (9, {}, 0), (10, {"source": "imported"}, 0), (10, {"steps": ()}, 0)],
)
def test_many_typed_in_on_one_day(number, values, found):
    make_many(make_unit("A"), number, **values)
    assert len(find(kind="entered_at_once")) == found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (SATURDAY, SATURDAY, 1),
        (WEDNESDAY, WEDNESDAY, 0),
        (WEDNESDAY, "2026-03-09", 0),
        ("2026-05-01", "2026-05-01", 1),  # a public holiday
        ("2026-02-14", "2026-02-14", 0),  # a Saturday worked in exchange
    ],
)
def test_sessions_on_rest_days(first, last, found):
    make_session(make_unit("A"), first)
    StudySession.objects.update(end_date=last)
    assert len(find(kind="rest_day")) == found


@pytest.mark.parametrize(
    ("half_days", "statuses", "kinds"),
    [
        ((2, 2), (["present"], ["late"]), ["two_places"]),
        ((1, 1), (["present"], ["present"]), []),
        ((2, 1), (["leave"], ["present"]), ["leave_and_present"]),
        ((1, 1), (["leave"], ["present"]), ["leave_and_present"]),  # training away lasts the day
        ((2, 2), (["absent"], ["present"]), []),
        ((2, 2), (["leave"], ["leave"]), []),
    ],
)
def test_two_sessions_of_a_unit_on_one_day(half_days, statuses, kinds):
    unit = make_unit("A", members=1)
    for length, marks in zip(half_days, statuses, strict=True):
        make_session(unit, WEDNESDAY, half_days=length, statuses=marks)
    assert [hint.kind for hint in find()] == kinds


def test_a_short_leave_in_the_morning_is_no_hint():
    unit = make_unit("A", members=1)
    make_session(unit, WEDNESDAY, statuses=["leave"])
    make_session(unit, WEDNESDAY)
    Attendance.objects.filter(status="leave").update(leave_kind="personal")
    assert find() == []


@pytest.mark.parametrize(
    ("marks", "day", "joint", "kinds"),
    [
        (("present", "present"), WEDNESDAY, False, ["two_places"]),
        (("leave", "present"), WEDNESDAY, False, ["leave_and_present"]),
        (("present", "present"), "2026-03-05", False, []),
        (("present", "present"), WEDNESDAY, True, []),
        (("absent", "present"), WEDNESDAY, False, []),
    ],
)
def test_one_name_in_two_units(marks, day, joint, kinds):
    one, other = make_unit("A", members=0), make_unit("B", members=0)
    for unit in (one, other):
        make_entry(unit, "测甲〇〇七", role="leader")
    lead = make_session(one, WEDNESDAY, statuses=marks[:1])
    make_session(other, day, statuses=marks[1:], joint_lead=lead if joint else None)
    found = find()
    assert [hint.kind for hint in found] == kinds
    assert all(units_of(hint) == {"A", "B"} for hint in found)


def test_two_of_one_name_are_one_hint_for_all_their_days():
    one, other = make_unit("A", members=0), make_unit("B", members=0)
    for unit in (one, other):
        make_entry(unit, "测甲〇〇七", role="leader")
        for day in (WEDNESDAY, "2026-04-01", "2026-04-02"):
            make_session(unit, day)
    (hint,) = find()
    assert [len(side.facts["sessions"]) for side in hint.sides.all()] == [3, 3]
    assert (hint.first_on.month, hint.last_on.month) == (3, 4)


def test_namesakes_of_two_counties_never_meet():
    for unit in (make_unit("A"), abroad()):
        make_session(unit, WEDNESDAY)
    assert find() == []


@pytest.mark.parametrize(("statuses", "found"), [((), 1), (("late",), 1), (("absent",), 0)])
def test_a_year_in_which_nobody_was_missing(statuses, found):
    unit = make_unit("A")
    make_many(unit, 9)
    make_session(unit, WEDNESDAY, statuses=statuses)
    assert len(find(kind="full_attendance")) == found


def test_nine_whole_sessions_are_no_year():
    make_many(make_unit("A"), 9)
    assert find(kind="full_attendance") == []


def test_any_number_of_units_is_read_in_twelve_queries():
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            on = material(TODAY)
            found = [one for finder in FINDERS for one in finder(on)]
        assert {one.kind for one in found} >= {"same_file", "similar_text", "two_places"}
        return sum(query["sql"].startswith("SELECT") for query in queries)

    costs = []
    for codes in ("AB", "CDEFGH"):
        for code in codes:
            make_file(make_session(make_unit(code), WEDNESDAY, content=TEXT))
        costs.append(cost())
    assert costs[0] == costs[1] <= 12


def test_a_hint_is_dated_by_its_records():
    make_session(make_unit("A"), SATURDAY)
    (hint,) = find()
    assert (hint.first_on, hint.last_on) == (dt.date(2026, 3, 7), dt.date(2026, 3, 7))
