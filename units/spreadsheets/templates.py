"""Blank workbooks to fill in: drop-downs, an example row, and a sheet that explains."""

import io
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

ROWS_TO_FILL = 500
GUIDE_TITLE = "填写说明"

_THIN = Side(style="thin", color="9AA5B1")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADER_FILL = PatternFill("solid", fgColor="DCE6F2")
_REQUIRED = Font(name="宋体", bold=True, color="9C0006")
_OPTIONAL = Font(name="宋体", bold=True)
_EXAMPLE = Font(name="宋体", italic=True, color="7F7F7F")


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of a template; ``kind`` is text, date, whole or list (then ``choices``)."""

    title: str
    hint: str
    example: str | int | float | date | None = None
    kind: str = "text"
    choices: tuple[str, ...] = ()
    required: bool = False
    width: int = 16


@dataclass(frozen=True, slots=True)
class Template:
    """What a blank workbook is made of."""

    sheet: str
    title: str
    columns: tuple[TemplateColumn, ...]
    guide: tuple[str, ...]


def build(template: Template) -> bytes:
    """The workbook's bytes: the sheet to fill in, then 填写说明."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet(template.sheet)
    _title(sheet, template)
    for position, column in enumerate(template.columns, start=1):
        _column(sheet, position, column)
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.print_title_rows = "2:2"
    _guide(workbook.create_sheet(GUIDE_TITLE), template)
    for one in workbook.worksheets:
        one.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        one.page_setup.fitToHeight = 0
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _title(sheet: Worksheet, template: Template) -> None:
    last = get_column_letter(len(template.columns))
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"] = template.title
    sheet["A1"].font = Font(name="宋体", size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 30


def _column(sheet: Worksheet, position: int, column: TemplateColumn) -> None:
    letters = get_column_letter(position)
    header = sheet.cell(row=2, column=position, value=column.title)
    header.font = _REQUIRED if column.required else _OPTIONAL
    header.fill = _HEADER_FILL
    header.border = _BORDER
    header.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.column_dimensions[letters].width = column.width
    example = sheet.cell(row=3, column=position, value=column.example)
    example.font = _EXAMPLE
    if column.kind == "date":
        for row in range(3, 3 + ROWS_TO_FILL):
            sheet.cell(row=row, column=position).number_format = "yyyy-mm-dd"
    validation = _validation(column)
    if validation:
        validation.add(f"{letters}3:{letters}{2 + ROWS_TO_FILL}")
        sheet.add_data_validation(validation)


def _validation(column: TemplateColumn) -> DataValidation | None:
    if column.kind == "list":
        validation = DataValidation(
            type="list", formula1='"{}"'.format(",".join(column.choices)), allow_blank=True
        )
        validation.error = _("请从下拉列表中选择。")
    elif column.kind == "date":
        validation = DataValidation(
            type="date", operator="between", formula1="18264", formula2="73050", allow_blank=True
        )
        validation.error = _("请填日期，例如 2026-03-05。")
    elif column.kind == "whole":
        validation = DataValidation(
            type="whole", operator="between", formula1="0", formula2="100000", allow_blank=True
        )
        validation.error = _("请填整数，例如 12。")
    else:
        return None
    validation.errorTitle = column.title
    validation.promptTitle = column.title
    validation.prompt = column.hint[:250]
    # Word ranges such as 3月5日-7日 are read as well, hence a warning where dates are typed.
    validation.errorStyle = "warning" if column.kind == "date" else "stop"
    validation.showErrorMessage = True
    validation.showInputMessage = True
    return validation


def _guide(sheet: Worksheet, template: Template) -> None:
    sheet.append([_("列名"), _("是否必填"), _("怎样填写"), _("可选内容")])
    for column in template.columns:
        required = _("必填") if column.required else _("选填")
        sheet.append([column.title, required, column.hint, "、".join(column.choices)])
    sheet.append([])
    for line in template.guide:
        sheet.append([line])
    for letters, width in zip("ABCD", (18, 10, 70, 60), strict=True):
        sheet.column_dimensions[letters].width = width
    for row in sheet.iter_rows(max_row=1 + len(template.columns)):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = _OPTIONAL
        cell.fill = _HEADER_FILL
