from units.spreadsheets.problems import Problem, grouped, row_list


def make_problem(row, *, sheet="台账", column="F", message="名册中没有“某甲”。"):
    return Problem(sheet, row, column, "到会人员", "某甲", message, "请先登记。")


def test_the_same_problem_is_said_once_with_its_rows():
    groups = grouped([make_problem(row) for row in (4, 5, 6, 9)])
    assert [str(group) for group in groups] == [
        "工作表“台账”第 4–6、9 行 F 列“到会人员”（共 4 行）：名册中没有“某甲”。请先登记。"
    ]


def test_over_sheets_and_columns_the_rows_stand_by_sheet():
    group = grouped([make_problem(4), make_problem(4, column="G"), make_problem(7, sheet="二季度")])
    assert [str(one) for one in group] == [
        "工作表“台账”第 4 行、“二季度”第 7 行（共 2 行）：名册中没有“某甲”。请先登记。"
    ]


def test_different_problems_stay_apart_in_order():
    groups = grouped([make_problem(4, message="乙。"), make_problem(5, message="甲。")])
    assert [group.problems[0].message for group in groups] == ["乙。", "甲。"]


def test_a_problem_of_the_whole_sheet_names_no_row():
    assert make_problem(0, column="").place() == "工作表“台账”"


def test_row_lists():
    assert row_list([1, 2, 4, 6, 7, 8]) == "1–2、4、6–8"
