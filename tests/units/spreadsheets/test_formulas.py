import pytest

from tests.units.spreadsheets.workbooks import make_workbook, make_workbooks, with_cells
from units.spreadsheets.reader import read_workbook


def row_of(cell):
    (sheet,) = read_workbook(with_cells(f'<row r="1"><c r="A1"><v>1</v></c>{cell}</row>'))
    return sheet.rows[1]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B1"><f>1+1</f><v>2</v></c>', 2),
        ('<c r="B1"><f>1+1</f></c>', "#公式无结果"),
        ('<c r="B1"><f>1+1</f><v></v></c>', "#公式无结果"),
        ('<c r="B1" s="0"><f>1+1</f><v/></c>', "#公式无结果"),
        ('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', None),
    ],
)
def test_a_formula_without_a_result_is_no_blank(cell, value):
    assert [*row_of(cell), None][:2] == [1, value]


def test_the_right_sheet_is_meant():
    sheets = read_workbook(make_workbooks({"甲&乙": [["a", 1]], "丙": [["b", "=1+1"]]}))
    assert [sheet.rows[1][1] for sheet in sheets] == [1, "#公式无结果"]


def test_a_formula_alone_in_its_row_does_not_make_a_row():
    (sheet,) = read_workbook(make_workbook([["a"], [None, "=1+1"]]))
    assert list(sheet.rows) == [1]
