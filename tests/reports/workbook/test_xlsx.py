"""Whole files: read back by openpyxl and python-calamine, split, laid out."""

from datetime import date, datetime
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.workbook import xlsx
from reports.workbook.cells import clean_text
from reports.workbook.spec import Cell, CellKind
from reports.workbook.xlsx import write_workbook
from tests.reports.workbook.readers import calamine_values, make_sheet, openpyxl_values

K = CellKind
PAYLOADS = (
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://example.invalid","点此")',
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\x00=1+1",
)


@pytest.mark.parametrize("kind", list(CellKind))
def test_fourteen_injections_stay_text_in_every_kind_of_cell(tmp_path, kind):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [make_sheet([(text,) for text in PAYLOADS], kinds=[kind])])
    sheet = load_workbook(path)["学习台账"]
    written = [cell for (cell,) in sheet.iter_rows(min_row=4)]
    assert {cell.data_type for cell in written} == {"s"}
    assert [cell.value for cell in written] == [clean_text(text) for text in PAYLOADS]
    with ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_title_scope_header_and_legend_stay_text_too(tmp_path, payload):
    path = tmp_path / "a.xlsx"
    legend = (Cell(payload, K.MET),)
    sheet = make_sheet([], kinds=[K.TEXT, K.TEXT], title=payload, scope=payload, legend=legend)
    write_workbook(path, [sheet])
    read = load_workbook(path)["学习台账"]
    assert {read[place].value for place in ("A1", "A2", "B2")} == {clean_text(payload)}
    assert {read[place].data_type for place in ("A1", "A2", "B2")} == {"s"}


def test_readers_agree_on_numbers_dates_and_texts(tmp_path):
    path = tmp_path / "a.xlsx"
    kinds = [K.INTEGER, K.DECIMAL, K.PERCENT, K.DATE, K.TEXT, K.TEXT]
    rows = [
        (1, 2.5, 0.899, date(2026, 3, 5), "  青石县\n研讨", None),
        (2, 3.0, 1.0, None, "a", "b"),
    ]
    write_workbook(path, [make_sheet(rows, kinds=kinds)])
    first, second = openpyxl_values(path, "学习台账")
    assert first == [1, 2.5, 0.899, datetime.fromisoformat("2026-03-05"), "  青石县\n研讨", None]
    assert second == [2, 3, 1, None, "a", "b"]
    assert openpyxl_values(path, "学习台账", read_only=True) == [first, second]
    assert calamine_values(path, "学习台账") == [
        [1.0, 2.5, 0.899, date(2026, 3, 5), "  青石县\n研讨", None],
        [2.0, 3.0, 1.0, None, "a", "b"],
    ]


def test_an_outcome_shows_its_word_beside_its_number(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [make_sheet([(Cell(0, K.MISSED),)])])
    cell = load_workbook(path)["学习台账"]["A4"]
    assert (cell.value, cell.number_format) == (0, '0" 未达标"')
    assert cell.fill.fgColor.rgb == "FFF8CBAD"


def test_layout_is_what_an_office_prints(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [make_sheet([("一", 1), ("二", 2)], kinds=[K.TEXT, K.INTEGER])])
    sheet = load_workbook(path)["学习台账"]
    assert [sheet["A1"].value, sheet["A2"].value] == ["标题", "统计期：2026年6月"]
    assert [cell.value for cell in sheet[3]] == ["列1", "列2"]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:B1", "A2:B2"}
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:B5")
    assert (sheet.dimensions, sheet.print_title_rows) == ("A1:B5", "$1:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet["A4"].font.name == "宋体"


def test_the_filter_range_is_the_same_in_the_list_of_names(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [make_sheet([("一",), ("二",)])])
    with ZipFile(path) as archive:
        assert "$A$3:$A$5" in archive.read("xl/workbook.xml").decode()


def test_an_empty_sheet_opens(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [make_sheet([]), make_sheet([("一",)], name="月度情况")])
    assert openpyxl_values(path, "学习台账") == []
    assert calamine_values(path, "学习台账") == []
    assert openpyxl_values(path, "月度情况") == [["一"]]


def test_a_workbook_without_a_sheet_is_refused(tmp_path):
    with pytest.raises(ValueError, match="at least one sheet"):
        write_workbook(tmp_path / "a.xlsx", [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("count", "sizes"), [(3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_a_sheet_over_the_limit_goes_on_in_the_next(tmp_path, monkeypatch, count, sizes):
    monkeypatch.setattr(xlsx, "LAST_ROW", 6)
    path = tmp_path / "a.xlsx"
    sheets = [make_sheet([(n,) for n in range(count)]), make_sheet([("尾",)], name="口径说明")]
    write_workbook(path, sheets)
    names = ["学习台账", "学习台账（2）", "学习台账（3）"][: len(sizes)]
    book = load_workbook(path)
    assert book.sheetnames == [*names, "口径说明"]
    assert [book[name]["A1"].value for name in names[1:]] == ["标题（2）", "标题（3）"][
        : len(sizes) - 1
    ]
    parts = [openpyxl_values(path, name) for name in names]
    assert [len(part) for part in parts] == sizes
    assert [row[0] for part in parts for row in part] == list(range(count))
    assert calamine_values(path, "口径说明") == [["尾"]]


def test_a_sheet_too_large_for_excel_is_split_by_size_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "LARGEST_PART", 1)
    monkeypatch.setattr(xlsx, "_LOOK_AHEAD", 2)
    path = tmp_path / "a.xlsx"
    write_workbook(path, [make_sheet([(n,) for n in range(3)])])
    assert load_workbook(path).sheetnames == ["学习台账", "学习台账（2）"]


def test_a_long_sheet_is_read_whole_without_its_dimension(tmp_path):
    path = tmp_path / "a.xlsx"
    rows = ((number, f"第{number}次") for number in range(5_000))
    write_workbook(path, [make_sheet(rows, kinds=[K.INTEGER, K.TEXT])])
    expected = [[number, f"第{number}次"] for number in range(5_000)]
    assert openpyxl_values(path, "学习台账") == expected
    assert openpyxl_values(path, "学习台账", read_only=True) == expected
    assert calamine_values(path, "学习台账") == expected
    assert load_workbook(path)["学习台账"].auto_filter.ref == "A3:B5003"


def plain(value: object) -> object:
    """A value as a reader is to give it back."""
    return (clean_text(value) or None) if isinstance(value, str) else value


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_characters="_")),
            st.text(st.sampled_from("=+-@ <&>\t\r\n\x00\ud800\ufffe字a"), max_size=8),
            st.integers(-(10**15) + 1, 10**15 - 1),
            st.floats(allow_nan=False, allow_infinity=False),
            st.dates(date(1900, 3, 1), date(9999, 12, 31)),
            st.none() | st.booleans(),
        ),
        max_size=6,
    )
)
def test_whatever_is_written_is_read_back(tmp_path, rows):
    path = tmp_path / "a.xlsx"
    kinds = [K.TEXT, K.WRAPPED, K.INTEGER, K.DECIMAL, K.DATE, K.TEXT]
    write_workbook(path, [make_sheet(rows, kinds=kinds)])
    read = openpyxl_values(path, "学习台账")
    days = [
        [value.date() if isinstance(value, datetime) else value for value in row] for row in read
    ]
    assert days == [[plain(value) for value in row] for row in rows]
    assert [row[0] for row in calamine_values(path, "学习台账")] == [plain(row[0]) for row in rows]
