"""Hints are for people to look at: nothing that judges, counts or sends knows of them."""

from pathlib import Path

import pytest

import reports

REPORTS = Path(reports.__file__).parent
JUDGING = (
    *("rules", "gather", "standings", "emails", "workbook", "closings", "exports", "overview"),
    *("evaluation.py", "facts.py", "closing.py", "planner.py", "delivery.py", "sending.py"),
)


@pytest.mark.parametrize("name", JUDGING)
def test_no_verdict_figure_or_mail_follows_from_a_hint(name):
    place = REPORTS / name
    files = [place] if place.is_file() else list(place.rglob("*.py"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "reports.hints" not in text, file
        assert "HintSide" not in text, file
