import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command, load_command_class

from sessions.models import ReviewEvent, StudySession
from tests.sessions.ledgers.ledgers import HEADER, make_group, make_row
from tests.units.imports.factories import make_category
from tests.units.spreadsheets.workbooks import make_workbook, values_of
from units.models import RosterEntry, Unit

pytestmark = pytest.mark.django_db


def write(folder, *rows, name="台账.xlsx"):
    path = folder / name
    path.write_bytes(make_workbook([["2026年台账"], HEADER, *rows]))
    return path


def run(*arguments):
    """Exit code, what was printed, what was complained of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*[str(argument) for argument in arguments], stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


def test_a_good_ledger_ends_with_0_and_counts(tmp_path):
    make_group()
    code, out, _err = run("import_ledger", write(tmp_path, make_row()), "--unit", "QS001")
    assert (code, out) == (0, "读取 1 次学习：新增 1，已存在 0。\n")


def test_a_bad_row_ends_with_1_and_the_annotated_workbook_beside_the_file(tmp_path):
    make_group()
    path = write(tmp_path, make_row(), make_row(学习主题="甲", 重点发言人="周某"))
    code, out, err = run("import_ledger", path, "--unit", "QS001")
    target = tmp_path / "台账-导入结果.xlsx"
    assert (code, str(target) in out) == (1, True)
    assert "第 4 行 H 列“重点发言人”：名册中没有“周某”。" in err
    results = [row[-1] for row in values_of(target.read_bytes())]
    assert results[1:3] == ["导入结果", "可以导入"]
    assert results[3].startswith("“重点发言人”：名册中没有“周某”。")


def test_the_annotated_workbook_goes_where_it_is_wished(tmp_path):
    make_group()
    path, target = write(tmp_path, make_row(重点发言人="周某")), tmp_path / "r.xlsx"
    run("import_ledger", path, "--unit", "QS001", "--report", target)
    assert openpyxl.load_workbook(target).worksheets[0]["H3"].fill.fill_type == "solid"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.xlsx", "台账.xlsx"]


def test_the_annotated_workbook_corrected_comes_in(tmp_path):
    make_group()
    path = write(tmp_path, make_row(重点发言人="周某"))
    run("import_ledger", path, "--unit", "QS001")
    annotated = tmp_path / "台账-导入结果.xlsx"
    workbook = openpyxl.load_workbook(annotated)
    workbook.worksheets[0]["H3"] = "陈丙"
    workbook.save(annotated)
    assert run("import_ledger", annotated, "--unit", "QS001")[0] == 0


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "文件是空的"), (b"<html>", "不是 Excel"), (None, "打不开文件")]
)
def test_an_unreadable_file_ends_with_2(tmp_path, content, said):
    make_group()
    path = tmp_path / "台账.xlsx"
    if content is not None:
        path.write_bytes(content)
    code, _out, err = run("import_ledger", path, "--unit", "QS001")
    assert (code, said in err) == (2, True)


def test_an_unknown_unit_ends_with_2(tmp_path):
    code, _out, err = run("import_ledger", write(tmp_path, make_row()), "--unit", "XX")
    assert (code, "没有编码为 XX 的单位" in err) == (2, True)


def test_the_day_of_submission_can_be_given(tmp_path):
    make_group()
    run("import_ledger", write(tmp_path, make_row()), "--unit", "QS001", "--on", "2026-03-09")
    assert ReviewEvent.objects.get().on.isoformat() == "2026-03-09"


def test_a_dry_run_says_so(tmp_path):
    make_group()
    path = write(tmp_path, make_row())
    code, out, _err = run("import_ledger", path, "--unit", "QS001", "--dry-run")
    assert (code, "没有写入" in out, StudySession.objects.count()) == (0, True, 0)


@pytest.mark.parametrize("name", ["import_units", "import_roster", "import_ledger"])
def test_help_tells_options_and_exit_codes(name):
    app = "sessions" if name == "import_ledger" else "units"
    text = load_command_class(app, name).create_parser("manage.py", name).format_help()
    assert "退出码" in text
    assert "--dry-run" in text
    assert "import_template" in text


def fill(path, row):
    """Put values into the row below the example."""
    workbook = openpyxl.load_workbook(path)
    titles = [cell.value for cell in workbook.worksheets[0][2]]
    for title, value in row.items():
        workbook.worksheets[0].cell(row=4, column=titles.index(title) + 1, value=value)
    workbook.save(path)


FILLED: dict[str, dict[str, object]] = {
    "units": {"单位编码": "A", "单位名称": "甲镇", "单位类别": "乡镇", "党组织形式": "党委"},
    "roster": {"单位编码": "A", "姓名": "李甲", "中心组职务": "组长", "任职起": "2026-01-01"},
    "ledger": {
        "学习时间": "2026-03-05",
        "学习主题": "学习宪法",
        "学习形式": "集中学习",
        "应到": 1,
        "实到": 1,
        "缺席人员及原因": "无",
    },
}


def test_filled_templates_come_in_without_their_examples(tmp_path):
    make_category()
    for kind, row in FILLED.items():
        path = tmp_path / f"{kind}.xlsx"
        assert run("import_template", kind, "--out", path)[0] == 0
        fill(path, row)
        unit = ["--unit", "A"] if kind == "ledger" else []
        code, out, err = run(f"import_{kind}", path, *unit)
        assert (code, err) == (0, "")
        assert "新增 1" in out
    assert [Unit.objects.count(), RosterEntry.objects.count(), StudySession.objects.count()] == [
        1,
        1,
        1,
    ]


@pytest.mark.parametrize("kind", FILLED)
def test_templates_have_drop_downs_with_messages_and_a_guide(tmp_path, kind):
    make_category()
    run("import_template", kind, "--out", tmp_path / "t.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "t.xlsx")
    rules = workbook.worksheets[0].data_validations.dataValidation
    assert any(rule.type == "list" for rule in rules)
    assert all(rule.error and rule.errorTitle and rule.prompt for rule in rules)
    assert workbook.sheetnames[1] == "填写说明"
    assert workbook["填写说明"].max_row > len(FILLED[kind])


def test_a_template_that_cannot_be_written_ends_with_2(tmp_path):
    code, _out, err = run("import_template", "ledger", "--out", tmp_path / "no" / "t.xlsx")
    assert (code, "写不了" in err) == (2, True)
