"""The rows that hang on a session: attendance, speeches, topics, units studied with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sessions.models import Attendance, Speech, StudySession
from sessions.recording.written import Mark, Written
from units.models import RosterEntry

COLUMNS = ("member", "status", "leave_kind", "reason", "approver")


def store_links(session: StudySession, written: Written, *, before: Written | None) -> None:
    """Topics and units studied with; writes only what differs from ``before``, if anything was."""
    if written.topics != (before.topics if before else frozenset()):
        session.topics.set(written.topics)
    if written.joint_units != (before.joint_units if before else frozenset()):
        session.joint_units.set(written.joint_units)


def store_marks(
    session: StudySession,
    marks: Mapping[int, Mark],
    due: Iterable[RosterEntry],
    *,
    is_new: bool = False,
) -> None:
    """One attendance row for each person marked. Rows stay the same ones, with their make-ups.

    A session that ``is_new`` has no rows to look for.
    """
    entries = {entry.person_id: entry for entry in due}
    stored: Iterable[Attendance] = () if is_new else session.attendance.select_related("member")
    rows = {row.member.person_id: row for row in stored}
    gone = [row.pk for person, row in rows.items() if person not in marks]
    if gone:
        Attendance.objects.filter(pk__in=gone).delete()
    new: list[Attendance] = []
    changed: list[Attendance] = []
    for person, mark in marks.items():
        row = rows.get(person) or Attendance(session=session)
        before = [getattr(row, name) for name in COLUMNS[1:]]
        row.status, row.leave_kind = mark.status, mark.leave_kind
        row.reason, row.approver = mark.reason, mark.approver
        moved = row.member_id != entries[person].pk
        row.member = entries[person]
        if row.pk is None:
            new.append(row)
        elif moved or before != [getattr(row, name) for name in COLUMNS[1:]]:
            changed.append(row)
    Attendance.objects.bulk_create(new)
    Attendance.objects.bulk_update(changed, COLUMNS)
    spoken = session.speeches.select_related("member").order_by("id")
    _store_speeches(session, marks, entries, () if is_new else spoken)


def _store_speeches(
    session: StudySession,
    marks: Mapping[int, Mark],
    entries: Mapping[int, RosterEntry],
    stored: Iterable[Speech],
) -> None:
    """A ledger may bring several speeches of one kind by one person: they stay as long as the
    kind does; the title on the form is that of the first.
    """
    held: dict[tuple[int, str], list[Speech]] = defaultdict(list)
    for speech in stored:
        held[speech.member.person_id, speech.kind].append(speech)
    wanted = {(person, kind): mark for person, mark in marks.items() for kind in mark.kinds}
    gone = [speech.pk for key, found in held.items() if key not in wanted for speech in found]
    if gone:
        Speech.objects.filter(pk__in=gone).delete()
    new = []
    for (person, kind), mark in wanted.items():
        title = mark.title if kind == mark.kinds[0] else None
        found = held.get((person, kind), [])
        if not found:
            member = entries[person]
            new.append(Speech(session=session, member=member, kind=kind, title=title or ""))
        elif title is not None and title not in {speech.title for speech in found}:
            Speech.objects.filter(pk=found[0].pk).update(title=title)
    Speech.objects.bulk_create(new)
