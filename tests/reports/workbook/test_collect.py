"""Rows in the database → rollup data: what is listed, what is counted, how many queries."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.rules.defaults import default_rule_set
from reports.workbook import unit_keys
from reports.workbook.collect import collect_rollup
from reports.workbook.sheets import rollup_sheets
from reports.workbook.xlsx import write_workbook
from sessions.models import PersonalRecord
from tests.reports.workbook import rows
from tests.reports.workbook.readers import calamine_values
from tests.reports.workbook.samples import AS_OF, PRINTED_AT
from units.models import RosterEntry, UnitName

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY = dt.date(2026, 3, 10), dt.date(2026, 4, 14), dt.date(2026, 5, 12)
SICK = {"status": "leave", "leave_kind": "sick", "reason": "住院"}
MADE_UP = {
    "status": "absent",
    "makeup_date": dt.date(2026, 3, 20),
    "makeup_confirmed_on": dt.date(2026, 3, 21),
}
EXCLUDED = {"status": "leave", "leave_kind": "maternity"}


@pytest.fixture
def county():
    return rows.make_county()


@pytest.fixture
def township(county):
    return rows.make_unit("QS001", "白水镇", county, rank_order=1)


def test_units_come_in_official_order_under_their_names_of_the_day(county):
    second = rows.make_unit("QS001", "清溪乡", county, rank_order=2)
    rows.make_unit("QS002", "白水镇", county, rank_order=1)
    UnitName.objects.create(
        unit=second, name="清溪镇", short_name="清溪镇", valid_from=dt.date(2026, 6, 1)
    )
    UnitName.objects.create(
        unit=second, name="清溪街道", short_name="清溪街道", valid_from=dt.date(2026, 7, 1)
    )
    data = rows.collect(county)
    assert (data.county, data.month.key) == ("青石县", "2026-06")
    assert [unit.name for unit in data.units] == ["白水镇", "清溪镇"]


def test_only_units_below_the_root_are_printed(county, township):
    office = rows.make_unit("QS002", "石桥镇", county)
    rows.make_unit("QS002A", "石桥镇机关", office)
    assert [unit.name for unit in rows.collect(office).units] == ["石桥镇", "石桥镇机关"]


def test_a_range_without_units_is_refused(county):
    with pytest.raises(ValueError, match="没有可汇总的单位"):
        collect_rollup(root=county, as_of=AS_OF, evaluated=[], checksum="", printed_at=PRINTED_AT)


@pytest.mark.parametrize(
    ("events", "word"),
    [
        ([], "未报送"),
        ([("submit", MARCH)], "已报送"),
        ([("submit", MARCH), ("approve", APRIL)], "已报送"),
        ([("submit", MARCH), ("file", APRIL)], "已备案"),
        ([("submit", MARCH), ("return", APRIL)], "已退回"),
        ([("submit", MARCH), ("withdraw", APRIL)], "未报送"),
        ([("submit", MARCH), ("return", dt.date(2026, 7, 1))], "已报送"),
    ],
)
def test_the_plan_stands_where_its_events_have_it(county, township, events, word):
    rows.make_plan(township, *events)
    assert [unit.plan_status for unit in rows.collect(county).units] == [word]


def test_the_ledger_lists_what_was_reported_by_the_date(county, township):
    members = rows.make_members(township, 3)
    rows.make_session(township, APRIL, members, theme="已审核")
    rows.make_session(township, MARCH, members, theme="已报送", events=[("submit", MARCH)])
    returned = [("submit", MAY), ("return", MAY)]
    rows.make_session(township, MAY, members, theme="已退回", events=returned)
    rows.make_session(township, MAY, members, theme="草稿", events=[])
    rows.make_session(township, MAY, members, theme="相关活动", form="adjacent")
    rows.make_session(township, dt.date(2026, 7, 1), members, theme="以后")
    rows.make_session(township, dt.date(2025, 12, 1), members, theme="去年")
    data = rows.collect(county)
    listed = list(data.sessions)
    assert [row.theme for row in listed] == ["已报送", "已审核", "已退回"]
    assert [row.status for row in listed] == ["已报送", "已审核", "已退回"]
    (unit,) = data.units
    assert (unit.returned, unit.months[2:5], unit.quarters) == (1, (1, 1, 0), (1, 1, 0, 0))


def test_a_ledger_row_tells_the_session_and_no_reason_of_leave(county, township):
    members = rows.make_members(township, 5)
    rows.make_session(
        township, MARCH, members, place="会议室", chair="成员1", content="会议公报", half_days=2,
        absences={2: SICK, 3: MADE_UP, 4: EXCLUDED}, guests_attending=2, guests_teaching=1,
        speakers=(1, 0),
    )  # fmt: skip
    (row,) = rows.collect(county).sessions
    assert (row.unit, row.place, row.chair, row.content) == (
        "白水镇",
        "会议室",
        "成员1",
        "会议公报",
    )
    assert (row.half_days, row.form, row.speakers) == (2, "集体学习研讨", "成员1、成员2")
    assert (row.due, row.present, row.leave, row.absent) == (5, 2, 2, 1)
    assert (row.excluded, row.made_up, row.guests, row.submitted_on) == (1, 1, 3, MARCH)
    assert "住院" not in str(row)
    assert "病" not in str(row)


def test_an_offline_session_says_nothing_of_its_content(county, township):
    members = rows.make_members(township, 2)
    rows.make_session(township, MARCH, members, is_offline_only=True, theme="")
    (row,) = rows.collect(county).sessions
    assert "纸质存档" in row.theme


def test_leave_that_counts_as_present_is_present(county, township):
    trip = {"status": "leave", "leave_kind": "official_trip"}
    rows.make_session(township, MARCH, rows.make_members(township, 3), absences={2: trip})
    base = default_rule_set(2026)
    table = {**base.leave_counts_as, "official_trip": "present"}
    data = rows.collect(county, rule_set=replace(base, leave_counts_as=table))
    (row,), (unit,) = data.sessions, data.units
    assert (row.present, row.leave, row.due) == (3, 0, 3)
    assert unit.evaluation.figures.present == 3


def test_members_add_up_to_the_evaluation(county, township):
    members = rows.make_members(township, 4)
    rows.make_session(township, MARCH, members, absences={2: SICK, 3: MADE_UP})
    rows.make_session(township, APRIL, members, absences={3: EXCLUDED})
    rows.make_session(township, MAY, members, events=[])
    rows.make_session(township, MAY, members, form="adjacent")
    late = {"status": "absent", "makeup_date": MAY, "makeup_confirmed_on": dt.date(2026, 7, 2)}
    rows.make_session(township, MAY, members, absences={0: late}, speakers=(1, 2))
    data = rows.collect(county)
    (unit,), listed = data.units, list(data.members)
    figures = unit.evaluation.figures
    assert sum(member.base for member in listed) == figures.base == 11
    assert sum(member.present for member in listed) == figures.present == 8
    assert sum(member.made_up for member in listed) == figures.made_up == 1
    assert [member.key_speeches for member in listed] == [2, 3, 1, 0]
    sessions = list(data.sessions)
    assert sum(row.due for row in sessions) == figures.due
    assert sum(row.present for row in sessions) == figures.present


def test_members_are_those_in_a_due_role_in_the_year_each_once(county, township):
    first, second = rows.make_members(township, 2)
    RosterEntry.objects.filter(pk=second.pk).update(end_date=dt.date(2026, 1, 1))
    RosterEntry.objects.filter(pk=first.pk).update(end_date=MARCH)
    RosterEntry.objects.create(
        person=first.person, role="deputy", post="主任", rank_order=9, start_date=APRIL
    )
    secretary = rows.make_unit("QS002", "清溪乡", county, rank_order=2)
    RosterEntry.objects.filter(pk=rows.make_members(secretary, 1)[0].pk).update(role="secretary")
    listed = [(row.unit, row.name, row.post, row.role) for row in rows.collect(county).members]
    assert listed == [("白水镇", "成员1", "主任", "副组长")]


def test_personal_records_are_counted_by_kind_up_to_the_date(county, township):
    (member,) = rows.make_members(township, 1)
    for kind, day in [("reflection", MARCH), ("reflection", APRIL), ("research", MAY),
                      ("self_study", MAY), ("research", dt.date(2026, 7, 1))]:  # fmt: skip
        PersonalRecord.objects.create(person=member.person, kind=kind, date=day, title="文章")
    (row,) = rows.collect(county).members
    assert (row.reflections, row.research) == (2, 1)


def fill(county, units):
    for number in range(units):
        unit = rows.make_unit(f"QS{number:03}", f"单位{number}", county, rank_order=number)
        members = rows.make_members(unit, 3)
        rows.make_plan(unit, ("submit", dt.date(2026, 1, 9)))
        rows.make_session(unit, MARCH, members, absences={2: SICK})
        rows.make_session(unit, APRIL, members, events=[])


def count_queries(county, path):
    with CaptureQueriesContext(connection) as queries:
        data = rows.collect(county)
        write_workbook(path, rollup_sheets(data))
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_county(county, tmp_path):
    fill(county, 2)
    few = count_queries(county, tmp_path / "few.xlsx")
    for number in range(2, 12):
        unit = rows.make_unit(f"QS{number:03}", f"单位{number}", county, rank_order=number)
        rows.make_session(unit, MARCH, rows.make_members(unit, 3))
    assert count_queries(county, tmp_path / "many.xlsx") == few
    assert len(calamine_values(tmp_path / "many.xlsx", "学习台账")) == 12


def test_slices_give_the_same_as_one(county, monkeypatch):
    fill(county, 5)
    whole = rows.collect(county)
    sessions, members = list(whole.sessions), list(whole.members)
    monkeypatch.setattr(unit_keys, "SLICE", 2)
    sliced = rows.collect(county)
    assert [unit.months for unit in sliced.units] == [unit.months for unit in whole.units]
    assert list(sliced.sessions) == sessions
    assert list(sliced.members) == members
