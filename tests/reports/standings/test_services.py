"""Whatever writes: overviews and lists say at once what an evaluation of the rows says."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from reports import facts
from reports.models import CalendarDay, Waiver
from reports.rulebook.calendar.services import clear_day, set_day
from reports.rulebook.waivers import services as waivers
from sessions.entries import services as entries
from sessions.evidence import services as evidence
from sessions.holds import services as holds
from sessions.makeups.services import confirm_makeups, record_makeups
from sessions.models import Attendance, Evidence, PersonalRecord, StudySession, Topic, UnitReport
from sessions.plans import approval
from sessions.plans import services as plans
from sessions.recording.drafts import delete_draft, save_draft
from sessions.recording.submitting import withdraw
from sessions.recording.written import Mark
from sessions.reviews import decisions
from sessions.reviews.decisions import ReturnNote
from sessions.topics import services as topics
from sessions.unit_reports import services as unit_reports
from sessions.unit_reports.sections import SECTIONS
from tests.portal.county import make_user
from tests.reports.records import YEAR, make_rules
from tests.reports.standings.test_kept import fresh, kept
from tests.reports.test_facts import snapshot
from tests.sessions.plans.make import make_content, make_item
from tests.sessions.recording.make import NOW, hand_in, make_draft, make_group, written
from units.models import RosterEntry, Unit
from units.roster import services as roster
from units.roster.terms import digest_of

DAY = dt.date(YEAR, 3, 5)
ABSENT = {"孙三": Mark(Attendance.Status.ABSENT)}


class County:
    """A unit, its people, and what each step left for the next."""

    def __init__(self) -> None:
        make_rules()
        self.unit = make_group()
        self.clerk, self.other = make_user("clerk"), make_user("other")
        self.who = {"at": NOW, "by": self.clerk}

    @property
    def session(self) -> StudySession:
        return StudySession.objects.latest("id")

    @property
    def seen(self) -> dict[str, object]:
        return {"seen": digest_of(self.unit), "confirmed": digest_of(self.unit)}

    @property
    def entry(self) -> RosterEntry:
        return RosterEntry.objects.of_unit(self.unit).latest("id")


def draft(county):
    make_draft(county.unit, written(county.unit, marks=ABSENT))


def change(county):
    what = written(county.unit, dt.date(YEAR, 4, 1), ABSENT, theme="改期学习")
    save_draft(session=county.session, version=county.session.version, written=what)


def file_papers(county):
    for kind in ("minutes", "sign_in"):
        evidence.add_paper(session=county.session, kind=kind, place="柜", **county.who)
    paper = county.session.evidence.latest("id")
    evidence.remove(session=county.session, evidence=paper)


def make_up(county):
    rows = Attendance.objects.filter(status="absent")
    record_makeups(rows=rows, made_on=dt.date(YEAR, 5, 6), method="self_study", today=county_day())
    rows = Attendance.objects.filter(status="absent")
    confirm_makeups(rows=rows, on=dt.date(YEAR, 5, 7), confirmer="赵一", today=county_day())


def county_day() -> dt.date:
    return dt.date(YEAR, 12, 1)


def submit(county):
    hand_in(county.session, dt.datetime(YEAR, 4, 2, 2, tzinfo=dt.UTC))


def withdraw_it(county):
    withdraw(session=county.session, **county.who)


def accept(county):
    decisions.accept(about=county.session, version=county.session.version, at=NOW, by=county.other)


def send_back(county):
    note = ReturnNote("缺签到表", DAY)
    session = county.session
    decisions.send_back(about=session, version=session.version, note=note, **county.who)


def release_a_held_file(county):
    file = Evidence.objects.create(
        session=county.session, kind="minutes", on=DAY, name="纪要", checked="held"
    )
    file.file.save("x.pdf", ContentFile(b"x"))
    asked = holds.ask(evidence=file, wish="release", reason="误判", **county.who)
    holds.agree(request=asked, by=county.other, at=NOW)


def second_draft_gone(county):
    make_draft(county.unit, written(county.unit, dt.date(YEAR, 6, 1)))
    delete_draft(session=county.session)


def plan(county):
    made, _ = plans.create_plan(unit=county.unit, year=YEAR, title="计划", by=county.clerk)
    plans.save_plan(plan=made, version=made.version, content=make_content(make_item()), at=NOW)
    paper, _ = approval.add_approval(plan=made, stored=None, **county.who)
    approval.remove_approval(plan=made, evidence=paper)
    approval.add_approval(plan=made, stored=None, **county.who)
    plans.submit_plan(plan=made, **county.who)
    decisions.accept(about=made, version=made.version, at=NOW, by=county.other)
    plans.mark_item(item=made.items.get(), done=True)


def report(county):
    made = UnitReport.objects.create(unit=county.unit, year=YEAR, kind=UnitReport.Kind.ANNUAL)
    texts = {section.key: "已完成" for section in SECTIONS}
    unit_reports.save_report(report=made, version=made.version, texts=texts, at=NOW)
    unit_reports.submit_report(report=made, **county.who)
    unit_reports.withdraw_report(report=made, **county.who)


def personal(county):
    person = county.unit.people.first()
    made = PersonalRecord(person=person, kind="reflection", date=DAY, title="体会")
    entries.add_entry(entry=made)
    made = PersonalRecord.objects.get()
    opened, made.kind = entries.seal(made), "research"
    entries.change_entry(entry=made, opened=opened)


def personal_gone(county):
    entries.delete_entry(entry=PersonalRecord.objects.get())


def newcomer(county):
    office = roster.Office(
        role="member", post="委员", start_date=dt.date(YEAR, 11, 1), rank_order=9
    )
    roster.add_entry(unit=county.unit, name="李四", distinction="", office=office, **county.seen)


def leaves(county):
    roster.end_term(entry=county.entry, on=dt.date(YEAR, 12, 1), **county.seen)


def never_was(county):
    roster.remove_entry(entry=county.entry, **county.seen)


def waive(county):
    one = waivers.Obligation("monthly_sessions", f"{YEAR}-02")
    waivers.grant(
        units=[county.unit],
        obligations=[one],
        approver="部长",
        reason="防汛",
        document="",
        granted_on=DAY,
    )


def waive_no_more(county):
    waivers.revoke(waiver=Waiver.objects.get(), on=DAY, by=county.clerk, reason="恢复")


def topic(county):
    made = Topic(
        name="专题", level="county", content_group=1, from_date=DAY, due=dt.date(YEAR, 9, 1)
    )
    topics.add_topic(topic=made, categories=[])


def topic_moves(county):
    made = Topic.objects.get()
    opened, made.due = topics.seal(made), dt.date(YEAR, 12, 31)
    topics.change_topic(topic=made, categories=[county.unit.category], opened=opened)


def day_off(county):
    set_day(date=dt.date(YEAR, 12, 21), is_workday=False, note="防汛", opened="")


def day_back(county):
    clear_day(date=CalendarDay.objects.get().date)


def other_rules(county):
    make_rules(title="新规则", effective=f"{YEAR}-02-01", counted_statuses=["accepted"])


STEPS = (
    draft, change, file_papers, submit, withdraw_it, submit, accept, send_back, file_papers, submit,
    accept, make_up, release_a_held_file, second_draft_gone, plan, report, personal, personal_gone,
    newcomer, leaves, never_was, waive, waive_no_more, topic, topic_moves, day_off, day_back,
    other_rules,
)  # fmt: skip


@pytest.mark.django_db
def test_after_every_step_all_say_the_same(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    county, wrong = County(), []
    for number, step in enumerate(STEPS):
        step(county)
        if kept() != fresh():
            wrong.append((number, step.__name__, "standing"))
        told = snapshot()
        list(facts.rebuild(Unit.objects.all(), YEAR))
        if snapshot() != told:
            wrong.append((number, step.__name__, "facts"))
    assert wrong == []
