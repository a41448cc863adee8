from datetime import date, datetime, time

import openpyxl

from tests.units.spreadsheets.workbooks import make_workbook, make_workbooks, with_cells
from units.spreadsheets.reader import read_workbook


def only_sheet(data):
    (sheet,) = read_workbook(data)
    return sheet


def test_values_keep_their_kind():
    row = [
        "一",
        1,
        1.5,
        True,
        date(2026, 3, 5),
        datetime.fromisoformat("2026-03-05T14:30"),
        time(9, 30),
        None,
    ]
    sheet = only_sheet(make_workbook([row]))
    assert sheet.rows[1] == row[:-1]


def test_whole_floats_are_integers():
    assert only_sheet(make_workbook([[12.0, "x"]])).rows[1] == [12, "x"]


def test_rows_keep_their_true_numbers_below_blank_ones():
    sheet = only_sheet(make_workbook([[]] * 7 + [["a"], [], ["b"]]))
    assert sheet.rows == {8: ["a"], 10: ["b"]}


def test_reading_stops_behind_a_hundred_blank_rows_and_says_where():
    near = only_sheet(make_workbook([["a"], *[[]] * 99, ["b"]]))
    far = only_sheet(make_workbook([["a"], *[[]] * 100, ["b"]]))
    assert (near.rows, near.cut_off_at) == ({1: ["a"], 101: ["b"]}, None)
    assert (far.rows, far.cut_off_at) == ({1: ["a"]}, 102)


def test_control_characters_are_stripped():
    shown = with_cells(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>甲_x0008_&#x7f;乙&#10;丙</t></is></c></row>'
    )
    assert only_sheet(shown).rows[1] == ["甲乙\n丙"]


def test_merged_ranges_are_told():
    sheet = only_sheet(make_workbook([["a"]], merged=["A1:C2"]))
    assert sheet.merged == (((0, 0), (1, 2)),)


def test_hidden_sheets_are_left_out(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.create_sheet("hidden").sheet_state = "hidden"
    workbook.save(tmp_path / "h.xlsx")
    data = (tmp_path / "h.xlsx").read_bytes()
    assert [sheet.name for sheet in read_workbook(data)] == ["Sheet"]


def test_sheets_come_in_the_workbook_s_order():
    data = make_workbooks({"二季度": [["b"]], "一季度": [["a"]]})
    assert [sheet.name for sheet in read_workbook(data)] == ["二季度", "一季度"]
