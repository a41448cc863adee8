"""The rollup of the three sample ledgers equals a count by hand of what they are known to hold."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command

from tests.acceptance.county import AS_OF, EXPECTED, import_ledgers, make_county

pytestmark = pytest.mark.django_db

UNITS = [facts["unit"] for facts in EXPECTED.values()]
DISCUSSIONS = ("集体学习研讨", "读书班")


@pytest.fixture
def rollup(tmp_path: Path) -> openpyxl.Workbook:
    make_county()
    import_ledgers()
    path = tmp_path / "汇总.xlsx"
    call_command("rollup", as_of=AS_OF.isoformat(), out=str(path))
    return openpyxl.load_workbook(path)


def rows_of(rollup: openpyxl.Workbook, sheet: str) -> list[dict[str, Any]]:
    header, *rows = rollup[sheet].iter_rows(min_row=3, values_only=True)
    titles = [str(title) for title in header]
    return [dict(zip(titles, row, strict=True)) for row in rows if row[0] is not None]


def known(unit: str) -> list[dict[str, Any]]:
    return next(facts["sessions"] for facts in EXPECTED.values() if facts["unit"] == unit)


def is_discussion(session: dict[str, Any]) -> bool:
    form = session["form"].split("（")[0]
    return form in DISCUSSIONS and len(session["speakers"]) >= 2


def test_the_summary_counts_what_the_ledgers_hold(rollup):
    for row in rows_of(rollup, "汇总表"):
        sessions = known(row["单位"])
        assert row["累计集中学习(次)"] == len(sessions)
        assert row["累计集体研讨(次)"] == sum(map(is_discussion, sessions))
        assert row["累计天数"] == sum(s["half_days"] for s in sessions) / 2
        assert row["应到人次"] == sum(s["due"] for s in sessions)
        assert row["实到人次"] == sum(s["present"] for s in sessions)


def test_the_township_agrees_with_its_own_total_row(rollup):
    township = rows_of(rollup, "汇总表")[UNITS.index("白水镇")]
    assert (township["累计集中学习(次)"], township["应到人次"], township["实到人次"]) == (
        12,
        120,
        109,
    )
    assert township["到会率"] == round(109 / 120, 4)


def test_the_months_hold_the_sessions_of_their_days(rollup):
    for row in rows_of(rollup, "月度情况"):
        months = [int(session["date"][5:7]) for session in known(row["单位"])]
        for month in range(1, 13):
            shown = row[f"{month}月"]
            assert months.count(month) == (shown if isinstance(shown, int) else 0), row["单位"]


def test_the_ledger_lists_every_session_once(rollup):
    listed = [
        (row["单位"], row["学习时间"].date().isoformat(), row["学习主题"], row["应到"], row["实到"])
        for row in rows_of(rollup, "学习台账")
    ]
    held = [
        (unit, session["date"], session["theme"], session["due"], session["present"])
        for unit in UNITS
        for session in known(unit)
    ]
    assert sorted(listed) == sorted(held)


def test_members_were_there_as_often_as_the_ledgers_say(rollup):
    shown = {(row["单位"], row["姓名"]): row["实学次数"] for row in rows_of(rollup, "成员学习情况")}
    for facts in EXPECTED.values():
        sessions = facts["sessions"]
        for member in facts["members"]:
            missed = sum(member in [name for name, _ in s["absent"]] for s in sessions)
            assert shown[facts["unit"], member] == len(sessions) - missed
