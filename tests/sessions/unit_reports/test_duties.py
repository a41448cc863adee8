import pytest

from sessions.models import UnitReport
from sessions.unit_reports.duties import stated, statements, unstated
from sessions.unit_reports.forms import ReportForm
from sessions.unit_reports.sections import SECTIONS

TEXTS = {section.key: "" for section in SECTIONS}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, []),
        ({"in_ideology": False}, ["中心组学习尚未纳入意识形态工作责任制。"]),
        ({"in_party_building": True}, ["中心组学习已纳入党建工作责任制。"]),
        (
            {"in_party_building": True, "party_building_paper": "责任清单"},
            ["中心组学习已纳入党建工作责任制（《责任清单》）。"],
        ),
    ],
)
def test_what_is_stated_reads_as_a_sentence(values, said):
    assert list(statements(stated(UnitReport(**values)))) == said


def test_what_is_not_stated_is_named():
    report = UnitReport(in_party_building=False)
    assert unstated(stated(report)) == ["是否纳入意识形态工作责任制"]


@pytest.mark.parametrize(
    ("sent", "stored", "errors"),
    [
        ({}, (None, ""), []),
        ({"in_ideology": "False"}, (False, ""), []),
        ({"in_ideology": "True", "ideology_paper": "办法"}, (True, "办法"), []),
        ({"ideology_paper": "办法"}, None, ["in_ideology"]),
        ({"in_ideology": "True", "ideology_paper": "密级：机密"}, None, ["ideology_paper"]),
    ],
)
def test_the_form_reads_an_answer_and_its_paper(sent, stored, errors):
    report = UnitReport(kind="annual")
    form = ReportForm({"version": "1", **TEXTS, **sent}, report=report, category="bureau")
    assert list(form.errors) == errors
    if not errors:
        told = form.stated()
        assert (told["in_ideology"], told["ideology_paper"]) == stored
