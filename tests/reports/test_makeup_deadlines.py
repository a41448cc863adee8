"""Until when absences are to be made up."""

import datetime as dt

import pytest

from reports.makeup_deadlines import makeup_terms
from tests.reports.records import make_rules, make_unit

pytestmark = pytest.mark.django_db
JUNE = dt.date(2026, 6, 30)


def test_the_rule_set_in_force_says_the_days(django_assert_num_queries):
    rules = make_rules()
    rules.rules.filter(key="makeups_done").update(parameters={"days": 20})
    unit = make_unit()
    with django_assert_num_queries(1):
        terms = makeup_terms(unit, year=2026, as_of=JUNE)
    assert terms.deadline(dt.date(2026, 6, 15)) == dt.date(2026, 7, 5)


@pytest.mark.parametrize("off", ["no rule set", "disabled"])
def test_nothing_is_due_where_no_rule_asks(off):
    if off == "disabled":
        make_rules().rules.filter(key="makeups_done").update(enabled=False)
    terms = makeup_terms(make_unit(), year=2026, as_of=JUNE)
    assert (terms.days, terms.deadline(JUNE)) == (None, None)


@pytest.mark.parametrize(
    ("status", "leave_kind", "owed"),
    [
        ("absent", "", True),
        ("leave", "sick", True),
        ("leave", "maternity", False),
        ("present", "", False),
        ("late", "", False),
    ],
)
def test_only_what_counts_as_absent_is_owed(status, leave_kind, owed):
    make_rules()
    assert makeup_terms(make_unit(), year=2026, as_of=JUNE).owed(status, leave_kind) is owed
