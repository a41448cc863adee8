import io
import re

import openpyxl
import pytest

from tests.units.spreadsheets.workbooks import make_workbook, parts_of, values_of
from units.spreadsheets.annotated import annotate
from units.spreadsheets.problems import Problem

ROWS = [["台账"], ["时间", "主题"], ["x", "甲"], ["3月5日", "乙"]]
PAYLOADS = ["=1+1", "+1", "-1", "@a", "=cmd|' /C calc'!A0", "a\x00b\x0b", "\ud800", "x" * 40_000]


def make_problem(row=3, column="A", message="不是日期。"):
    return Problem("Sheet1", row, column, "时间", "x", message, "请改正。")


def annotated(problems, **kwargs):
    return annotate(make_workbook(ROWS), problems, headers={"Sheet1": 2}, **kwargs)


def test_the_result_column_stands_right_of_the_table():
    rows = values_of(annotated([make_problem()], notes={("Sheet1", 4): "可以导入"}))
    assert [row[-1] for row in rows] == [None, "导入结果", "“时间”：不是日期。请改正。", "可以导入"]
    assert [row[:2] for row in rows[1:]] == ROWS[1:]


def test_the_bad_cell_is_coloured():
    sheet = openpyxl.load_workbook(io.BytesIO(annotated([make_problem()])))["Sheet1"]
    assert sheet["A3"].fill.fgColor.rgb == "00FFC7CE"
    assert sheet["A4"].fill.fill_type is None


def test_several_problems_of_a_row_are_listed():
    rows = values_of(annotated([make_problem(), make_problem(column="B", message="缺主题。")]))
    assert rows[2][-1].count("请改正。") == 2


def test_a_second_report_uses_the_same_column():
    again = annotate(annotated([make_problem()]), [make_problem(4)], headers={"Sheet1": 2})
    assert [row.count("导入结果") for row in values_of(again)] == [0, 1, 0, 0]


def test_a_problem_of_the_sheet_stands_at_the_top():
    rows = values_of(annotated([make_problem(row=0, column="")]))
    assert "不是日期" in str(rows[1])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_said_becomes_a_formula_or_breaks_the_file(payload):
    data = annotated([make_problem(column="", message=payload)])
    assert not re.search(rb"<f[ >]", parts_of(data)["xl/worksheets/sheet1.xml"])
    assert values_of(data)[1][-1] == "导入结果"


def test_merged_titles_stay_merged():
    data = make_workbook(ROWS, merged=["A1:B1"])
    sheet = openpyxl.load_workbook(
        io.BytesIO(annotate(data, [make_problem()], headers={"Sheet1": 2}))
    )["Sheet1"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]
