"""Every known-answer case, straight through the engine."""

import pytest

from reports.rules.engine import evaluate
from tests.cases.loader import Case, comparable, expected, load_cases

CASES = load_cases()


def test_there_are_cases():
    assert CASES, "the folder of known-answer cases is empty"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert comparable(evaluate(case.unit, case.context)) == expected(case)
