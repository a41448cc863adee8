"""Ledger rows become submitted sessions, in bulk."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sessions.ledgers.attending import Participation
from sessions.ledgers.reading import LedgerRow
from sessions.models import Attendance, LedgerImport, ReviewEvent, Speech, Status, StudySession
from sessions.reviews.switch import must_be_approved
from sessions.services import announce

BATCH = 1000


def write_sessions(
    *,
    taken_in: LedgerImport,
    rows: Sequence[tuple[LedgerRow, Participation]],
    at: datetime,
) -> None:
    """Sessions with one attendance row per due member, their speeches, and the submission of each.

    The rows are written together because a ledger of years would otherwise announce itself a
    thousand times; the events are those the ordinary submission writes.
    """
    unit, by = taken_in.unit, taken_in.by
    with transaction.atomic():
        waits = must_be_approved(unit, by, timezone.localdate(at))
        sessions = StudySession.objects.bulk_create(
            [_session(taken_in, ledger, waits=waits) for ledger, _taken in rows],
            batch_size=BATCH,
        )
        pairs = list(zip(sessions, (taken for _ledger, taken in rows), strict=True))
        Attendance.objects.bulk_create(_attendance(pairs), batch_size=BATCH)
        Speech.objects.bulk_create(_speeches(pairs), batch_size=BATCH)
        ReviewEvent.objects.bulk_create(
            [
                ReviewEvent(
                    session=session,
                    kind=ReviewEvent.Kind.SUBMIT,
                    on=timezone.localdate(at),
                    at=at,
                    by=by,
                )
                for session in sessions
            ],
            batch_size=BATCH,
        )
        announce(unit_ids={unit.pk}, years={session.date.year for session in sessions})


def _session(taken_in: LedgerImport, ledger: LedgerRow, *, waits: bool) -> StudySession:
    return StudySession(
        unit=taken_in.unit,
        theme=ledger.theme,
        date=ledger.start,
        end_date=ledger.end,
        half_days=ledger.half_days,
        form=ledger.form,
        place=ledger.place,
        chair=ledger.chair,
        lecturer=ledger.lecturer,
        guests_attending=ledger.guests["attending"],
        guests_expanded=ledger.guests["expanded"],
        guests_observing=ledger.guests["observing"],
        content=ledger.content,
        status=Status.SUBMITTED,
        awaits_approval=waits,
        source=StudySession.Source.IMPORTED,
        ledger_import=taken_in,
        created_by=taken_in.by,
    )


def _attendance(pairs: Iterable[tuple[StudySession, Participation]]) -> list[Attendance]:
    return [
        Attendance(
            session=session,
            member_id=mark.member.entry_id,
            status=mark.status,
            leave_kind=mark.leave_kind,
            reason=mark.reason,
        )
        for session, taken in pairs
        for mark in taken.marks
    ]


def _speeches(pairs: Iterable[tuple[StudySession, Participation]]) -> list[Speech]:
    return [
        Speech(session=session, member_id=member.entry_id, kind=kind)
        for session, taken in pairs
        for member, kind in taken.speeches
    ]
