import pytest

from units.spreadsheets.reader import Sheet
from units.spreadsheets.tables import EXAMPLE_MARK, Column, filled_down, find_table

COLUMNS = (
    Column("date", ("时间", "日期"), required=True),
    Column("theme", ("主题", "内容"), required=True),
    Column("content", ("内容",)),
    Column("half_days", ("会期(半天)",)),
    Column("days", ("会期(天)", "会期")),
    Column("due", ("应到",)),
    Column("month", ("月份",), idle=True),
    Column("number", ("序号",), idle=True),
)


def make_sheet(*rows, name="台账", merged=()):
    return Sheet(name, {n: list(r) for n, r in enumerate(rows, 1) if r}, tuple(merged))


def the_table(sheet):
    table = find_table(sheet, COLUMNS)
    assert table
    return table


def read(*rows, **kwargs):
    table = the_table(make_sheet(*rows, **kwargs))
    return table, [
        (row.number, {key: row[key] for key in row.cells if row[key] is not None})
        for row in table.rows()
    ]


def test_the_header_stands_under_titles():
    title = ((0, 0), (0, 2))
    table, rows = read(["2026年台账"], [], ["时间", "主题"], ["3月5日", "甲"], merged=[title])
    assert (table.header_row, table.year) == (3, 2026)
    assert rows == [(4, {"date": "3月5日", "theme": "甲"})]


def test_columns_come_in_any_order_and_under_any_name():
    _table, rows = read(["应 到", "内容：", "* 日期"], [3, "甲", "3月5日"])
    assert rows == [(2, {"due": 3, "theme": "甲", "date": "3月5日"})]


def test_a_second_meaning_of_a_title_is_used_if_the_first_is_taken():
    _table, rows = read(["时间", "主题", "内容"], ["d", "甲", "乙"])
    assert rows == [(2, {"date": "d", "theme": "甲", "content": "乙"})]


@pytest.mark.parametrize(("title", "key"), [("会期（半天）", "half_days"), ("会期（天）", "days")])
def test_a_bracket_may_change_the_meaning(title, key):
    table, _rows = read(["时间", "主题", title], ["d", "t", 1])
    assert key in table.columns


def test_a_header_over_two_rows():
    merged = [((0, 0), (1, 0)), ((0, 2), (0, 3))]
    table, rows = read(
        ["时间", "主题", "出席情况"], [None, None, "应到", "实到"], ["d", "t", 3, 2], merged=merged
    )
    assert table.header_row == 2
    assert rows == [(3, {"date": "d", "theme": "t", "due": 3})]


def test_a_header_repeated_for_print_is_no_row():
    _table, rows = read(["时间", "主题"], ["d", "甲"], ["时间", "主题"], ["e", "乙"])
    assert [number for number, _cells in rows] == [2, 4]


@pytest.mark.parametrize(
    "row",
    [
        ["合计", "共12次"],
        [None, "小计"],
        ["全年总计", None],
        ["填表人：某某", None],
        ["注：本表一式两份", None],
        [None, None],
        ["d", EXAMPLE_MARK],
    ],
)
def test_rows_that_are_no_data(row):
    _table, rows = read(["时间", "主题"], ["d", "甲"], row, ["e", "乙"])
    assert [number for number, _cells in rows] == [2, 4]


def test_a_theme_may_begin_like_a_total():
    _table, rows = read(["时间", "主题"], ["d", "累计受教育人次分析"])
    assert len(rows) == 1


def test_a_running_number_alone_is_a_blank_row():
    _table, rows = read(["序号", "时间", "主题"], [1, "d", "甲"], [2, None, None])
    assert [number for number, _cells in rows] == [2]


def test_merged_cells_are_spread():
    _table, rows = read(["时间", "主题"], ["d", "甲"], [None, "乙"], merged=[((1, 0), (2, 0))])
    assert rows == [(2, {"date": "d", "theme": "甲"}), (3, {"date": "d", "theme": "乙"})]


def test_months_are_filled_down():
    table, _rows = read(
        ["月份", "时间", "主题"], ["1月", "d", "t"], [None, "d", "t"], ["2月", "d", "t"]
    )
    assert [month for _row, month in filled_down(table.rows(), "month")] == [1, 1, 2]


def test_a_missing_column_is_named_with_its_names():
    table = the_table(make_sheet(["时间", "应到"], ["d", 1]))
    assert not table.is_complete
    assert [problem.title for problem in table.problems] == ["主题"]
    assert "内容" in table.problems[0].advice


def test_a_sheet_without_such_titles_has_no_table():
    assert find_table(make_sheet(["照片", "说明"], ["a", "b"]), COLUMNS) is None


def test_the_header_is_not_looked_for_below_the_tenth_row():
    rows = [["x"]] * 10 + [["时间", "主题"]]
    assert find_table(make_sheet(*rows), COLUMNS) is None


@pytest.mark.parametrize(
    ("name", "title", "year"),
    [
        ("2026年", "台账", 2026),
        ("台账", "2026年", 2026),
        ("2025年", "2026年", None),
        ("a", "b", None),
    ],
)
def test_the_year_the_sheet_speaks_of(name, title, year):
    table, _rows = read([title], ["时间", "主题"], name=name)
    assert table.year == year


def test_data_behind_the_hundred_blank_rows_is_a_problem():
    sheet = Sheet("台账", {1: ["时间", "主题"], 2: ["d", "t"]}, cut_off_at=200)
    table = the_table(sheet)
    assert table.is_complete
    assert [problem.row for problem in table.problems] == [200]


def test_a_problem_knows_its_cell():
    table, _rows = read(["序号", "时间", "主题"], [1, "x", "甲"])
    problem = next(table.rows()).problem("date", "不对。")
    assert (problem.row, problem.column, problem.title, problem.value) == (2, "B", "时间", "x")
