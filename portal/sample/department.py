"""What the department sets for the year: mail times, calendar, waivers."""

import datetime as dt

from portal.sample.county import County, SampleUnit
from portal.sample.days import SampleDays
from portal.sample.fates import Fate
from reports.models import CalendarDay, MailSchedule, Waiver
from reports.periods import Month, Year
from sessions.models import Topic

Run = MailSchedule.Run


def mail_schedules(county: County, until: dt.date) -> list[MailSchedule]:
    """Monthly on the 3rd working day from the last month of data on, reminders on the 10th.

    Nothing is due for the months before: the county went live with its data already there.
    """
    last = Month.of(until)
    return [
        MailSchedule(root=county.root, run=Run.MONTHLY, workday=3, hour=9, first_period=last.key),
        MailSchedule(
            root=county.root, run=Run.REMINDER, workday=10, hour=9, first_period=last.next.key
        ),
    ]


def calendar_days(days: SampleDays) -> list[CalendarDay]:
    """The rest days of years the national calendar does not know yet."""
    return [
        CalendarDay(date=day, is_workday=False, note=label) for day, label in days.overrides.items()
    ]


def waivers(members: list[SampleUnit], topics: list[Topic], year: int) -> list[Waiver]:
    """One month for the unit that fought the flood, everything for the one being set up.

    Topics must have been saved: their ids are the periods of their rule.
    """
    rows = []
    for member in members:
        if member.fate is Fate.WAIVED:
            rows.append(
                Waiver(
                    unit=member.unit,
                    rule="monthly_sessions",
                    period=Month(year, 6).key,
                    approver="县委宣传部分管副部长",
                    reason="全员转移群众、抢险救灾，当月无法组织集中学习。",
                    document="部务会议纪要",
                    granted_on=dt.date(year, 7, 2),
                )
            )
        elif member.fate is Fate.PREPARING:
            rows += [
                Waiver(
                    unit=member.unit,
                    rule=rule,
                    period=period,
                    approver="县委宣传部部长",
                    reason="单位正在筹建，领导班子尚未配备。",
                    granted_on=dt.date(year, 1, 5),
                )
                for rule, period in _everything(topics, year)
            ]
    return rows


def _everything(topics: list[Topic], year: int) -> list[tuple[str, str]]:
    """Every obligation that a unit without sessions can have in the year."""
    whole = Year(year)
    yearly = (
        "plan_filed", "annual_sessions", "annual_days", "attendance_rate", "speeches_per_member",
        "reflections_per_member", "research_per_member", "half_year_report", "annual_report",
    )  # fmt: skip
    return [
        *((rule, whole.key) for rule in yearly),
        *(("monthly_sessions", month.key) for month in whole.months),
        *(("quarterly_discussions", quarter.key) for quarter in whole.quarters),
        *(("required_topics", str(topic.pk)) for topic in topics if topic.required),
    ]
