"""Every known answer once more, through rows in the database and `gather`."""

import pytest

from reports.evaluation import evaluate, evaluate_unit
from reports.rules.engine import evaluate as judge
from tests.cases.loader import Case, comparable, expected, load_cases
from tests.cases.rows import CaseRows
from units.models import Unit

pytestmark = pytest.mark.django_db
CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_known_answer_from_rows(case: Case):
    rows = CaseRows(case)
    evaluated = evaluate_unit(
        rows.unit,
        case.as_of,
        year=case.data["rule_set"]["year"],
        calendar=case.calendar,
    )
    assert evaluated is not None
    assert rows.plain(comparable(evaluated.evaluation)) == expected(case)
    assert judge(evaluated.facts, evaluated.context) == evaluated.evaluation


def test_one_unit_alone_is_judged_as_among_all():
    same_day = [case for case in CASES if case.as_of == CASES[0].as_of and not case.data["topics"]]
    for case in same_day or CASES[:1]:
        CaseRows(case)
    as_of, calendar = CASES[0].as_of, CASES[0].calendar
    together = list(evaluate(Unit.objects.all(), as_of, calendar=calendar))
    assert together
    for evaluated in together:
        unit = Unit.objects.get(pk=evaluated.unit_id)
        alone = evaluate_unit(unit, as_of, calendar=calendar)
        assert alone is not None
        assert alone.evaluation == evaluated.evaluation
