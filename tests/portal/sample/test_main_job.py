import datetime as dt

import pytest
from django.utils import timezone

from portal.sample.main_job import last_full_month, request_for, standings_table
from portal.sample.writer import load_sample_county
from reports.closing import close_month
from reports.models import Evaluation
from reports.periods import Month
from tests.portal.sample.conftest import UNTIL, make_request
from units.models import Unit


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (dt.date(2026, 11, 22), dt.date(2026, 10, 31)),
        (dt.date(2026, 4, 1), dt.date(2026, 3, 31)),
        (dt.date(2026, 3, 31), dt.date(2025, 12, 31)),
        (dt.date(2027, 1, 2), dt.date(2026, 12, 31)),
    ],
)
def test_the_sample_ends_with_the_last_full_month(today, until):
    assert request_for(today).until == until
    assert request_for(today).year == until.year


@pytest.mark.django_db
def test_the_month_reported_is_over_and_has_data():
    load_sample_county(make_request(units=3))
    root = Unit.objects.get(parent=None)
    assert last_full_month(root, dt.date(2027, 2, 1)) == Month(2026, 10)
    assert last_full_month(root, dt.date(2026, 10, 31)) == Month(2026, 9)
    assert last_full_month(root, dt.date(2026, 1, 31)) is None


@pytest.mark.django_db
def test_the_table_of_a_closed_month_is_that_of_its_closing():
    load_sample_county(make_request(units=3))
    root = Unit.objects.get(parent=None)
    close_month(root=root, month=Month(2026, 10), at=timezone.now(), by=None)
    assert standings_table(root, UNTIL)[-1].split()[-1] == "3"


@pytest.mark.django_db
def test_the_table_counts_units_by_category_and_standing():
    load_sample_county(make_request(units=12))
    root = Unit.objects.get(parent=None)
    for unit in Unit.objects.with_group():
        Evaluation.objects.create(
            unit=unit,
            as_of=UNTIL,
            standing="behind" if unit.category.code == "bureau" else "on_track",
            figures={},
            results=[],
            evaluated_at=dt.datetime(2026, 11, 4, tzinfo=dt.UTC),
        )
    lines = [line.split() for line in standings_table(root, UNTIL)]
    assert lines[0] == ["单位类别", "正常", "需关注", "未达标", "不适用", "合计"]
    assert lines[1] == ["乡镇（街道）", "2", "0", "0", "0", "2"]
    assert lines[2] == ["县直部门", "0", "0", "6", "0", "6"]
    assert lines[-1] == ["合计", "6", "0", "6", "0", "12"]
