"""A roster that is taken in for one unit takes no rows about another."""

import pytest

from tests.units.imports.factories import make_run, make_unit
from tests.units.spreadsheets.workbooks import make_workbook
from units.imports.roster import import_roster
from units.models import Person
from units.spreadsheets.reader import read_workbook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("word", "taken"), [("QS001", True), ("本镇机关", True), ("QS002", False), ("邻镇", False)]
)
def test_a_row_that_names_another_unit_is_refused(word, taken):
    unit, _other = make_unit("QS001", "本镇"), make_unit("QS002", "邻镇")
    rows = [["单位", "姓名", "中心组职务", "任职起"], [word, "李甲", "成员", "2026-01-01"]]
    report = import_roster(sheets=read_workbook(make_workbook(rows)), run=make_run(), unit=unit)
    assert report.written is taken
    assert Person.objects.filter(unit=unit).exists() is taken
    assert [problem.column for problem in report.problems] == ([] if taken else ["A"])
