"""The whole sample obeys what the services would ask of it, row for row."""

import datetime as dt
from collections import defaultdict
from itertools import chain, groupby, pairwise

import pytest
from django.apps import apps
from django.db.models import F, Q
from django.utils import timezone

from reports.national_calendar import national_calendar
from sessions.models import (
    AnnualPlan,
    Attendance,
    Evidence,
    Outcome,
    PersonalRecord,
    ReviewEvent,
    Speech,
    Status,
    StudySession,
    UnitReport,
)
from sessions.services import ALLOWED, STATUS_AFTER
from tests.portal.sample.conftest import UNTIL
from units.models import RosterEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

COUNTS_AS_ABSENT = (
    Q(status="absent")
    | Q(leave_kind__in=["official_trip", "superior_meeting", "sick", "personal"])
    | Q(leave_kind__in=["annual_leave", "other"])
)


def test_everybody_due_has_exactly_one_row():
    entered = defaultdict(list)
    for session_id, member in Attendance.objects.values_list("session", "member"):
        entered[session_id].append(member)
    for session in StudySession.objects.select_related("unit"):
        due = RosterEntry.objects.of_unit(session.unit).due().in_office(session.date)
        assert sorted(entered[session.pk]) == sorted(due.values_list("pk", flat=True)), session


def test_nobody_is_due_twice_on_one_day():
    terms = RosterEntry.objects.due().order_by("person", "start_date")
    for _, of_person in groupby(terms, key=lambda entry: entry.person_id):
        for earlier, later in pairwise(of_person):
            assert earlier.end_date is not None
            assert earlier.end_date <= later.start_date


def test_speakers_were_present():
    here = set(
        Attendance.objects.filter(status__in=Attendance.HERE).values_list("session", "member")
    )
    assert set(Speech.objects.values_list("session", "member")) <= here


def test_the_chair_was_present_and_due():
    for session in StudySession.objects.exclude(chair=""):
        here = session.attendance.filter(status__in=Attendance.HERE)
        assert here.filter(member__person__name=session.chair).exists(), session


@pytest.mark.parametrize("model", [StudySession, AnnualPlan, UnitReport])
def test_status_follows_from_steps_that_are_allowed(model):
    for paper in model.objects.prefetch_related("events"):
        status = Status.DRAFT
        for event in paper.events.all():
            assert event.kind in ALLOWED[status], paper
            status = STATUS_AFTER[event.kind]
        assert paper.status == status
        assert paper.version == 1 + len(paper.events.all())


def test_steps_are_in_order_and_dated_with_their_local_day():
    events = ReviewEvent.objects.order_by("session", "plan", "report", "id")
    about = lambda event: (event.session_id, event.plan_id, event.report_id)  # noqa: E731
    for _, of_paper in groupby(events, key=about):
        for earlier, later in pairwise(of_paper):
            assert earlier.at < later.at
    assert all(timezone.localdate(event.at) == event.on for event in events)


def test_no_step_comes_before_what_it_is_about():
    early = ReviewEvent.objects.filter(session__isnull=False, on__lt=F("session__end_date"))
    assert not early.exists()


def test_only_absences_are_made_up_for_and_after_the_session():
    made_up = Attendance.objects.filter(makeup_date__isnull=False)
    assert made_up.filter(COUNTS_AS_ABSENT).count() == made_up.count() > 0
    assert not made_up.filter(makeup_date__lte=F("session__date")).exists()
    assert not made_up.filter(makeup_method="").exists()


def test_leave_is_granted_by_somebody_else():
    leaves = Attendance.objects.filter(status="leave")
    assert not leaves.filter(Q(approver="") | Q(approver=F("member__person__name"))).exists()


def test_sessions_lie_in_the_life_of_their_unit_on_working_days():
    calendar = national_calendar()
    for session in StudySession.objects.select_related("unit"):
        unit = session.unit
        assert unit.established_on is None or unit.established_on <= session.date
        assert unit.abolished_on is None or session.end_date < unit.abolished_on
        assert calendar.is_workday(session.date)
        assert session.half_days <= 2 * ((session.end_date - session.date).days + 1)


def test_a_unit_holds_one_session_a_day():
    days = list(StudySession.objects.values_list("unit", "date"))
    assert len(days) == len(set(days))


def test_nothing_is_dated_after_the_end_of_the_data():
    dated = (
        StudySession.objects.values_list("date", flat=True),
        ReviewEvent.objects.values_list("on", flat=True),
        Evidence.objects.values_list("on", flat=True),
        PersonalRecord.objects.values_list("date", flat=True),
        Outcome.objects.values_list("date", flat=True),
        Attendance.objects.values_list("makeup_date", flat=True),
        Attendance.objects.values_list("makeup_confirmed_on", flat=True),
    )
    assert max(day for day in chain(*dated) if day) <= UNTIL


def test_topics_are_linked_within_their_window():
    for session in StudySession.objects.prefetch_related("topics"):
        assert all(topic.from_date <= session.date <= topic.due for topic in session.topics.all())


def test_a_paper_only_session_says_nothing():
    session = StudySession.objects.get(is_offline_only=True)
    assert session.archive_place
    assert not session.topics.exists()
    assert not session.speeches.exists()


def test_joint_sessions_are_two_units_on_one_day():
    lead = StudySession.objects.get(joint_partners__isnull=False)
    partner = StudySession.objects.get(joint_lead=lead)
    assert partner.unit != lead.unit
    assert (partner.date, partner.theme) == (lead.date, lead.theme)


def test_records_are_by_people_in_office():
    for record in PersonalRecord.objects.select_related("person__unit"):
        held = RosterEntry.objects.filter(person=record.person).due().in_office(record.date)
        assert held.exists(), record


@pytest.mark.parametrize("app", ["accounts", "units", "study_sessions", "reports"])
def test_every_value_fits_its_field(app):
    for model in apps.get_app_config(app).get_models():
        related = [field.name for field in model._meta.get_fields() if field.is_relation]
        for row in model._default_manager.all():
            row.clean_fields(exclude=related)


def test_entries_are_stamped_with_their_first_submission():
    session = StudySession.objects.filter(events__isnull=False).order_by("date")[0]
    assert session.created_at == session.events.order_by("id")[0].at
    evening = dt.datetime.combine(UNTIL, dt.time(17, 30))
    draft = StudySession.objects.filter(events__isnull=True)[0]
    assert timezone.localtime(draft.created_at).replace(tzinfo=None) == evening
