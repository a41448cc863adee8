"""Every step of a sit-in: one transaction that moves its state and adds to its history."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from reports.models import SitIn, SitInEvent, SitInFeedback, SitInTerms
from reports.periods import WorkingCalendar
from reports.sitins.stale import StaleError
from reports.sitins.steps import SIT_IN_STEPS
from sessions.models import StudySession
from units.models import Unit

Kind = SitInEvent.Kind


class Listeners(NamedTuple):
    """Who listens: accounts of the department, and others by name."""

    users: Collection[User]
    others: str


class Act(NamedTuple):
    """Who acts when, and what the page they acted on was opened with."""

    by: User | None
    at: dt.datetime
    version: int


@transaction.atomic
def plan_sit_ins(
    *, units: Sequence[Unit], year: int, month: int, listeners: Listeners, act: Act
) -> list[SitIn]:
    """Puts each unit on the year's plan; one that is on it already stays as it is.

    Returns the new ones. The units' rows are locked, so a second click adds nothing.
    """
    ids = sorted(unit.pk for unit in units)
    list(Unit.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    there = set(
        SitIn.objects.standing().filter(unit__in=ids, year=year).values_list("unit", flat=True)
    )
    made = SitIn.objects.bulk_create(
        SitIn(unit=unit, year=year, month=month, other_listeners=listeners.others)
        for unit in units
        if unit.pk not in there
    )
    links = SitIn.listeners.through
    links.objects.bulk_create(
        links(sitin_id=one.pk, user_id=user.pk) for one in made for user in listeners.users
    )
    SitInEvent.objects.bulk_create(
        SitInEvent(sit_in=one, kind=Kind.PLAN, at=act.at, by=act.by, note=_month(year, month))
        for one in made
    )
    return made


@transaction.atomic
def edit_plan(
    *, sit_in: SitIn, month: int, date: dt.date | None, listeners: Listeners, act: Act
) -> None:
    """Another month, day or listener, before anything was agreed upon with the unit."""
    note = _day(date) if date else _month(sit_in.year, month)
    values = {"month": month, "date": date, "other_listeners": listeners.others}
    _move(sit_in, Kind.EDIT, act, note, **values)
    sit_in.listeners.set(listeners.users)


@transaction.atomic
def agree(
    *,
    sit_in: SitIn,
    date: dt.date,
    told_on: dt.date,
    listeners: Listeners,
    terms: SitInTerms,
    calendar: WorkingCalendar,
    act: Act,
) -> bool:
    """The day is agreed upon with the unit, which learnt of it on ``told_on``.

    Returns whether the notice is shorter than the terms ask (working days); it is noted so.
    """
    is_short = is_short_notice(told_on, date, terms, calendar)
    values = {"date": date, "month": date.month, "agreed_on": told_on}
    values |= {"is_short_notice": is_short, "other_listeners": listeners.others}
    _move(sit_in, Kind.AGREE, act, _day(date), **values)
    sit_in.listeners.set(listeners.users)
    return is_short


def is_short_notice(
    told_on: dt.date, date: dt.date, terms: SitInTerms, calendar: WorkingCalendar
) -> bool:
    """Whether fewer working days lie between being told and the sit-in than the terms ask."""
    return calendar.add_workdays(told_on, terms.notice_workdays) > date


@transaction.atomic
def hold(
    *,
    sit_in: SitIn,
    date: dt.date,
    session: StudySession | None,
    terms: SitInTerms,
    calendar: WorkingCalendar,
    act: Act,
) -> dt.date:
    """The sit-in took place on the day; returns the last day for the feedback form."""
    due = calendar.add_workdays(date, terms.feedback_workdays)
    values = {"date": date, "month": date.month, "feedback_due": due, "session": session}
    _move(sit_in, Kind.HOLD, act, _day(date), **values)
    return due


@transaction.atomic
def link_session(*, sit_in: SitIn, session: StudySession | None, act: Act) -> None:
    """Says which session of the unit was listened to, or that it was none of those linked."""
    _move(sit_in, Kind.LINK, act, str(session) if session else _("取消关联"), session=session)


@transaction.atomic
def feed_back(*, sit_in: SitIn, values: dict[str, Any], act: Act) -> SitInFeedback:
    """Fills in the feedback form, or amends it once it is given."""
    is_first = sit_in.status == SitIn.Status.HELD
    note = _day(values["fed_back_on"])
    _move(sit_in, Kind.FEED_BACK if is_first else Kind.AMEND, act, note)
    written, _new = SitInFeedback.objects.update_or_create(sit_in=sit_in, defaults=values)
    return written


@transaction.atomic
def cancel(*, sit_in: SitIn, reason: str, act: Act) -> None:
    """Takes a sit-in that did not take place off the plan; it stays on record with its reason."""
    _move(sit_in, Kind.CANCEL, act, reason)


def _move(sit_in: SitIn, kind: SitInEvent.Kind, act: Act, note: str, **values: Any) -> None:
    """Moves the sit-in along if it is as it was when its page was opened; else StaleError."""
    step = SIT_IN_STEPS[kind]
    if step.to is not None:
        values["status"] = step.to
    rows = SitIn.objects.filter(pk=sit_in.pk, version=act.version, status__in=step.states)
    if rows.update(version=F("version") + 1, **values) != 1:
        raise StaleError(SitIn.objects.select_related("unit", "session").get(pk=sit_in.pk))
    SitInEvent.objects.create(sit_in=sit_in, kind=kind, at=act.at, by=act.by, note=note)


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month(year: int, month: int) -> str:
    return f"{year}年{month}月"
