"""A unit in brief is judged as its facts are."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.rules.engine import evaluate
from reports.rules.facts import (
    AttendanceGroup,
    EventFacts,
    EvidenceFacts,
    RecordFacts,
    SessionFacts,
    SpeechFacts,
    TermFacts,
    UnitFacts,
    WaiverFacts,
)
from tests.reports.rules.briefly import in_brief
from tests.reports.rules.test_properties import FIRST, TOPICS, context, days, events

people = st.integers(1, 4)
forms = st.sampled_from(["discussion", "reading_class", "collective", "lecture", "adjacent"])


@st.composite
def groups(draw):
    status = draw(st.sampled_from(["present", "late", "leave", "absent"]))
    kinds = ["sick", "maternity", "secondment"]
    leave_kind = draw(st.sampled_from(kinds)) if status == "leave" else None
    made_on = draw(st.none() | days()) if status != "present" else None
    later = dt.timedelta(days=draw(st.integers(0, 40)))
    confirmed = made_on + later if made_on is not None and draw(st.booleans()) else None
    return AttendanceGroup(status, leave_kind, made_on, confirmed, draw(st.integers(1, 5)))


@st.composite
def sessions(draw):
    day = draw(days())
    speeches = st.builds(SpeechFacts, people, st.sampled_from(["key", "exchange"]))
    kinds = st.sampled_from(["minutes", "sign_in", "photo"])
    return SessionFacts(
        id=draw(st.integers(1, 99)),
        date=day,
        end_date=day + dt.timedelta(days=draw(st.integers(0, 3))),
        half_days=draw(st.integers(1, 6)),
        form=draw(forms),
        events=draw(events),
        attendance=tuple(draw(st.lists(groups(), max_size=4))),
        speeches=tuple(draw(st.lists(speeches, max_size=5))),
        topics=tuple(draw(st.sets(st.sampled_from([1, 2])))),
        evidence=tuple(draw(st.lists(st.builds(EvidenceFacts, kinds, days()), max_size=3))),
    )


roles = st.sampled_from(["leader", "deputy", "member", "secretary"])
starts = st.just(dt.date(2020, 1, 1)) | days()
terms = st.builds(TermFacts, people, roles, starts, st.none() | days())
periods = st.sampled_from(["2026", "2026-03", "2026-Q1", "1"])
rules = st.sampled_from(
    ["monthly_sessions", "quarterly_discussions", "plan_filed", "attendance_rate",
     "speeches_per_member", "required_topics", "makeups_done", "annual_sessions"]
)  # fmt: skip
units = st.builds(
    UnitFacts,
    unit=st.just("u"),
    established_on=st.none() | days(),
    abolished_on=st.none() | days(),
    terms=st.lists(terms, max_size=6).map(tuple),
    sessions=st.lists(sessions(), max_size=5).map(tuple),
    topics=st.just(TOPICS),
    plan=events,
    half_year_report=events,
    annual_report=events,
    records=st.lists(
        st.builds(RecordFacts, people, st.sampled_from(["reflection", "research"]), days()),
        max_size=5,
    ).map(tuple),
    waivers=st.frozensets(st.builds(WaiverFacts, rules, periods), max_size=2),
)


@settings(deadline=None, max_examples=300)
@given(units, st.integers(0, 420))
def test_a_unit_in_brief_is_judged_as_its_facts_are(unit, number):
    assert evaluate(in_brief(unit), context(number)) == evaluate(unit, context(number))


@settings(deadline=None)
@given(units, st.integers(0, 420))
def test_facts_taken_from_texts_are_judged_alike(unit, number):
    brief = in_brief(unit)
    assert evaluate(brief.facts, context(number)) == evaluate(brief, context(number))


def test_texts_keep_every_fact():
    day = FIRST + dt.timedelta(days=9)
    session = SessionFacts(
        7, day, day, 2, "discussion",
        events=(EventFacts(day, "submit"), EventFacts(day, "accept")),
        attendance=(AttendanceGroup("leave", "sick", day), AttendanceGroup("present", number=3)),
        speeches=(SpeechFacts(1, "key"),), topics=(1, 2), evidence=(EvidenceFacts("minutes", day),),
    )  # fmt: skip
    unit = UnitFacts(
        1, terms=(TermFacts(1, "member", day), TermFacts(2, "leader", FIRST, day)),
        sessions=(session,), topics=TOPICS, plan=(EventFacts(day, "submit"),),
        records=(RecordFacts(2, "research", day),),
    )  # fmt: skip
    assert in_brief(unit).facts == unit
