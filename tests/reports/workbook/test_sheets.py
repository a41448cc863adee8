"""The six sheets: headers that stay put, figures of the evaluation, words beside colours."""

import datetime as dt

import pytest
from openpyxl import load_workbook

from reports.periods import Month
from reports.rules.facts import WaiverFacts
from reports.rules.results import Result
from reports.workbook.data import rate
from reports.workbook.sheets import rollup_filename, rollup_sheets
from reports.workbook.spec import Cell, CellKind
from reports.workbook.xlsx import write_workbook
from tests.reports.workbook import samples
from tests.reports.workbook.readers import calamine_values
from tests.services.libreoffice import convert

HEADERS = {
    "汇总表": "序号 单位 单位类别 状态 计划备案 本月集中学习(次) 本季集体研讨(次) 累计集中学习(次) "
    "累计集体研讨(次) 累计天数 应到人次 实到人次 到会率 参学率 待补学人次 迟报(次) 待重报(次) "
    "未达标项 预警项 备注",
    "月度情况": "序号 单位 单位类别 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月 "
    "一季度 二季度 三季度 四季度 合计",
    "学习台账": "序号 单位 学习时间 半天数 地点 学习主题 学习内容 学习形式 主持人 重点发言人 应到 "
    "实到 请假 缺席 到会率 补学人数 列席人数 对应计划 报送日期 审核状态",
    "成员学习情况": "序号 单位 姓名 职务 中心组职务 应学次数 实学次数 补学次数 到会率 参学率 "
    "重点发言(次) 心得体会(篇) 调研报告(篇)",
    "未达标与预警": "序号 单位 事项 时段 状态 要求 实际 说明",
    "口径说明": "项目 口径",
}
FEBRUARY, MAY, JUNE = dt.date(2026, 2, 10), dt.date(2026, 5, 12), dt.date(2026, 6, 16)


def sheet_rows(data, name):
    """The rows of one sheet by header, cells without their kinds."""
    (sheet,) = [sheet for sheet in rollup_sheets(data) if sheet.name == name]
    headers = [column.header for column in sheet.columns]
    return [
        {
            header: cell.value if isinstance(cell, Cell) else cell
            for header, cell in zip(headers, row, strict=True)
        }
        for row in sheet.rows
    ]


def test_headers_are_those_promised():
    sheets = rollup_sheets(samples.make_data([]))
    assert {s.name: " ".join(c.header for c in s.columns) for s in sheets} == HEADERS
    assert [sheet.name for sheet in sheets] == list(HEADERS)


def test_title_and_scope_line_say_what_is_printed():
    sheet = rollup_sheets(samples.make_data([]))[0]
    assert sheet.title == "青石县集中学习情况汇总表（2026年6月）"
    for part in ("2026年6月（二季度）", "2026-06-30", "2026年县级考核规则（第2版）", "2026-07-01"):
        assert part in sheet.scope


def test_summary_prints_the_evaluation():
    evaluation = samples.make_evaluation(
        [samples.make_session_facts(FEBRUARY), samples.make_session_facts(JUNE, form="collective")]
    )
    unit = samples.make_unit(evaluation, returned=2)
    (row,) = sheet_rows(samples.make_data([unit]), "汇总表")
    assert (row["状态"], row["计划备案"]) == ("未达标", "已备案")
    assert (row["本月集中学习(次)"], row["本季集体研讨(次)"]) == (1, 0)
    assert (row["累计集中学习(次)"], row["累计集体研讨(次)"], row["累计天数"]) == (2, 1, 1.0)
    assert (row["应到人次"], row["实到人次"], row["待补学人次"]) == (20, 18, 2)
    assert (row["到会率"], row["参学率"], row["待重报(次)"]) == (0.9, 0.9, 2)
    assert row["未达标项"].startswith("1月集中学习、3月集中学习、4月集中学习、5月集中学习")
    assert row["预警项"].startswith("二季度集体研讨")


def test_late_reports_are_those_done_late_or_never():
    evaluation = samples.make_results(
        Result("reported_on_time", "2026", "missed", "advisory", 2,
               counts={"met": 5, "met_late": 3, "missed": 2, "pending": 1})
    )  # fmt: skip
    (row,) = sheet_rows(samples.make_data([samples.make_unit(evaluation)]), "汇总表")
    assert (row["迟报(次)"], row["未达标项"]) == (5, "一学一报（2次）")


def test_remarks_name_founding_exclusions_and_waivers():
    founded = dt.date(2026, 2, 16)
    waiver = WaiverFacts("monthly_sessions", "2026-04")
    evaluation = samples.make_evaluation([], established_on=founded, waivers=[waiver])
    evaluation = evaluation._replace(figures=evaluation.figures._replace(due=5, excluded=2))
    (row,) = sheet_rows(
        samples.make_data([samples.make_unit(evaluation, established_on=founded)]), "汇总表"
    )
    assert row["备注"] == "2026-02-16 成立；应到中 2 人次不计入比率；已豁免：4月集中学习"


def test_a_year_waived_is_named_in_one_word():
    months = [WaiverFacts("monthly_sessions", f"2026-{month:02}") for month in range(1, 13)]
    evaluation = samples.make_evaluation([], waivers=months)
    (row,) = sheet_rows(samples.make_data([samples.make_unit(evaluation)]), "汇总表")
    assert row["备注"] == "已豁免：各月集中学习"


def test_figures_without_an_obligation_are_those_counted():
    unit = samples.make_unit(
        samples.make_results(), months=(0, 0, 0, 0, 0, 3) + (0,) * 6, quarters=(0, 2, 0, 0)
    )
    data = samples.make_data([unit])
    (row,) = sheet_rows(data, "汇总表")
    assert (row["本月集中学习(次)"], row["本季集体研讨(次)"]) == (3, 2)
    (months,) = sheet_rows(data, "月度情况")
    assert (months["6月"], months["二季度"]) == (3, 2)


@pytest.mark.parametrize(
    ("outcome", "actual", "cell"),
    [
        ("met", 2, Cell(2, CellKind.MET)),
        ("missed", 0, Cell(0, CellKind.MISSED)),
        ("at_risk", 0, Cell(0, CellKind.AT_RISK)),
        ("pending", 0, Cell(0, CellKind.PENDING)),
        ("waived", 1, Cell(1, CellKind.WAIVED)),
        ("not_applicable", None, Cell("不适用", CellKind.NOT_APPLICABLE)),
    ],
)
def test_months_are_filled_by_outcome(outcome, actual, cell):
    result = Result("monthly_sessions", "2026-03", outcome, "required", actual)
    unit = samples.make_unit(samples.make_results(result))
    months = rollup_sheets(samples.make_data([unit]))[1]
    (row,) = months.rows
    assert list(row)[5] == cell


def test_the_month_sheet_explains_its_fills_in_words():
    months = rollup_sheets(samples.make_data([]))[1]
    assert {cell.value for cell in months.legend} == {
        "不适用", "已豁免", "达标", "逾期完成", "未达标", "预警", "进行中"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("result", "item", "period", "required", "actual", "note"),
    [
        (Result("monthly_sessions", "2026-03", "missed", "required", 0),
         "3月集中学习", "2026年3月", "3月应学 1 次", 0, "还差 1 次"),
        (Result("quarterly_discussions", "2026-Q2", "at_risk", "required", 0),
         "二季度集体研讨", "2026年二季度", "二季度应研讨 1 次", 0, "7月7日"),
        (Result("plan_filed", "2026", "missed", "required", None),
         "年度计划报备", "2026年", "年度计划报备最迟1月31日报送", "—", "尚无有效报送"),
        (Result("attendance_rate", "2026", "at_risk", "required", (89, 99), reachable=False),
         "参学率", "2026年", "参学率应不低于 90%", 0.899, "无法达标"),
        (Result("reflections_per_member", "2026", "at_risk", "advisory", 3),
         "每人心得体会", "2026年", "每名成员全年心得体会不少于 1 篇", 3, "尚有 3 人未完成"),
        (Result("required_topics", "7", "missed", "advisory", 0),
         "必学内容《全会精神》", "2026年", "必学内容应在2月1日至5月31日学习 1 次", 0, "已计 0 次"),
        (Result("annual_days", "2026", "missed", "advisory", 2.5, required=12),
         "全年集中学习天数", "2026年", "全年应学 12 天", 2.5, "还差 9.5 天"),
    ],
)  # fmt: skip
def test_items_say_what_is_asked_and_what_there_is(result, item, period, required, actual, note):
    unit = samples.make_unit(samples.make_results(result))
    (row,) = sheet_rows(samples.make_data([unit]), "未达标与预警")
    assert (row["事项"], row["时段"], row["要求"], row["实际"]) == (item, period, required, actual)
    assert note in row["说明"]


def test_units_stand_in_official_order_whatever_their_standing():
    good = [samples.make_session_facts(dt.date(2026, month, 10)) for month in range(1, 7)]
    units = [
        samples.make_unit(samples.make_evaluation([]), name="清溪乡"),
        samples.make_unit(samples.make_evaluation(good), name="白水镇"),
        samples.make_unit(samples.make_evaluation(good[:3]), name="石桥镇"),
    ]
    data = samples.make_data(units)
    for name in ("汇总表", "月度情况"):
        assert [row["单位"] for row in sheet_rows(data, name)] == ["清溪乡", "白水镇", "石桥镇"]


def test_the_ledger_counts_leave_without_naming_it():
    (row,) = sheet_rows(samples.make_data([], sessions=[samples.make_session_row()]), "学习台账")
    assert (row["应到"], row["实到"], row["请假"], row["缺席"]) == (12, 10, 1, 1)
    assert row["到会率"] == rate(10, 11)
    assert row["学习时间"] == dt.date(2026, 1, 8)
    assert not [value for value in row.values() if "假" in str(value)]


def test_members_print_both_rates():
    members = [samples.make_member_row(1), samples.make_member_row(2, base=0)]
    first, second = sheet_rows(samples.make_data([], members=members), "成员学习情况")
    assert (first["应学次数"], first["到会率"], first["参学率"]) == (6, 0.8333, 1.0)
    assert (second["到会率"], second["参学率"]) == ("—", "—")


@pytest.mark.parametrize(
    ("numerator", "base", "value"),
    [(89, 99, 0.899), (8996, 10_000, 0.8996), (1, 3, 0.3333), (2, 3, 0.6667), (1, 8, 0.125),
     (12345, 100_000, 0.1235), (0, 5, 0.0), (5, 5, 1.0), (0, 0, "—")],
)  # fmt: skip
def test_rates_are_rounded_half_up_once(numerator, base, value):
    assert rate(numerator, base) == value


def test_the_last_sheet_names_every_parameter_and_counts_the_rows(tmp_path):
    unit = samples.make_unit(samples.make_evaluation([]))
    data = samples.make_data([unit], sessions=[samples.make_session_row(n) for n in range(1, 4)])
    path = tmp_path / "a.xlsx"
    write_workbook(path, rollup_sheets(data))
    pairs = {row[0]: row[1] for row in calamine_values(path, "口径说明")}
    assert (pairs["汇总表 行数"], pairs["学习台账 行数"], pairs["成员学习情况 行数"]) == (1, 3, 0)
    assert pairs["规则集"] == "2026年县级考核规则（第2版）"
    assert pairs["到会率/参学率 · 最低比率"] == "90%"
    assert pairs["年度计划报备 · 截止日期"] == "2026年1月31日"
    assert pairs["一次一档 · 必备材料"] == "签到表、会议记录"
    assert pairs["每月集中学习 · 每月次数"] == 1
    assert pairs["全年集中学习天数"] == "未启用"
    assert pairs["请假 · 病假"] == "计为缺席"
    assert pairs["数据校验值"] == "c0ffee"


def test_progress_is_told_sheet_by_sheet():
    told = []
    data = samples.make_data([], members=[samples.make_member_row(n) for n in range(1_001)])
    for sheet in rollup_sheets(data, lambda name, rows: told.append((name, rows))):
        list(sheet.rows)
    assert [rows for name, rows in told if name == "成员学习情况"] == [0, 500, 1_000, 1_001]


@pytest.mark.parametrize(
    ("county", "name"),
    [
        ("青石县", "青石县集中学习情况汇总-2026-06.xlsx"),
        ('../青石\\县:*?"<>|\n', "_青石_县________集中学习情况汇总-2026-06.xlsx"),
        (" .青石县. ", "青石县集中学习情况汇总-2026-06.xlsx"),
        ("青\ud800石", "青_石集中学习情况汇总-2026-06.xlsx"),
    ],
)
def test_file_names_are_safe(county, name):
    assert rollup_filename(county, Month(2026, 6)) == name


@pytest.mark.parametrize("county", ["县" * 300, "a" * 300, "𠮷" * 300])
def test_long_file_names_are_cut(tmp_path, county):
    name = rollup_filename(county, Month(2026, 6))
    assert len(name) <= 207
    assert name.endswith("集中学习情况汇总-2026-06.xlsx")
    write_workbook(tmp_path / name, rollup_sheets(samples.make_data([], county=county)))


def test_a_whole_rollup_opens_in_libreoffice(tmp_path):
    sessions = [samples.make_session_facts(day) for day in (FEBRUARY, MAY, JUNE)]
    unit = samples.make_unit(samples.make_evaluation(sessions))
    data = samples.make_data(
        [unit],
        sessions=[samples.make_session_row(n) for n in range(1, 4)],
        members=[samples.make_member_row(n) for n in range(1, 4)],
    )
    path = tmp_path / "a.xlsx"
    write_workbook(path, rollup_sheets(data))
    converted = convert(path, "xlsx", tmp_path / "out")
    assert load_workbook(converted).sheetnames == list(HEADERS)
    for name in HEADERS:
        assert calamine_values(converted, name) == calamine_values(path, name)
