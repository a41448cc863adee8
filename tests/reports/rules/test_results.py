"""Evaluations as stored and read back."""

import json

import pytest

from reports.rules.engine import evaluate
from reports.rules.results import evaluation_from_json
from tests.cases.loader import load_cases

CASES = load_cases()[::9]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_evaluation_survives_storage(case):
    evaluation = evaluate(case.unit, case.context)
    stored = json.loads(json.dumps(evaluation.to_json()))
    assert evaluation_from_json(stored) == evaluation
