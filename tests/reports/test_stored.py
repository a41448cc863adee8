"""Which evaluations on record go after a while."""

import datetime as dt

import pytest

from reports.evaluation import evaluate_and_save
from reports.models import Evaluation
from reports.stored import UNUSED_AFTER, forget_unused
from tests.reports.mail import NOW, make_closing, make_county, make_run

pytestmark = pytest.mark.django_db

MAY, JUNE, TODAY = dt.date(2026, 5, 31), dt.date(2026, 6, 30), dt.date(2026, 7, 3)


def test_evaluations_for_workbooks_go_and_those_of_mails_and_closed_months_stay():
    root = make_county(2)
    make_closing(root, "2026-05")
    make_run(root, as_of=JUNE)
    for day in (JUNE, TODAY):
        evaluate_and_save(root=root, as_of=day, at=NOW)
    assert forget_unused(now=NOW + UNUSED_AFTER) == 0
    assert forget_unused(now=NOW + UNUSED_AFTER + dt.timedelta(seconds=1)) == 2
    kept = Evaluation.objects.order_by("as_of").values_list("as_of", flat=True)
    assert list(kept) == [MAY, MAY, JUNE, JUNE]


def test_an_evaluation_made_again_counts_as_new():
    root = make_county(1)
    evaluate_and_save(root=root, as_of=TODAY, at=NOW)
    evaluate_and_save(root=root, as_of=TODAY, at=NOW + UNUSED_AFTER)
    assert forget_unused(now=NOW + UNUSED_AFTER + dt.timedelta(days=1)) == 0
