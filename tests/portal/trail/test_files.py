"""The trail taken away as a file, and its chain followed."""

import csv
import io

import openpyxl
import pytest

from accounts.models import AuditEvent
from portal.trail import exporting
from tests.portal.trail.make import make_line

pytestmark = pytest.mark.django_db


def csv_of(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_csv_holds_what_was_asked_for_and_is_audited(county, auditor):
    make_line(actor=county["clerk"], address="10.0.0.1")
    make_line(1, address="10.0.0.2")
    rows = csv_of(auditor.get("/trail/export/?who=clerk&format=csv"))
    assert [row[5] for row in rows] == ["来源地址", "10.0.0.1"]
    line = AuditEvent.objects.get(action="trail.export")
    assert line.after == {"rows": 1, "format": "csv", "filter": {"who": "clerk"}}


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@x", "＝x", "\t=x"])
def test_no_cell_is_a_formula(county, auditor, name):
    county["clerk"].full_name = name
    county["clerk"].save()
    make_line(actor=county["clerk"])
    assert csv_of(auditor.get("/trail/export/"))[1][2] == f"'{name}（clerk）"
    answer = auditor.get("/trail/export/?format=xlsx&action=session.save")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    cell = sheet.cell(4, 3)
    assert cell.data_type == "s"
    assert cell.value == f"{name}（clerk）"


def test_more_than_a_chunk_is_whole(auditor, monkeypatch):
    monkeypatch.setattr(exporting, "CHUNK", 3)
    for number in range(7):
        make_line(number, object_type="job", object_id=number)
    rows = csv_of(auditor.get("/trail/export/"))[1:]
    assert [row[7].rpartition("#")[2] for row in rows] == list("6543210")


def test_a_workbook_of_too_many_lines_is_refused_in_words(auditor, monkeypatch):
    monkeypatch.setattr("portal.trail.views.MOST_IN_WORKBOOK", 1)
    make_line()
    make_line(1)
    page = auditor.get("/trail/export/?format=xlsx", follow=True).content.decode()
    assert "工作簿最多 1 条" in page
    assert not AuditEvent.objects.filter(action="trail.export").exists()


def test_no_study_content_leaves_in_a_file(auditor):
    make_line(object_type="study_sessions.studysession", after={"theme": "新题"})
    rows = csv_of(auditor.get("/trail/export/"))
    assert "新题" not in str(rows)
    assert "指纹" in str(rows)


def test_a_whole_chain_and_a_broken_one_are_told_apart(auditor):
    lines = [make_line(number) for number in range(3)]
    page = auditor.post("/trail/verify/", follow=True).content.decode()
    assert "链校验一致：共 3 条" in page
    AuditEvent.objects.filter(pk=lines[1].pk).update(action="session.accept")
    page = auditor.post("/trail/verify/", follow=True).content.decode()
    assert f"链在第 2 条断开：编号 {lines[1].pk} " in page
    checks = AuditEvent.objects.filter(action="trail.verify").order_by("pk")
    assert [check.result for check in checks] == ["done", "failed"]
