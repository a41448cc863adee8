"""Puts a sample county into an empty database, in one transaction."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.sample.county import County, SampleUnit, build_county
from portal.sample.days import SampleDays
from portal.sample.department import calendar_days, mail_schedules, waivers
from portal.sample.fates import Fate
from portal.sample.logins import Logins, build_logins
from portal.sample.request import SampleRequest
from portal.sample.rows import Rows
from portal.sample.sit_ins import write_sit_ins
from portal.sample.study_year import add_year
from portal.sample.themes import year_topics
from reports import facts
from reports.models import CalendarDay, MailSchedule, Waiver
from reports.rule_sets import create_default, publish
from sessions.models import (
    AnnualPlan,
    Attendance,
    Evidence,
    Outcome,
    PersonalRecord,
    PlanItem,
    ReviewEvent,
    Speech,
    StudySession,
    Topic,
    UnitReport,
)
from units.models import Assignment, Category, Person, RosterEntry, Unit, UnitName

CHUNK = 120  # units whose rows are in memory at once
RULES_TITLE = "党委（党组）理论学习中心组学习考核规则"
BATCH = 2000  # rows a statement, where the database allows so many

Progress = Callable[[int, int], None]


class NotEmptyError(Exception):
    """The database already holds units; nothing was written."""


def load_sample_county(
    request: SampleRequest, *, password: str | None = None, progress: Progress | None = None
) -> Logins:
    """Writes the county that the request describes; `progress` is told units done and in all.

    Raises NotEmptyError if there are units already. Evaluations, jobs and mails are not invented:
    they come from the real run.
    """
    with transaction.atomic():
        if Unit.objects.exists():
            raise NotEmptyError(_("数据库中已有单位，不能再装入示例县。请换一个空数据库。"))
        days = SampleDays(request.year, request.until)
        county = build_county(request)
        _write_county(county)
        CalendarDay.objects.bulk_create(calendar_days(days))
        MailSchedule.objects.bulk_create(mail_schedules(county, request.until))
        topics = Topic.objects.bulk_create(year_topics(request.year))
        Waiver.objects.bulk_create(waivers(county.members, topics, request.year))
        logins = build_logins(county, request, password)
        User.objects.bulk_create(logins.users)
        Assignment.objects.bulk_create(logins.assignments)
        for start in range(0, len(county.members), CHUNK):
            rows = Rows()
            members = county.members[start : start + CHUNK]
            for member in members:
                add_year(rows, member, request=request, days=days, topics=topics, logins=logins)
            _write_rows(rows)
            if progress:
                progress(start + len(members), len(county.members))
        _date_entries(request.until)
        write_sit_ins(county, days, logins)
        _publish_rules(request.year, logins.admin)
        for _done in facts.rebuild(Unit.objects.with_group(), request.year):
            pass
    return logins


def _publish_rules(year: int, by: User | None) -> None:
    """The default rule set, as a department would publish it in the first week of the year."""
    at = timezone.make_aware(dt.datetime.combine(dt.date(year, 1, 5), dt.time(9)))
    publish(rule_set=create_default(year=year, title=RULES_TITLE), at=at, by=by)


def _write_county(county: County) -> None:
    Category.objects.bulk_create(county.categories.values())
    Unit.objects.bulk_create([county.root])
    Unit.objects.bulk_create(county.counties)
    handing_over = {id(unit): unit.successor for unit in county.successions()}
    units = [member.unit for member in county.members]
    for unit in units:
        unit.successor = None
    Unit.objects.bulk_create(units, batch_size=BATCH)
    for unit in units:
        if id(unit) in handing_over:
            unit.successor = handing_over[id(unit)]
            unit.save(update_fields=["successor"])
    UnitName.objects.bulk_create(county.names, batch_size=BATCH)


def _write_rows(rows: Rows) -> None:
    """Parents before children: a row takes the key its parent was just given."""
    Person.objects.bulk_create(rows.people, batch_size=BATCH)
    RosterEntry.objects.bulk_create(rows.entries, batch_size=BATCH)
    AnnualPlan.objects.bulk_create(rows.plans, batch_size=BATCH)
    PlanItem.objects.bulk_create(rows.items, batch_size=BATCH)
    StudySession.objects.bulk_create(rows.sessions, batch_size=BATCH)
    _tie_joint(rows.joint)
    links = StudySession.topics.through
    links.objects.bulk_create(
        [links(studysession_id=session.pk, topic_id=topic.pk) for session, topic in rows.topics],
        batch_size=BATCH,
    )
    Attendance.objects.bulk_create(rows.attendance, batch_size=BATCH)
    Speech.objects.bulk_create(rows.speeches, batch_size=BATCH)
    Evidence.objects.bulk_create(rows.evidence, batch_size=BATCH)
    UnitReport.objects.bulk_create(rows.reports, batch_size=BATCH)
    ReviewEvent.objects.bulk_create(rows.events, batch_size=BATCH)
    PersonalRecord.objects.bulk_create(rows.records, batch_size=BATCH)
    Outcome.objects.bulk_create(rows.outcomes, batch_size=BATCH)


def _tie_joint(joint: list[tuple[StudySession, SampleUnit]]) -> None:
    """A partner's record points at the leading unit's, of the same county and day."""
    leading = {
        (member.unit.parent_id, session.date): session
        for session, member in joint
        if member.fate is Fate.JOINT_LEAD
    }
    for session, member in joint:
        lead = leading.get((member.unit.parent_id, session.date))
        if member.fate is Fate.JOINT_PARTNER and lead is not None:
            session.joint_lead = lead
            session.save(update_fields=["joint_lead"])


def _date_entries(until: dt.date) -> None:
    """Sessions were typed in when they were first handed in, drafts on the last evening."""
    evening = timezone.make_aware(dt.datetime.combine(until, dt.time(17, 30)))
    events = ReviewEvent.objects.filter(session=OuterRef("pk")).order_by().values("session")
    first = events.annotate(moment=Min("at")).values("moment")
    last = events.annotate(moment=Max("at")).values("moment")
    StudySession.objects.update(
        created_at=Coalesce(Subquery(first), evening), updated_at=Coalesce(Subquery(last), evening)
    )
