"""Changes of a half-year or annual report. Each is one transaction and tells reports of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.history import EDITABLE_REPORT, IncompleteError, StaleVersionError
from sessions.models import ReviewEvent, UnitReport
from sessions.services import announce, record_event
from sessions.unit_reports.sections import missing_sections
from units.models import Unit


def create_report(*, unit: Unit, year: int, kind: str) -> tuple[UnitReport, bool]:
    """The unit's report and whether it is new: a second click finds the first's."""
    with transaction.atomic():
        report, is_new = UnitReport.objects.get_or_create(unit=unit, year=year, kind=kind)
        if is_new:
            announce(unit_ids={unit.pk}, years={year})
    return report, is_new


def save_report(
    *,
    report: UnitReport,
    version: int,
    texts: Mapping[str, str],
    at: datetime,
    stated: Mapping[str, Any] | None = None,
) -> None:
    """Stores the sections over the version they were written on; others stay as they are, and so
    do the statements (`unit_reports.duties.COLUMNS`) that `stated` does not name.

    Raises StaleVersionError, and writes nothing, if the report has moved on since.
    """
    stated = stated or {}
    with transaction.atomic():
        written = UnitReport.objects.filter(
            pk=report.pk, version=version, status__in=EDITABLE_REPORT
        ).update(
            sections={**report.sections, **texts}, version=F("version") + 1, updated_at=at, **stated
        )
        if written != 1:
            raise StaleVersionError
        report.refresh_from_db(fields=["sections", "version", "updated_at", *stated])
        announce(unit_ids={report.unit_id}, years={report.year})


def submit_report(*, report: UnitReport, at: datetime, by: User) -> None:
    """Hands the report in. Raises IncompleteError with the sections that are missing, or
    ReviewError.
    """
    with transaction.atomic():
        UnitReport.objects.select_for_update().get(pk=report.pk)
        report.refresh_from_db(fields=["sections", "status", "version"])
        missing = missing_sections(report.kind, report.unit.category.code, report.sections)
        if missing:
            names = "、".join(str(section.heading) for section in missing)
            raise IncompleteError([_("缺少：%(names)s。请补充后再报送。") % {"names": names}])
        record_event(about=report, kind=ReviewEvent.Kind.SUBMIT, at=at, by=by)


def withdraw_report(*, report: UnitReport, at: datetime, by: User) -> None:
    """Takes the report back to draft; it loses its date."""
    record_event(about=report, kind=ReviewEvent.Kind.WITHDRAW, at=at, by=by)
