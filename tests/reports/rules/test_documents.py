"""Plans and reports: which date counts, and what a return does to it."""

import pytest

from tests.reports.rules.make import day, make_events, make_unit, verdict

CASES = {
    "on the due date": (["01-31 submit"], "02-20", "met", "01-31"),
    "a day late": (["02-01 submit"], "02-20", "met_late", "02-01"),
    "nothing yet": ([], "01-23", "pending", None),
    "nothing, near the date": ([], "01-24", "at_risk", None),
    "nothing on the date itself": ([], "01-31", "at_risk", None),
    "nothing, a day after": ([], "02-01", "missed", None),
    "sent again": (["01-20 submit", "02-03 submit"], "02-20", "met", "01-20"),
    "accepted and filed": (
        ["01-20 submit", "02-03 accept", "02-04 file"],
        "02-20",
        "met",
        "01-20",
    ),
    "accepted but never sent": (["01-20 accept"], "02-20", "missed", None),
    "returned, window open": (["01-20 submit", "02-02 return"], "02-09", "at_risk", None),
    "returned, window over": (["01-20 submit", "02-02 return"], "02-10", "missed", None),
    "returned early, window open": (["01-02 submit", "01-05 return"], "01-12", "at_risk", None),
    "returned early, window over": (["01-02 submit", "01-05 return"], "01-13", "pending", None),
    "late anyway, returned": (["02-02 submit", "02-03 return"], "02-04", "missed", None),
    "corrected in time": (
        ["01-20 submit", "02-02 return", "02-09 submit"],
        "02-20",
        "met",
        "01-20",
    ),
    "corrected a day late": (
        ["01-20 submit", "02-02 return", "02-10 submit"],
        "02-20",
        "met_late",
        "02-10",
    ),
    "returned twice, window of the last": (
        ["01-20 submit", "02-02 return", "02-06 return", "02-13 submit"],
        "02-20",
        "met",
        "01-20",
    ),
    "corrected, returned, corrected": (
        ["01-20 submit", "01-21 return", "01-22 submit", "01-29 return", "02-05 submit"],
        "02-20",
        "met",
        "01-20",
    ),
    "late correction returned and corrected": (
        ["01-02 submit", "01-05 return", "01-20 submit", "01-30 return", "02-03 submit"],
        "02-20",
        "met",
        "01-20",
    ),
    "withdrawn": (["01-20 submit", "01-22 withdraw"], "01-25", "at_risk", None),
    "withdrawn while returned": (
        ["01-20 submit", "01-29 return", "01-30 withdraw", "02-02 submit"],
        "02-20",
        "met_late",
        "02-02",
    ),
    "acceptance refused while returned": (
        ["01-20 submit", "02-02 return", "02-03 accept", "02-04 file"],
        "02-05",
        "at_risk",
        None,
    ),
    "returned before it was ever sent": (
        ["01-20 return", "02-02 submit"],
        "02-20",
        "met_late",
        "02-02",
    ),
    "seen before the return": (["01-20 submit", "02-02 return"], "02-01", "met", "01-20"),
    "same day, in the order of the list": (
        ["01-20 submit", "01-20 return"],
        "01-20",
        "at_risk",
        None,
    ),
    "entered out of order": (["02-02 return", "01-20 submit"], "02-05", "at_risk", None),
}


@pytest.mark.parametrize(("steps", "as_of", "outcome", "actual"), CASES.values(), ids=CASES)
def test_a_plan(steps, as_of, outcome, actual):
    result = verdict(make_unit(plan=make_events(*steps)), as_of, "plan_filed")
    assert (result.outcome, result.actual) == (outcome, day(actual) if actual else None)


@pytest.mark.parametrize(
    ("established", "abolished", "outcome"),
    [
        ("01-31", "", "missed"),
        ("02-01", "", "not_applicable"),
        ("", "01-31", "not_applicable"),
        ("", "02-01", "missed"),
    ],
)
def test_a_plan_is_due_only_of_a_unit_that_lives_on_the_date(established, abolished, outcome):
    unit = make_unit(
        established_on=day(established) if established else None,
        abolished_on=day(abolished) if abolished else None,
    )
    assert verdict(unit, "03-01", "plan_filed").outcome == outcome


def test_a_waived_plan_shows_its_date():
    unit = make_unit(plan=make_events("02-10 submit"), waived=["plan_filed 2026"])
    assert verdict(unit, "03-01", "plan_filed")[2:5:2] == ("waived", day("02-10"))
