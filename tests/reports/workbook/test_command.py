"""`manage.py rollup`: what it writes, and what it answers when it cannot."""

import datetime as dt
import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reports.closing import close_month
from reports.periods import Month
from reports.rule_sets import create_default, publish
from tests.reports.workbook import rows
from tests.reports.workbook.readers import calamine_values
from units.models import Unit

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 10)


@pytest.fixture
def county():
    root = rows.make_county()
    township = rows.make_unit("QS001", "白水镇", root, rank_order=1)
    rows.make_session(township, MARCH, rows.make_members(township, 3))
    rows.make_unit("QS002", "清溪乡", root, rank_order=2)
    rules = create_default(year=2026, title="2026年县级考核规则")
    publish(rule_set=rules, at=timezone.now(), by=None)
    return root


def run(path, *options, as_of="2026-06-30"):
    said = io.StringIO()
    call_command("rollup", "--as-of", as_of, "--out", str(path), *options, stdout=said)
    return said.getvalue()


def test_it_writes_the_workbook(county, tmp_path):
    path = tmp_path / "汇总.xlsx"
    assert "实时数据，统计截至 2026-06-30" in run(path)
    summary = calamine_values(path, "汇总表")
    assert [row[:4] for row in summary] == [
        [1, "白水镇", "乡镇", "未达标"],
        [2, "清溪乡", "乡镇", "未达标"],
    ]
    assert summary[0][7] == 1
    pairs = {row[0]: row[1] for row in calamine_values(path, "口径说明")}
    assert pairs["规则集"] == "2026年县级考核规则（第1版）"
    assert len(str(pairs["数据校验值"])) == 64


def test_a_year_whose_holidays_nobody_knows_is_said(county, tmp_path):
    path = tmp_path / "汇总.xlsx"
    run(path, as_of="2060-06-30")
    pairs = {row[0]: row[1] for row in calamine_values(path, "口径说明")}
    assert "2060年的法定节假日安排尚未收录" in str(pairs["工作日历"])
    run(path)
    assert "工作日历" not in {row[0] for row in calamine_values(path, "口径说明")}


def test_a_closed_month_is_printed_from_its_snapshot(county, tmp_path):
    path = tmp_path / "汇总.xlsx"
    closing = close_month(root=county, month=Month(2026, 6), at=timezone.now(), by=None)
    township = Unit.objects.get(code="QS002")
    rows.make_session(township, MARCH, rows.make_members(township, 2))
    assert "封账数据" in run(path)
    assert [row[7] for row in calamine_values(path, "汇总表")] == [1, 0]
    pairs = {row[0]: row[1] for row in calamine_values(path, "口径说明")}
    assert pairs["数据校验值"] == closing.checksum


def test_a_part_of_the_county_can_be_asked_for(county, tmp_path):
    path = tmp_path / "汇总.xlsx"
    run(path, "--unit-root", "QS002")
    assert [row[1] for row in calamine_values(path, "汇总表")] == ["清溪乡"]


def test_a_part_of_a_closed_county_is_printed_from_its_snapshot(county, tmp_path):
    path = tmp_path / "汇总.xlsx"
    close_month(root=county, month=Month(2026, 6), at=timezone.now(), by=None)
    assert "封账数据" in run(path, "--unit-root", "QS001")
    assert "实时数据" in run(path, "--unit-root", "QS001", as_of="2026-06-29")


def test_without_a_rule_set_nothing_is_due(county, tmp_path):
    path = tmp_path / "汇总.xlsx"
    run(path, as_of="2025-06-30")
    assert [row[3] for row in calamine_values(path, "汇总表")] == ["不适用", "不适用"]


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        ({"as_of": "2026-06-31"}, 2, "无法识别"),
        ({"out": "汇总.xls"}, 2, "不是 .xlsx 文件名"),
        ({"out": "没有/汇总.xlsx"}, 1, "不存在"),
        ({"unit_root": "XX"}, 1, "没有编码为“XX”的单位"),
    ],
)
def test_it_says_what_is_wrong(county, tmp_path, options, code, sentence):
    arguments = {"as_of": "2026-06-30", "out": "汇总.xlsx", **options}
    arguments["out"] = str(tmp_path / arguments["out"])
    with pytest.raises(CommandError, match=sentence) as error:
        call_command("rollup", **arguments)
    assert error.value.returncode == code
    assert list(tmp_path.iterdir()) == []


def test_an_empty_county_is_told_to_import_units(tmp_path):
    with pytest.raises(CommandError, match="import_units"):
        run(tmp_path / "a.xlsx")


def test_two_counties_must_be_told_apart(county, tmp_path):
    rows.make_unit("SH", "石河县", None, has_group=False)
    with pytest.raises(CommandError, match="QS、SH"):
        run(tmp_path / "a.xlsx")


def test_a_terminal_sees_the_progress(county, tmp_path, monkeypatch):
    told = io.StringIO()
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    call_command(
        "rollup", as_of="2026-06-30", out=str(tmp_path / "a.xlsx"), stderr=told,
        stdout=io.StringIO(),
    )  # fmt: skip
    assert "写入“学习台账” 1 行" in told.getvalue()
