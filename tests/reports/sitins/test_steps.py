"""From which state each step of a sit-in and of a finding leads where; all others are refused."""

import datetime as dt

import pytest

from reports.models import Finding, FindingEvent, SitIn, SitInEvent, SitInTerms
from reports.periods import WorkingCalendar
from reports.sitins import finding_services, services
from reports.sitins.services import Act, Listeners
from reports.sitins.stale import StaleError
from tests.portal.county import make_county
from tests.reports.records import at
from tests.reports.sitins.make import ANSWER, DAY, make_finding, make_sit_in

pytestmark = pytest.mark.django_db
ACT = Act(by=None, at=at("2026-06-12"), version=1)
NOBODY = Listeners([], "")
CALENDAR = WorkingCalendar()
FEEDBACK = {"theme": "宪法", "overall": "认真", "fed_back_on": DAY}


def agree(one: SitIn) -> None:
    services.agree(
        sit_in=one, date=DAY, told_on=DAY, listeners=NOBODY, terms=SitInTerms(),
        calendar=CALENDAR, act=ACT,
    )  # fmt: skip


def hold(one: SitIn) -> None:
    services.hold(
        sit_in=one, date=DAY, session=None, terms=SitInTerms(), calendar=CALENDAR, act=ACT
    )


SIT_IN_STEPS = {
    "edit": lambda one: services.edit_plan(
        sit_in=one, month=7, date=None, listeners=NOBODY, act=ACT
    ),
    "agree": agree,
    "hold": hold,
    "link": lambda one: services.link_session(sit_in=one, session=None, act=ACT),
    "feed back": lambda one: services.feed_back(sit_in=one, values=dict(FEEDBACK), act=ACT),
    "cancel": lambda one: services.cancel(sit_in=one, reason="防汛", act=ACT),
}
LEADS = {
    ("planned", "edit"): "planned",
    ("planned", "agree"): "agreed",
    ("planned", "cancel"): "cancelled",
    ("agreed", "agree"): "agreed",
    ("agreed", "hold"): "held",
    ("agreed", "cancel"): "cancelled",
    ("held", "hold"): "held",
    ("held", "link"): "held",
    ("held", "feed back"): "fed_back",
    ("fed_back", "link"): "fed_back",
    ("fed_back", "feed back"): "fed_back",
}


@pytest.mark.parametrize("status", SitIn.Status.values)
@pytest.mark.parametrize("step", SIT_IN_STEPS)
def test_a_sit_in_goes_only_where_it_may(status, step):
    one = make_sit_in(make_county().own, status)
    wanted = LEADS.get((status, step))
    if wanted is None:
        with pytest.raises(StaleError):
            SIT_IN_STEPS[step](one)
        assert not SitInEvent.objects.exists()
        wanted = status
    else:
        SIT_IN_STEPS[step](one)
        assert SitInEvent.objects.count() == 1
    one.refresh_from_db()
    assert one.status == wanted


FINDING_STEPS = {
    "edit": lambda one: finding_services.edit_finding(finding=one, values={"due": DAY}, act=ACT),
    "progress": lambda one: finding_services.save_progress(finding=one, values=ANSWER, act=ACT),
    "reply": lambda one: finding_services.reply(finding=one, values=ANSWER, act=ACT),
    "sign off": lambda one: finding_services.sign_off(finding=one, on=DAY, act=ACT),
    "send back": lambda one: finding_services.send_back(
        finding=one, reason="还缺签到表", due=DAY, act=ACT
    ),
}
FINDING_LEADS = {
    ("open", "edit"): "open",
    ("open", "progress"): "open",
    ("open", "reply"): "replied",
    ("sent_back", "edit"): "sent_back",
    ("sent_back", "progress"): "sent_back",
    ("sent_back", "reply"): "replied",
    ("replied", "edit"): "replied",
    ("replied", "sign off"): "closed",
    ("replied", "send back"): "sent_back",
}


@pytest.mark.parametrize("status", Finding.Status.values)
@pytest.mark.parametrize("step", FINDING_STEPS)
def test_a_finding_goes_only_where_it_may(status, step):
    one = make_finding(make_county().own, status)
    wanted = FINDING_LEADS.get((status, step))
    if wanted is None:
        with pytest.raises(StaleError):
            FINDING_STEPS[step](one)
        assert not FindingEvent.objects.exists()
        wanted = status
    else:
        FINDING_STEPS[step](one)
        assert FindingEvent.objects.count() == 1
    one.refresh_from_db()
    assert one.status == wanted


@pytest.mark.parametrize(
    ("told_on", "date", "workdays", "resting", "is_short"),
    [
        ("2026-06-08", "2026-06-10", 2, (), False),  # Monday, Wednesday
        ("2026-06-08", "2026-06-09", 2, (), True),
        ("2026-06-05", "2026-06-09", 2, (), False),  # Friday, Tuesday: a weekend is no notice
        ("2026-06-05", "2026-06-08", 2, (), True),
        ("2026-06-08", "2026-06-10", 2, ("2026-06-09",), True),
        ("2026-06-10", "2026-06-10", 0, (), False),
    ],
)
def test_notice_is_counted_in_working_days(told_on, date, workdays, resting, is_short):
    rest = {dt.date.fromisoformat(day): False for day in resting}
    calendar = WorkingCalendar().with_overrides(rest)
    terms = SitInTerms(notice_workdays=workdays)
    days = dt.date.fromisoformat(told_on), dt.date.fromisoformat(date)
    assert services.is_short_notice(*days, terms, calendar) is is_short


@pytest.mark.parametrize(
    ("date", "workdays", "due"),
    [
        ("2026-06-10", 5, "2026-06-17"),
        ("2026-06-12", 1, "2026-06-15"),  # over the weekend
        ("2026-06-13", 1, "2026-06-15"),  # held on a Saturday
        ("2026-06-18", 1, "2026-06-22"),  # the 19th rests
    ],
)
def test_feedback_is_due_in_working_days(date, workdays, due):
    one = make_sit_in(make_county().own, "agreed")
    calendar = WorkingCalendar().with_overrides({dt.date(2026, 6, 19): False})
    services.hold(
        sit_in=one, date=dt.date.fromisoformat(date), session=None,
        terms=SitInTerms(feedback_workdays=workdays), calendar=calendar, act=ACT,
    )  # fmt: skip
    one.refresh_from_db()
    assert one.feedback_due == dt.date.fromisoformat(due)


@pytest.mark.parametrize(
    ("today", "status", "is_overdue"),
    [
        ("2026-06-17", "held", False),  # its last day
        ("2026-06-18", "held", True),
        ("2026-06-18", "fed_back", False),
    ],
)
def test_feedback_is_overdue_the_day_after_its_last(today, status, is_overdue):
    make_sit_in(make_county().own, status)
    late = SitIn.objects.feedback_overdue(dt.date.fromisoformat(today))
    assert late.exists() is is_overdue


@pytest.mark.parametrize(
    ("today", "status", "is_overdue"),
    [
        ("2026-07-10", "open", False),
        ("2026-07-11", "open", True),
        ("2026-07-11", "sent_back", True),
        ("2026-07-11", "replied", False),  # waits for the department
        ("2026-07-11", "closed", False),
    ],
)
def test_a_finding_is_overdue_only_while_the_unit_owes_it(today, status, is_overdue):
    make_finding(make_county().own, status)
    assert Finding.objects.overdue(dt.date.fromisoformat(today)).exists() is is_overdue
