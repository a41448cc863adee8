"""Every step of a finding: one transaction that moves its state and adds to its history."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from reports.models import Finding, FindingEvent
from reports.sitins.services import Act
from reports.sitins.stale import StaleError
from reports.sitins.steps import FINDING_STEPS
from units.models import Unit

Kind = FindingEvent.Kind


@transaction.atomic
def note_finding(*, unit: Unit, values: dict[str, Any], act: Act) -> tuple[Finding, bool]:
    """Notes a problem of a unit; ``values`` carry the ``form_token`` of the form.

    Returns the finding and whether it is new: a form sent twice finds the first one's.
    """
    try:
        with transaction.atomic():
            made = Finding.objects.create(unit=unit, **values)
    except IntegrityError:
        twin = Finding.objects.filter(unit=unit, form_token=values["form_token"]).first()
        if twin is None:
            raise
        return twin, False
    _tell(made, Kind.NOTE, act, due=made.due)
    return made, True


@transaction.atomic
def edit_finding(*, finding: Finding, values: dict[str, Any], act: Act) -> None:
    """Says otherwise what is wrong, who answers for it, or until when."""
    is_moved = values["due"] != finding.due
    note = _("整改时限改为%s") % values["due"].isoformat() if is_moved else ""
    _move(finding, Kind.EDIT, act, **values)
    _tell(finding, Kind.EDIT, act, note, due=values["due"])


@transaction.atomic
def save_progress(*, finding: Finding, values: dict[str, Any], act: Act) -> None:
    """The unit notes how far it is; the finding stays with it."""
    _move(finding, Kind.PROGRESS, act, **values)
    _tell(finding, Kind.PROGRESS, act, values["progress"])


@transaction.atomic
def reply(*, finding: Finding, values: dict[str, Any], act: Act) -> None:
    """The unit says what it did and asks to sign off."""
    _move(finding, Kind.REPLY, act, **values)
    _tell(finding, Kind.REPLY, act, values["progress"])


@transaction.atomic
def sign_off(*, finding: Finding, on: dt.date, act: Act) -> None:
    """The problem is put right."""
    _move(finding, Kind.SIGN_OFF, act, closed_on=on)
    _tell(finding, Kind.SIGN_OFF, act)


@transaction.atomic
def send_back(*, finding: Finding, reason: str, due: dt.date, act: Act) -> None:
    """The problem is not put right yet: the unit goes on, until another day."""
    _move(finding, Kind.SEND_BACK, act, due=due)
    _tell(finding, Kind.SEND_BACK, act, reason, due=due)


def _move(finding: Finding, kind: FindingEvent.Kind, act: Act, **values: Any) -> None:
    """Moves the finding along if it is as it was when its page was opened; else StaleError."""
    step = FINDING_STEPS[kind]
    if step.to is not None:
        values["status"] = step.to
    rows = Finding.objects.filter(pk=finding.pk, version=act.version, status__in=step.states)
    if rows.update(version=F("version") + 1, **values) != 1:
        raise StaleError(Finding.objects.select_related("unit").get(pk=finding.pk))


def _tell(
    finding: Finding,
    kind: FindingEvent.Kind,
    act: Act,
    note: str = "",
    due: dt.date | None = None,
) -> None:
    FindingEvent.objects.create(
        finding=finding, kind=kind, at=act.at, by=act.by, note=note, due=due
    )
