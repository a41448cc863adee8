"""What the trial prints, from what its parts found."""

from tests.upgrades.__main__ import table
from tests.upgrades.trial import MIGRATION, Check, slowest

SAID = """Running migrations:
  Applying study_sessions.0010_remarks... OK (0.012s)
  Applying reports.0014_assessments... OK (0.451s)
"""


def test_each_migration_with_its_seconds():
    found = [(name, float(seconds)) for name, seconds in MIGRATION.findall(SAID)]
    assert slowest(found, 1) == "reports.0014_assessments 0.45 s"
    assert len(found) == 2


def test_what_differs_stands_below_its_line():
    lines = table([Check("rows", "3 tables"), Check("figures", "5 years", ("a\nb", "c"))])
    assert [line.split()[0] for line in lines.splitlines()] == ["ok", "DIFFERS", "a", "b", "c"]
