"""What the published rules say about make-ups."""

import datetime as dt

import pytest

from sessions.makeups.terms import MakeupTerms, makeup_terms
from tests.reports.records import make_rules, make_unit

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 20)


def terms(unit) -> MakeupTerms:
    return makeup_terms(unit, {2026}, TODAY)[2026]


def test_without_published_rules_there_is_no_deadline():
    assert terms(make_unit()) == MakeupTerms()


def test_the_rule_sets_the_days():
    make_rules()
    assert terms(make_unit()).deadline(dt.date(2026, 12, 31)) == dt.date(2027, 1, 30)


def test_the_county_may_excuse_other_kinds_of_leave():
    make_rules(leave_counts_as={"sick": "excluded", "maternity": "absent"})
    owing = terms(make_unit()).owing
    assert "maternity" in owing
    assert not {"sick", "secondment"} & owing
