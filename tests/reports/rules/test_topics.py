"""Required topics: studied in their window, after it, or not at all."""

import pytest

from reports.rules.facts import TopicFacts
from tests.reports.rules.make import day, make_session, make_unit, verdict

TOPIC = TopicFacts(7, day("03-01"), day("04-30"))


def studied(on, *steps):
    return make_session(on, *steps, topics=(7,))


@pytest.mark.parametrize(
    ("days", "as_of", "outcome", "actual"),
    [
        (["03-01"], "03-02", "met", 1),
        (["04-30"], "05-02", "met", 1),
        (["02-28"], "03-05", "pending", 0),
        (["05-01"], "05-02", "met_late", 1),
        (["05-01", "04-01"], "05-02", "met", 2),
        ([], "02-01", "pending", 0),
        ([], "04-22", "pending", 0),
        ([], "04-23", "at_risk", 0),
        ([], "05-07", "at_risk", 0),
        ([], "05-08", "missed", 0),
    ],
)
def test_a_topic(days, as_of, outcome, actual):
    unit = make_unit(*map(studied, days), topics=(TOPIC,))
    result = verdict(unit, as_of, "required_topics")
    assert (result.period, result.outcome, result.actual) == ("7", outcome, actual)


@pytest.mark.parametrize(
    ("on", "steps", "outcome"),
    [
        ("04-20", ["04-20 submit"], "pending"),
        ("04-20", ["04-20 submit", "05-06 return"], "at_risk"),
        ("05-04", ["05-04 submit"], "missed"),
        ("02-20", ["02-20 submit"], "missed"),
    ],
)
def test_a_settled_topic_waits_for_sessions_in_its_window(on, steps, outcome):
    unit = make_unit(studied(on, *steps), topics=(TOPIC,))
    accepted = frozenset({"accepted"})
    result = verdict(unit, "05-08", "required_topics", counted_statuses=accepted)
    assert result.outcome == outcome


@pytest.mark.parametrize(
    ("established", "abolished"), [("03-02", None), (None, "04-30"), ("05-05", None)]
)
def test_a_topic_binds_only_a_unit_that_lives_through_its_window(established, abolished):
    unit = make_unit(
        topics=(TOPIC,),
        established_on=day(established) if established else None,
        abolished_on=day(abolished) if abolished else None,
    )
    assert verdict(unit, "06-01", "required_topics").outcome == "not_applicable"


def test_a_waived_topic_keeps_its_count():
    unit = make_unit(topics=(TOPIC,), waived=["required_topics 7"])
    assert verdict(unit, "06-01", "required_topics")[2:5:2] == ("waived", 0)
