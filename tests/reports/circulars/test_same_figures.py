"""Circular, rollup workbook and the units' reports of one closed month print the same figures."""

import io
from fractions import Fraction

import docx
import pytest

from reports.circulars.basis import take_basis
from reports.circulars.paper import circular_paper
from reports.circulars.reading import names_of, passages_of
from reports.circulars.table import HEADINGS
from reports.rollup import write_stored
from reports.workbook.summary import SUMMARY_COLUMNS
from reports.yearly.figures import YearFigures
from reports.yearly.gathering import year_figures
from reports.yearly.spans import HALF_YEAR, Span
from sessions.models import StudySession
from tests.reports.circulars.make import NOW, make_circular
from tests.reports.circulars.shown import shown_cells
from tests.reports.closings.make import JUNE, change_attendance, change_sessions, close, make_study
from tests.reports.records import review
from tests.reports.sitins.make import make_finding
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    root = make_study()
    again = StudySession.objects.filter(theme="退回的")[0]
    review(again, "submit", "2026-06-22")
    make_finding(again.unit)
    return root


def test_the_attachment_is_the_workbooks_own_table(root, tmp_path):
    closing = close(root)
    circular = make_circular(root)
    change_sessions()
    change_attendance()
    path = tmp_path / "rollup.xlsx"
    write_stored(root=root, as_of=JUNE.last, closing=closing, path=path, printed_at=NOW)
    data = circular_paper(circular, passages_of(circular), names_of(circular), NOW)
    (table,) = docx.Document(io.BytesIO(data)).tables
    printed = [[cell.text for cell in row.cells] for row in table.rows]
    places = [heading.place for heading in HEADINGS]
    workbook = shown_cells(path, "汇总表", len(SUMMARY_COLUMNS))
    assert len(workbook) == 2
    assert printed[1:] == [[row[place] for place in places] for row in workbook]


def reports_of_units() -> list[YearFigures]:
    units = Unit.objects.with_group().named(NOW.date()).select_related("category")
    span = Span(2026, HALF_YEAR)
    found = (year_figures(unit, span, today=NOW.date()) for unit in units)
    return [each.figures for each in found if each is not None]


def test_the_situation_adds_up_the_units_reports_whatever_changed_since(root):
    close(root)
    total = take_basis(root, 2026, "half_year", NOW).situation.figures
    change_sessions()
    change_attendance()
    reports = reports_of_units()
    for name in ("sessions", "discussions", "due", "excluded", "present", "made_up"):
        assert getattr(total, name) == sum(getattr(one, name).value for one in reports), name
    assert Fraction(total.half_days, 2) == sum(one.days.value for one in reports)
    assert total.present == sum(one.attendance.value.numerator for one in reports)
    assert total.base == sum(one.participation.value.base for one in reports) > 0


def test_what_was_sent_back_and_found_adds_up_too(root):
    close(root)
    mended = take_basis(root, 2026, "half_year", NOW).situation.mended
    reports = reports_of_units()
    assert mended._asdict() == {"returned": 2, "mended": 1, "findings": 1, "closed": 0}
    assert mended.returned == sum(one.returned.value for one in reports)
    assert mended.mended == sum(one.mended.value for one in reports)
    assert mended.findings == sum(one.findings.value for one in reports)


def test_the_text_prints_the_workbooks_sums(root, tmp_path):
    closing = close(root)
    circular = make_circular(root)
    path = tmp_path / "rollup.xlsx"
    write_stored(root=root, as_of=JUNE.last, closing=closing, path=path, printed_at=NOW)
    rows = shown_cells(path, "汇总表", len(SUMMARY_COLUMNS))
    column = {spec.header: place for place, spec in enumerate(SUMMARY_COLUMNS)}
    sums = {
        name: sum(float(row[place]) for row in rows)
        for name, place in column.items()
        if "次" in name
    }
    data = circular_paper(circular, passages_of(circular), names_of(circular), NOW)
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(data)).paragraphs)
    assert f"共开展集中学习{sums['累计集中学习(次)']:g}次" in text
    assert f"应到{sums['应到人次']:g}人次" in text
    assert f"待补学{sums['待补学人次']:g}人次" in text
    assert f"退回待重报{sums['待重报(次)']:g}次" in text
    assert (sums["迟报(次)"], "学习迟报" in text) == (0, False)
