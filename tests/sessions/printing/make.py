"""A session as papers of it are printed from."""

from datetime import date

from sessions.models import Attendance, Speech, StudySession
from tests.units.imports.factories import make_entry
from units.models import Unit

DAY = date(2026, 3, 5)


def make_meeting(unit: Unit) -> StudySession:
    """Two members due, one of them ill; the other took the chair and spoke."""
    chair = make_entry(unit, "李甲", role="leader", post="局长")
    away = make_entry(unit, "王乙")
    session = StudySession.objects.create(
        unit=unit,
        theme="学习宪法",
        date=DAY,
        end_date=DAY,
        form="discussion",
        place="三楼会议室",
        chair="李甲",
        content="宪法总纲",
        status="submitted",
    )
    Attendance.objects.create(session=session, member=chair, status="present")
    leave = {"status": "leave", "leave_kind": "sick", "reason": "住院", "approver": "李甲"}
    Attendance.objects.create(session=session, member=away, **leave)
    Speech.objects.create(session=session, member=chair, kind="key", title="宪法与依法行政")
    return session
