"""Long JSON is written value by value, and reads as it was."""

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from reports.models import ClosedUnit, Evaluation
from reports.models.long_json import LongJSONField
from tests.reports.closings.make import close, make_study

ODD = [{"theme": '他说："学\\习"{,}\n', "none": None, "yes": True}, [], {}, "NULL", ""]


def test_in_the_schema_it_is_a_field_like_any_other():
    assert LongJSONField().deconstruct()[1:] == models.JSONField().deconstruct()[1:]


@pytest.mark.django_db
def test_many_rows_are_not_sent_as_arrays():
    closing = close(make_study())
    rows = list(ClosedUnit.objects.filter(closing=closing))
    ClosedUnit.objects.all().delete()
    for row in rows:
        row.sessions, row.attendance = ODD, None
    with CaptureQueriesContext(connection) as queries:
        ClosedUnit.objects.bulk_create(rows)
    assert len(rows) > 1
    assert not any("UNNEST" in one["sql"] for one in queries)
    stored = ClosedUnit.objects.values_list("sessions", "attendance")
    assert list(stored) == [(ODD, None)] * len(rows)


def test_what_closing_stores_of_each_unit_is_long():
    long = [ClosedUnit._meta.get_field(name) for name in ("held", "sessions", "members", "mail")]
    long += [Evaluation._meta.get_field("results"), ClosedUnit._meta.get_field("attendance")]
    assert all(isinstance(field, LongJSONField) for field in long)
