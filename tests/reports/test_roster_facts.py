"""Facts follow the roster when an entry turns out to have been another office."""

from datetime import date

import pytest

from reports import facts
from reports.models import PersonYear
from sessions.models import Attendance, Speech, StudySession
from tests.units.imports.factories import make_entry, make_unit
from units.roster.changing import TouchesRecordsError, key_of
from units.roster.services import Office, correct_entry
from units.roster.terms import digest_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


def test_a_role_put_right_works_the_facts_out_anew():
    unit = make_unit()
    entry = make_entry(unit, "李甲")
    session = StudySession.objects.create(
        unit=unit, theme="学习宪法", date=DAY, end_date=DAY, form="discussion", status="submitted"
    )
    Attendance.objects.create(session=session, member=entry, status="present")
    Speech.objects.create(session=session, member=entry, kind="key")
    facts.recompute(unit_ids=[unit.pk], years=[2026])
    assert PersonYear.objects.get().key_speeches == 1
    office = Office(role="secretary", post="", rank_order=0, start_date=entry.start_date)
    with pytest.raises(TouchesRecordsError) as asked:
        correct_entry(entry=entry, office=office, seen=digest_of(unit))
    assert PersonYear.objects.get().key_speeches == 1
    agreed = key_of(asked.value.touched)
    correct_entry(entry=entry, office=office, seen=digest_of(unit), confirmed=agreed)
    assert PersonYear.objects.get().key_speeches == 0
