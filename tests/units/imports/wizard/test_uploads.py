"""A workbook on its way in: kept, checked, put right, taken once, thrown away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from tests.units.imports.factories import NOW, make_run, make_unit
from tests.units.spreadsheets.workbooks import make_workbook, values_of
from units.imports.wizard import uploads
from units.imports.wizard.outcome import outcome_of
from units.models import ImportUpload, RosterEntry, Unit
from units.roster.importing import WIZARD
from units.spreadsheets.gate import RefusedError
from units.tasks import clean_imports

pytestmark = pytest.mark.django_db

HEADER = ["姓名", "中心组职务", "任职起"]
GOOD = ["李甲", "组长", "2026-01-01"]
BAD = ["王乙", "班长", "元旦"]
IMPORTER = WIZARD.importer


def make_upload(
    unit: Unit, *rows: Sequence[str | None], merged: tuple[str, ...] = (), at=NOW
) -> ImportUpload:
    return uploads.keep(
        unit=unit,
        kind=ImportUpload.Kind.ROSTER,
        name="名册.xlsx",
        data=make_workbook([HEADER, *rows], merged=merged),
        options={},
        run=make_run(at=at),
        importer=IMPORTER,
    )


def check(upload: ImportUpload, **cells: str) -> ImportUpload:
    uploads.check(upload=upload, edits={"Sheet1": cells}, run=make_run(), importer=IMPORTER)
    return ImportUpload.objects.get(pk=upload.pk)


def take(upload: ImportUpload, **changes) -> ImportUpload:
    return uploads.take(upload=upload, run=make_run(**changes), importer=IMPORTER)


def test_a_kept_workbook_is_checked_and_writes_nothing():
    upload = make_upload(make_unit(), GOOD, BAD)
    found = outcome_of(ImportUpload.objects.get())
    assert (found.read, found.created, len(found.problems)) == (2, 1, 2)
    assert [cell.field for cell in found.wrong_cells] == ["at.Sheet1!B3", "at.Sheet1!C3"]
    assert not RosterEntry.objects.exists()
    assert bytes(upload.data)


def test_cells_put_right_are_remembered_from_check_to_check():
    upload = check(make_upload(make_unit(), BAD), B2="成员")
    assert [cell.first.column for cell in outcome_of(upload).wrong_cells] == ["C"]
    upload = check(upload, C2="2026-01-01")
    assert outcome_of(upload).problems == []
    assert upload.edit_count == 2
    assert take(upload).done_at == NOW
    assert RosterEntry.objects.get().person.name == "王乙"


def test_one_cell_of_a_merged_range_is_put_right_alone():
    rows = (["李甲", "成员", "元旦"], ["王乙", "成员", None])
    upload = check(make_upload(make_unit(), *rows, merged=("C2:C3",)), C2="2026-01-01")
    assert [(c.first.row, c.first.value) for c in outcome_of(upload).wrong_cells] == [(3, "元旦")]


def test_all_or_nothing_unless_the_good_rows_are_asked_for():
    upload = make_upload(make_unit(), GOOD, BAD)
    assert take(upload).done_at is None
    assert not RosterEntry.objects.exists()
    assert take(upload, only_good_rows=True).done_at == NOW
    assert RosterEntry.objects.count() == 1


def test_taken_twice_it_is_imported_once_and_the_file_is_gone():
    upload = make_upload(make_unit(), GOOD)
    take(upload)
    again = take(upload)
    assert RosterEntry.objects.count() == 1
    assert outcome_of(again).created == 1
    assert bytes(ImportUpload.objects.get().data) == b""
    assert AuditEvent.objects.filter(action="import_roster").count() == 1


def test_what_went_wrong_since_the_check_is_said_and_nothing_written():
    unit = make_unit()
    upload = make_upload(unit, GOOD)
    take(make_upload(unit, ["李甲", "成员", "2025-06-01"]))
    after = take(upload)
    assert after.done_at is None
    assert "重叠" in outcome_of(after).problems[0].message


def test_old_workbooks_are_thrown_away_with_the_next_one():
    unit = make_unit()
    old = make_upload(unit, GOOD)
    make_upload(unit, GOOD, at=NOW + timedelta(hours=23))
    assert ImportUpload.objects.filter(pk=old.pk).exists()
    make_upload(unit, GOOD, at=NOW + timedelta(hours=25))
    assert not ImportUpload.objects.filter(pk=old.pk).exists()


def test_what_is_no_workbook_is_refused_and_not_kept():
    with pytest.raises(RefusedError):
        uploads.keep(
            unit=make_unit(),
            kind=ImportUpload.Kind.ROSTER,
            name="x.xlsx",
            data=b"<html>",
            options={},
            run=make_run(),
            importer=IMPORTER,
        )
    assert not ImportUpload.objects.exists()


def test_the_workbook_returned_says_what_is_wrong_beside_the_rows():
    rows = values_of(uploads.annotated(make_upload(make_unit(), GOOD, BAD)))
    assert rows[0][-1] == "导入结果"
    assert rows[1][-1] == "可以导入"
    assert "班长" in str(rows[2][-1])


def test_who_did_it_from_where_is_in_the_trail():
    upload = make_upload(make_unit(), GOOD)
    run = replace(make_run(), trail={"role": "clerk", "address": "192.0.2.7", "request_id": "r1"})
    uploads.take(upload=upload, run=run, importer=IMPORTER)
    line = AuditEvent.objects.get(action="import_roster")
    assert (line.role, line.address, line.after["created"]) == ("clerk", "192.0.2.7", 1)


def test_an_abandoned_workbook_is_gone_after_a_day():
    now = timezone.now()
    fresh, unit = make_upload(make_unit(), GOOD, at=now), Unit.objects.get()
    old = make_upload(unit, GOOD, at=now)
    ImportUpload.objects.filter(pk=old.pk).update(uploaded_at=now - timedelta(days=1, seconds=9))
    clean_imports()
    assert list(ImportUpload.objects.all()) == [fresh]
