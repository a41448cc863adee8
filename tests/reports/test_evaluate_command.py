"""`manage.py evaluate`: the table, the JSON, and what it refuses."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wcwidth import wcswidth

from tests.reports.records import make_rules, make_session, make_unit
from units.models import UnitName

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate", *arguments, stdout=out)
    return out.getvalue()


def make_named(code: str, name: str):
    unit = make_unit(code)
    UnitName.objects.create(unit=unit, name=name, short_name=name)
    return unit


def test_columns_stand_straight_under_chinese_names():
    make_rules()
    make_session(make_named("QS01", "白水镇"))
    make_named("A2", "退役军人事务局")
    head, *lines = run("--as-of", "2026-06-30").splitlines()
    assert head == "截至 2026-06-30，共 2 个单位"
    assert len({wcswidth(line) for line in lines}) == 1
    assert "退役军人事务局" in lines[1]


def test_one_unit_is_told_rule_by_rule():
    make_rules()
    make_session(make_named("QS01", "白水镇"))
    text = run("--as-of", "2026-06-30", "--unit", "QS01")
    assert "考核规则：考核规则 第 1 版" in text
    assert "2026-02  未达标：" in text


def test_json_is_stable_and_names_units_by_code():
    make_rules()
    make_session(make_named("QS01", "白水镇"))
    text = run("--as-of", "2026-06-30", "--json")
    assert run("--as-of", "2026-06-30", "--json") == text
    (unit,) = json.loads(text)["units"]
    assert (unit["unit"], unit["figures"]["sessions"], unit["rule_set"]["version"]) == (
        "QS01", 1, 1,
    )  # fmt: skip


def test_units_without_a_rule_set_are_told():
    make_unit()
    assert "没有适用的已发布考核规则" in run("--as-of", "2026-06-30", "--unit", "QS01")
    assert "没有适用的已发布考核规则" in run("--as-of", "2026-06-30", "--json")


def test_an_unknown_year_is_warned_of(capsys):
    make_unit()
    warning = json.loads(run("--as-of", "2099-06-30", "--json"))["warning"]
    assert warning.startswith("2099年的法定节假日安排尚未收录")
    call_command("evaluate", "--as-of", "2099-06-30")
    assert "2099年的法定节假日安排尚未收录" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence", "code"),
    [
        (["--as-of", "2026-6-31"], "日期“2026-6-31”无法识别", 2),
        (["--as-of", "2026-06-30", "--unit", "没有"], "没有编码为“没有”的单位", 2),
        (["--as-of", "2026-06-30"], "没有 2026 年应开展学习的单位", 1),
    ],
)
def test_what_cannot_be_done_is_said(arguments, sentence, code):
    with pytest.raises(CommandError, match=sentence) as caught:
        run(*arguments)
    assert caught.value.returncode == code
