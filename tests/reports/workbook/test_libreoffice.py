"""LibreOffice reads, recalculates and prints what openpyxl and calamine read."""

from datetime import date

from openpyxl import load_workbook

from reports.workbook.spec import Cell, CellKind
from reports.workbook.xlsx import write_workbook
from tests.reports.workbook.readers import calamine_values, make_sheet, openpyxl_values
from tests.reports.workbook.test_xlsx import PAYLOADS
from tests.services.libreoffice import convert

K = CellKind
KINDS = (K.INTEGER, K.TEXT, K.WRAPPED, K.DATE, K.PERCENT, K.CENTRED)
ROWS = [
    (1, "青石县 & <白水镇>", "一\n二", date(2026, 3, 5), 0.899, Cell(0, K.MISSED)),
    (2, " 两端空格 ", "_x0041_", date(2026, 12, 31), 1.0, Cell("不适用", K.NOT_APPLICABLE)),
    (3, "𠮷野家", "—", None, None, None),
]


def test_libreoffice_reads_the_same_values(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [make_sheet(ROWS, kinds=KINDS), make_sheet([], name="空表")])
    converted = convert(path, "xlsx", tmp_path / "out")
    assert calamine_values(converted, "学习台账") == calamine_values(path, "学习台账")
    assert calamine_values(path, "学习台账")[1][2] == "_x0041_"
    assert load_workbook(converted).sheetnames == ["学习台账", "空表"]


def test_libreoffice_recalculates_no_injection(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [make_sheet([(text,) for text in PAYLOADS])])
    converted = convert(path, "xlsx", tmp_path / "out")
    assert openpyxl_values(converted, "学习台账") == openpyxl_values(path, "学习台账")
    cells = [cell for (cell,) in load_workbook(converted)["学习台账"].iter_rows(min_row=4)]
    assert {cell.data_type for cell in cells} == {"s"}


def test_libreoffice_prints_it(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [make_sheet(ROWS, kinds=KINDS)])
    assert convert(path, "pdf", tmp_path / "out").read_bytes().startswith(b"%PDF")
