"""青石县 with a month to close, and everything that may be changed after it."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.mail import EmailMultiAlternatives
from python_calamine import CalamineWorkbook

from accounts.models import User
from reports import planner
from reports.closing import close_month
from reports.closings.reopening import ask_reopening, confirm_reopening
from reports.emails.compose import compose
from reports.evaluation import evaluate_and_save
from reports.models import Closing, Delivery, RuleSet
from reports.national_calendar import national_calendar
from reports.periods import Month
from reports.rollup import write_stored
from reports.rule_sets import new_version, publish
from reports.workbook.sheets import SHEET_NAMES
from sessions.models import Attendance, PersonalRecord, StudySession, Topic
from tests.reports.emails.make import texts
from tests.reports.mail import make_county, make_user
from tests.reports.records import at, make_entry, make_record, make_rules, make_session, review
from units.models import Category, Person, RosterEntry, Unit, UnitName

JUNE = Month(2026, 6)
CLOSED_AT = at("2026-07-08")


def make_study() -> Unit:
    """Two units that studied in June, a topic neither did, and rules."""
    root = make_county(2)
    make_rules(title="青石县考核规则")
    Topic.objects.create(
        name="必学一",
        level="county",
        content_group=1,
        required=True,
        from_date="2026-02-01",
        due="2026-05-31",
    )
    for unit in Unit.objects.with_group():
        for rank in range(3):
            make_entry(unit, f"{unit.code}成员{rank}", role="member" if rank else "leader")
        make_session(unit, "2026-06-10", theme="原来的主题", statuses=["absent"], speakers=2)
        make_session(unit, "2026-06-17", theme="退回的", steps=["submit", "return"])
        make_record(unit, "2026-06-12")
    return root


def close(root: Unit, *, by: User | None = None) -> Closing:
    return close_month(root=root, month=JUNE, at=CLOSED_AT, by=by)


def reopen(closing: Closing) -> None:
    asker, other = make_user("asker"), make_user("other")
    now = at("2026-07-09")
    asked = ask_reopening(closing=closing, reason="漏报一次学习", at=now, by=asker)
    confirm_reopening(reopening=asked, at=now, by=other)


def change_sessions() -> None:
    unit = Unit.objects.get(code="QS001")
    late = make_session(unit, "2026-06-24", theme="补报的", steps=[])
    review(late, "submit", "2026-07-20")
    StudySession.objects.filter(theme="原来的主题").update(theme="改过的主题", half_days=2)
    StudySession.objects.filter(theme="退回的", unit=unit)[0].delete()


def change_attendance() -> None:
    Attendance.objects.update(status="absent")


def change_roster() -> None:
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(name=f"改{person.pk}")
    RosterEntry.objects.update(post="改过的职务", rank_order=5)
    PersonalRecord.objects.all().delete()


def change_units() -> None:
    UnitName.objects.update(name="改过的全称", short_name="改过的简称")
    Unit.objects.filter(code="QS001").update(rank_order=9, established_on="2026-02-01")
    category = Category.objects.create(code="changed", name="改过的类别")
    Unit.objects.update(category=category)


def change_topics() -> None:
    Topic.objects.update(name="改过的专题", due="2026-12-31")


def change_rules() -> None:
    draft = new_version(rule_set=RuleSet.objects.get(), effective_from=dt.date(2026, 1, 2))
    draft.rules.filter(key="monthly_sessions").update(parameters={"required": 3})
    publish(rule_set=draft, at=at("2026-07-20"), by=None)


def printed(root: Unit, closing: Closing | None, folder: Path) -> dict[str, Any]:
    """The workbook's name and sheets; without a closing, of what is on record."""
    path = folder / "rollup.xlsx"
    now = at("2026-08-01")
    if closing is None:
        evaluate_and_save(root=root, as_of=JUNE.last, at=now)
    name = write_stored(root=root, as_of=JUNE.last, closing=closing, path=path, printed_at=now)
    workbook = CalamineWorkbook.from_path(str(path))
    sheets = {sheet: workbook.get_sheet_by_name(sheet).to_python() for sheet in SHEET_NAMES}
    return {"file": name, **sheets}


def queue(root: Unit) -> None:
    planner.plan_month(root, JUNE, now=at("2026-07-09"), calendar=national_calendar())


def mailed() -> dict[str, tuple[str, str]]:
    """Text and HTML of every queued mail, by the unit's code."""
    found = {}
    for delivery_id, message in compose(
        list(Delivery.objects.values_list("id", flat=True))
    ).items():
        assert isinstance(message, EmailMultiAlternatives), message
        found[Delivery.objects.get(pk=delivery_id).unit.code] = texts(message)
    return found
