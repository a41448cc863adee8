"""Judging and keeping what was judged."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reports.evaluation import (
    evaluate,
    evaluate_and_save,
    evaluate_unit,
    row_checksum,
    save_evaluations,
)
from reports.models import Evaluation
from reports.rules.results import evaluation_from_json
from tests.reports.records import (
    at,
    judged,
    make_entry,
    make_root,
    make_rules,
    make_session,
    make_unit,
)
from units.models import RosterEntry, Unit

JUNE = dt.date(2026, 6, 30)
NOW = at("2026-07-03")


def stored() -> list[tuple[object, ...]]:
    columns = ("unit_id", "standing", "checksum", "rule_set_id")
    return list(Evaluation.objects.order_by("unit_id").values_list(*columns))


@pytest.mark.django_db
def test_a_stored_evaluation_reads_back_as_it_was():
    rules = make_rules()
    unit = make_session(make_unit()).unit
    evaluate_and_save(root=make_root(), as_of=JUNE, at=NOW)
    row = Evaluation.objects.get()
    said = {"standing": row.standing, "figures": row.figures, "results": row.results}
    assert evaluation_from_json(said) == judged(unit, JUNE).evaluation
    assert (row.rule_set_id, row.closing_id, row.evaluated_at) == (rules.pk, None, NOW)
    assert row.checksum == row_checksum(row)


@pytest.mark.django_db
def test_saving_twice_keeps_one_row_and_the_same_checksum():
    make_rules()
    make_session(make_unit())
    root = make_root()
    make_unit("QS02")
    first = evaluate_and_save(root=root, as_of=JUNE, at=NOW)
    before = stored()
    assert evaluate_and_save(root=root, as_of=JUNE, at=at("2026-07-04")) == first
    assert stored() == before
    assert len(before) == 2


@pytest.mark.django_db
def test_saving_again_replaces_what_changed():
    make_rules()
    unit = make_unit()
    first = evaluate_and_save(root=make_root(), as_of=JUNE, at=NOW)
    make_session(unit)
    assert evaluate_and_save(root=make_root(), as_of=JUNE, at=NOW) != first
    row = Evaluation.objects.get()
    assert row.figures["sessions"] == 1
    assert row.checksum == row_checksum(row)


@pytest.mark.django_db
def test_an_earlier_run_that_ends_in_the_midst_of_a_later_one_takes_nothing_away(monkeypatch):
    make_unit()
    root = make_root()

    def save(*args, **kwargs):
        checksum = save_evaluations(*args, **kwargs)
        save_evaluations(evaluate(Unit.objects.all(), JUNE), as_of=JUNE, at=at("2026-07-02"))
        return checksum

    monkeypatch.setattr("reports.evaluation.save_evaluations", save)
    evaluate_and_save(root=root, as_of=JUNE, at=NOW)
    assert Evaluation.objects.count() == 1


@pytest.mark.django_db
def test_an_earlier_evaluation_that_ends_last_does_not_replace_the_later():
    make_rules()
    unit = make_unit()
    early, late = at("2026-06-30"), at("2026-06-30") + dt.timedelta(minutes=5)
    slow = list(evaluate(Unit.objects.filter(pk=unit.pk), JUNE))
    make_session(unit)
    evaluate_and_save(root=make_root(), as_of=JUNE, at=late)
    newer = Evaluation.objects.values("figures", "checksum", "evaluated_at").get()
    save_evaluations(slow, as_of=JUNE, at=early)
    assert Evaluation.objects.values("figures", "checksum", "evaluated_at").get() == newer


@pytest.mark.django_db
def test_saving_again_removes_a_unit_that_owes_nothing_any_more():
    gone = make_unit()
    make_unit("QS02")
    evaluate_and_save(root=make_root(), as_of=JUNE, at=NOW)
    gone.abolished_on = dt.date(2026, 1, 1)
    gone.save()
    evaluate_and_save(root=make_root(), as_of=JUNE, at=at("2026-07-04"))
    assert list(Evaluation.objects.values_list("unit__code", flat=True)) == ["QS02"]


@pytest.mark.django_db
def test_a_unit_that_owes_nothing_in_the_year_has_no_evaluation():
    assert evaluate_unit(make_unit(abolished_on="2026-01-01"), JUNE) is None


@pytest.mark.django_db
def test_a_year_is_settled_in_the_next():
    make_rules()
    unit = make_unit()
    settled = judged(unit, dt.date(2027, 1, 31), year=2026)
    results = {(one.rule, one.period): one.outcome for one in settled.evaluation.results}
    assert results["monthly_sessions", "2026-12"] == "missed"


terms = st.lists(
    st.tuples(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 1)), st.integers(1, 300)),
    max_size=4,
)


class RosterChanges(TestCase):
    @settings(max_examples=30)
    @given(st.dates(dt.date(2026, 1, 1), JUNE), terms, st.booleans())
    def test_a_later_roster_change_never_alters_an_earlier_denominator(self, day, coming, leave):
        make_rules()
        unit = make_unit()
        make_session(unit, day.isoformat(), statuses=["absent"])
        was = judged(unit, JUNE).evaluation.figures
        for number, (start, length) in enumerate(coming):
            end = start + dt.timedelta(days=length)
            make_entry(unit, f"新成员{number}", start=start, end=end)
        if leave:
            entry = RosterEntry.objects.of_unit(unit).order_by("id")[0]
            entry.end_date = day + dt.timedelta(days=1)
            entry.save()
        assert judged(unit, JUNE).evaluation.figures == was
        assert [one.evaluation.figures for one in evaluate(Unit.objects.all(), JUNE)] == [was]


@pytest.mark.django_db
def test_a_long_evaluation_shows_that_it_is_alive():
    make_rules()
    make_unit()
    make_unit("QS02")
    beats: list[int] = []
    evaluate_and_save(root=make_root(), as_of=JUNE, at=NOW, beat=lambda: beats.append(1))
    assert len(beats) == 2
