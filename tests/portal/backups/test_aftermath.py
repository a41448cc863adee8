from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, OneTimeLink, SignIn
from accounts.one_time_links import create_link
from portal.backups.aftermath import ACTION, settle
from portal.models import BackupRun
from reports.jobs import ask_rollup, waiting
from reports.models import Delivery, Job, MailRun, MailSchedule
from reports.periods import Month
from reports.planner import ask_mails
from tests.portal.county import make_county

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TAKEN = NOW - timedelta(days=8)
State = Delivery.State


@pytest.fixture
def county():
    return make_county()


def settled():
    return settle(backup="20260302-100000", place="/b", size=9, taken_at=TAKEN, now=NOW)


def make_schedule(root, **changes) -> MailSchedule:
    values = {"workday": 3, "hour": 9, "first_period": "2026-01"} | changes
    return MailSchedule.objects.create(root=root, run=MailSchedule.Run.MONTHLY, **values)


def make_run(root, period="2026-02") -> MailRun:
    return MailRun.objects.create(
        root=root, run="monthly", period=period, as_of="2026-02-28", planned_at=TAKEN
    )


def test_nobody_stays_signed_in_and_no_link_opens(county):
    user = county["clerk"]
    SignIn.objects.create(user=user, at=TAKEN, seen_at=TAKEN, idle_minutes=30)
    create_link(user=user, at=TAKEN)
    told = settled()
    assert (told.sign_ins, told.links) == (1, 1)
    assert not SignIn.objects.running().exists()
    assert not OneTimeLink.objects.filter(used_at=None).exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (State.QUEUED, State.HELD),
        (State.RETRY, State.HELD),
        (State.SENDING, State.UNKNOWN),
        (State.SENT, State.SENT),
        (State.BOUNCED, State.BOUNCED),
        (State.HELD, State.HELD),
    ],
)
def test_no_mail_goes_out_that_may_have_gone_out_since(county, before, after):
    mail = Delivery.objects.create(
        kind="monthly_unit",
        period="2026-02",
        unit=county.own,
        recipient="a@example.gov",
        run=make_run(county.root),
        state=before,
        message_id="<1@x>",
        queued_at=TAKEN,
    )
    settled()
    mail.refresh_from_db()
    assert mail.state == after


def test_nor_does_a_job_queue_mails_that_may_have_gone_out_since(county):
    month, day = Month(2026, 2), timezone.localdate(NOW)
    mails = ask_mails(
        county.root, MailSchedule.Run.MONTHLY, month, asked_by=None, now=TAKEN, late=False
    )
    rollup = ask_rollup(root=county.root, as_of=day, asked_by=None, at=TAKEN)
    assert settled().mail_jobs == 1
    assert waiting(now=NOW) == [rollup.pk]
    mails.refresh_from_db()
    assert (mails.state, mails.finished_at) == (Job.State.CANCELLED, NOW)


def test_a_run_that_may_have_taken_place_since_is_not_repeated_by_itself(county):
    """The third working day of March has passed; the restored data know of no run."""
    schedule = make_schedule(county.root)
    assert settled().schedules == 1
    schedule.refresh_from_db()
    assert (schedule.enabled, schedule.version) == (False, 2)


def test_a_run_on_record_leaves_the_schedule_alone(county):
    schedule = make_schedule(county.root)
    make_run(county.root)
    assert settled().schedules == 0
    schedule.refresh_from_db()
    assert schedule.enabled


def test_the_restore_is_on_record_and_its_backup_counts_as_taken():
    BackupRun.objects.create(kind="backup", state="running", started_at=TAKEN)
    settled()
    runs = BackupRun.objects.values_list("kind", "state", "backup")
    assert set(runs) == {
        ("backup", "done", "20260302-100000"),
        ("restore", "done", "20260302-100000"),
    }
    [line] = AuditEvent.objects.filter(action=ACTION)
    assert line.after["backup"] == "20260302-100000"
