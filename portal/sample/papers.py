"""A unit's plan and reports of the year, and how they got to the department."""

import datetime as dt
from random import Random

from portal.sample import themes
from portal.sample.county import SampleUnit
from portal.sample.days import SampleDays
from portal.sample.fates import Fate, Papers
from portal.sample.reviews import Kind, Reviews
from portal.sample.rosters import Roster
from portal.sample.rows import Rows
from reports.periods import Month
from sessions.models import AnnualPlan, Form, PlanItem, StudySession, UnitReport

State = PlanItem.State
SECTIONS = {
    "situation": "本年度按计划组织集中学习，学习次数、人次见台账。",
    "practice": "坚持原原本本学、联系实际学，重点发言人提前准备。",
    "results": "形成调研报告和转化举措，见成果清单。",
    "problems": "工学矛盾仍存在，个别研讨不够深入。",
    "next_steps": "提前排定下季度研讨专题，落实补学。",
}
ITEM_FORMS = (Form.COLLECTIVE, Form.DISCUSSION, Form.LECTURE)
ON_LEAVING = {
    State.ADJUSTED: "并入下月专题",
    State.POSTPONED: "因防汛延期",
    State.CANCELLED: "取消",
}


class PaperWork:
    """Invents one unit's plan, half-year and annual report."""

    def __init__(
        self, member: SampleUnit, roster: Roster, reviews: Reviews, chance: Random
    ) -> None:
        self.member = member
        self.roster = roster
        self.reviews = reviews
        self.days: SampleDays = reviews.days
        self.chance = chance

    def plan(self, rows: Rows, sessions: list[StudySession]) -> None:
        """The plan with an item a month, each tied to the month's first session if there is one.

        Units that were founded later, or do not exist yet in earnest, have no plan.
        """
        year = self.days.year
        if self.member.fate in (Fate.FOUNDED, Fate.PREPARING):
            return
        story = self.member.habits.plan
        submitted = self.chance.choice(self.days.workdays(1)[4:16])
        if not self.days.seen(submitted):
            return
        leader = self.roster.due_on(submitted)[0]
        plan = AnnualPlan(
            unit=self.member.unit,
            year=year,
            title=f"{self.member.title.short_name}{year}年党委（党组）理论学习中心组学习计划",
            basis="中心组学习规则、县委年度学习安排和本单位年度重点任务。",
        )
        if story is not Papers.MISSING:
            plan.approved_by = leader.name
            plan.approved_on = submitted - dt.timedelta(days=1)
        rows.plans.append(plan)
        rows.events += self.reviews.put(
            plan,
            self.reviews.of_paper(
                story,
                submitted,
                self.chance.choice(self.days.workdays(2)),
                self.chance.choice(themes.PLAN_RETURN_REASONS),
                Kind.FILE,
            ),
        )
        rows.items += self._items(plan, sessions)

    def _items(self, plan: AnnualPlan, sessions: list[StudySession]) -> list[PlanItem]:
        first_of: dict[int, StudySession] = {}
        for session in sessions:
            if session.form != Form.ADJACENT and not session.is_offline_only:
                first_of.setdefault(session.date.month, session)
        chosen = self.chance.sample(themes.THEMES, 12)
        items = []
        for month, theme in enumerate(chosen, start=1):
            held = first_of.get(month)
            form = Form(held.form) if held else ITEM_FORMS[month % 3]
            item = PlanItem(
                plan=plan,
                rank_order=month,
                period=Month(plan.year, month).key
                if month % 5
                else f"{plan.year}-Q{(month + 2) // 3}",
                topic=held.theme if held else theme.name,
                content=held.content if held else theme.content,
                form=form,
                is_discussion=form in (Form.DISCUSSION, Form.READING_CLASS),
                owner=self.roster.secretary_on(dt.date(plan.year, 1, 31)),
            )
            if held:
                held.plan_item, item.state = item, State.DONE
            elif month < self.days.until.month:
                item.state = self.chance.choice(list(ON_LEAVING))
                item.note = ON_LEAVING[item.state]
            items.append(item)
        return items

    def reports(self, rows: Rows) -> None:
        """The half-year report by 10 July, the annual one by 20 December, as habits have it."""
        if self.member.fate is Fate.PREPARING:
            return
        early_july = self.days.workdays(7)
        self._report(
            rows, UnitReport.Kind.HALF_YEAR, self.member.habits.half_year, early_july[:6],
            early_july[10],
        )  # fmt: skip
        december = self.days.workdays(12)
        self._report(rows, UnitReport.Kind.ANNUAL, Papers.ON_TIME, december[3:12], december[-2])

    def _report(
        self,
        rows: Rows,
        kind: UnitReport.Kind,
        story: Papers,
        days: list[dt.date],
        overdue: dt.date,
    ) -> None:
        submitted = self.chance.choice(days)
        unit = self.member.unit
        gone = unit.abolished_on is not None and unit.abolished_on <= submitted
        if story is Papers.MISSING or gone or not self.days.seen(submitted):
            return
        report = UnitReport(unit=unit, year=self.days.year, kind=kind, sections=dict(SECTIONS))
        if story is Papers.RETURNED:
            del report.sections["problems"]
        rows.reports.append(report)
        rows.events += self.reviews.put(
            report,
            self.reviews.of_paper(
                story,
                submitted,
                overdue,
                self.chance.choice(themes.REPORT_RETURN_REASONS),
                Kind.ACCEPT,
            ),
        )
