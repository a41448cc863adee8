"""The way of an uploaded workbook: kept, checked, corrected, taken or dropped."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.audit import record
from units.imports.report import ImportReport, ImportRun
from units.imports.wizard.edits import Edits, edited, merged
from units.imports.wizard.outcome import outcome_of, to_store
from units.models import ImportUpload, Unit
from units.spreadsheets.annotated import annotate
from units.spreadsheets.reader import Sheet, read_workbook

# Whoever leaves a workbook lying that long begins anew.
KEPT_FOR = timedelta(days=1)

Importer = Callable[[Iterable[Sheet], ImportUpload, ImportRun], ImportReport]


def keep(
    *,
    unit: Unit,
    kind: ImportUpload.Kind,
    name: str,
    data: bytes,
    options: Mapping[str, Any],
    run: ImportRun,
    importer: Importer,
) -> ImportUpload:
    """Reads the workbook, tries it, and keeps it with what was found; old ones are thrown away.

    Raises gate.RefusedError if it is no honest workbook; nothing is kept then.
    """
    upload = ImportUpload(
        unit=unit,
        kind=kind,
        name=name[-200:],
        data=data,
        options=dict(options),
        uploaded_by=run.by,
        uploaded_at=run.at,
    )
    report = importer(read_workbook(data), upload, replace(run, dry_run=True))
    upload.outcome = to_store(report)
    with transaction.atomic():
        tidy(before=run.at - KEPT_FOR)
        upload.save()
        _note(run, "upload", upload, {"read": report.read, "problems": len(report.problems)})
    return upload


def check(*, upload: ImportUpload, edits: Edits, run: ImportRun, importer: Importer) -> None:
    """Tries the workbook again, with more cells put right. A taken one stays as it is."""
    sheets = read_workbook(bytes(upload.data)) if upload.done_at is None else ()
    with transaction.atomic():
        held = _locked(upload)
        if held.done_at is not None:
            return
        held.edits = merged(held.edits, edits)
        trial = replace(run, dry_run=True)
        held.outcome = to_store(importer(edited(sheets, held.edits), held, trial))
        held.save(update_fields=["edits", "outcome"])
        _note(run, "check", held, {"edits": edits})


def take(
    *, upload: ImportUpload, run: ImportRun, importer: Importer, agreed: bool = False
) -> ImportUpload:
    """Imports the workbook as corrected: everything, or the good rows if the run says so.

    What touches records is taken only if ``agreed`` to the warnings of the last check.

    Asked twice it imports once. If a row is wrong after all, nothing is written and the outcome
    says what; otherwise the workbook itself is thrown away.
    """
    sheets = read_workbook(bytes(upload.data)) if upload.done_at is None else ()
    with transaction.atomic():
        held = _locked(upload)
        if held.done_at is not None:
            return held
        warned = outcome_of(held).warnings if agreed else []
        with transaction.atomic():
            report = importer(edited(sheets, held.edits), held, run)
            if report.written and report.warnings not in ([], warned):
                report.written = False
                transaction.set_rollback(True)
        held.outcome = to_store(report)
        if report.written:
            held.data, held.done_at = b"", run.at
        held.save()
        return held


@transaction.atomic
def drop(*, upload: ImportUpload, run: ImportRun) -> None:
    """Throws a workbook away."""
    _note(run, "drop", upload, {"name": upload.name})
    ImportUpload.objects.filter(pk=upload.pk).delete()


def tidy(*, before: datetime) -> None:
    """Throws away every workbook uploaded before the moment."""
    ImportUpload.objects.filter(uploaded_at__lt=before).delete()


def annotated(upload: ImportUpload) -> bytes:
    """The workbook as it was uploaded, with what the last check says of every row.

    Raises gate.RefusedError if it is too heavy to be written again.
    """
    found = outcome_of(upload)
    return annotate(bytes(upload.data), found.problems, headers=found.headers, notes=found.notes)


def _note(run: ImportRun, what: str, upload: ImportUpload, after: Mapping[str, Any]) -> None:
    record(
        action=f"import.{upload.kind}_{what}",
        at=run.at,
        actor=run.by,
        unit_code=upload.unit.code,
        object_type=upload._meta.label_lower,
        object_id=upload.pk,
        after=after,
        **run.trail,
    )


def _locked(upload: ImportUpload) -> ImportUpload:
    return ImportUpload.objects.select_for_update().select_related("unit").get(pk=upload.pk)
