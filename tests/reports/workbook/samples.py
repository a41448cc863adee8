"""Rollup data of the fictional county 青石县, evaluated by the real engine."""

import datetime as dt
from collections.abc import Sequence

from reports.periods import Month, WorkingCalendar
from reports.rules.defaults import default_rule_set
from reports.rules.engine import RuleContext, evaluate
from reports.rules.facts import (
    AttendanceGroup,
    EventFacts,
    SessionFacts,
    SpeechFacts,
    TermFacts,
    TopicFacts,
    UnitFacts,
    WaiverFacts,
)
from reports.rules.results import Result, UnitEvaluation
from reports.workbook.data import (
    MemberRow,
    NamedTopic,
    RollupData,
    RollupUnit,
    RuleSetInUse,
    SessionRow,
)

AS_OF = dt.date(2026, 6, 30)
PRINTED_AT = dt.datetime(2026, 7, 1, 9, 0, tzinfo=dt.UTC)
CONTEXT = RuleContext(default_rule_set(2026), WorkingCalendar(), AS_OF)
RULE_SET = RuleSetInUse("2026年县级考核规则", 2, CONTEXT)
TOPIC = NamedTopic("全会精神", TopicFacts("7", dt.date(2026, 2, 1), dt.date(2026, 5, 31)))


def make_session_facts(
    day: dt.date,
    *,
    form: str = "discussion",
    present: int = 9,
    absent: int = 1,
    submitted: dt.date | None = None,
    returned: dt.date | None = None,
) -> SessionFacts:
    """A session of one half-day with two speakers, reported on its day unless said otherwise."""
    events = [EventFacts(submitted or day, "submit")]
    if returned is not None:
        events.append(EventFacts(returned, "return"))
    return SessionFacts(
        id=f"{day}",
        date=day,
        end_date=day,
        half_days=1,
        form=form,
        events=tuple(events),
        attendance=tuple(
            AttendanceGroup(status, number=number)
            for status, number in (("present", present), ("absent", absent))
            if number
        ),
        speeches=(SpeechFacts("m1", "key"), SpeechFacts("m2", "key")),
    )


def make_evaluation(
    sessions: Sequence[SessionFacts],
    *,
    plan_on: dt.date | None = dt.date(2026, 1, 20),
    established_on: dt.date | None = None,
    waivers: Sequence[WaiverFacts] = (),
) -> UnitEvaluation:
    """The engine's evaluation of a unit with ten members."""
    unit = UnitFacts(
        unit="01",
        established_on=established_on,
        topics=(TOPIC.facts,),
        terms=tuple(TermFacts(f"m{n}", "member", dt.date(2024, 1, 1)) for n in range(10)),
        sessions=tuple(sessions),
        plan=(EventFacts(plan_on, "submit"),) if plan_on else (),
        waivers=frozenset(waivers),
    )
    return evaluate(unit, CONTEXT)


def make_unit(
    evaluation: UnitEvaluation,
    *,
    name: str = "白水镇",
    months: Sequence[int] = (0,) * 12,
    quarters: Sequence[int] = (0,) * 4,
    returned: int = 0,
    established_on: dt.date | None = None,
    abolished_on: dt.date | None = None,
) -> RollupUnit:
    """A township under the default rule set."""
    return RollupUnit(
        name=name,
        category="乡镇",
        plan_status="已备案",
        evaluation=evaluation,
        months=tuple(months),
        quarters=tuple(quarters),
        returned=returned,
        rule_set=RULE_SET,
        established_on=established_on,
        abolished_on=abolished_on,
    )


def make_session_row(number: int = 1, *, unit: str = "白水镇", theme: str = "") -> SessionRow:
    """A session of twelve, one of them excluded, one absent and made up."""
    day = dt.date(2026, 1, 8) + dt.timedelta(days=28 * (number - 1))
    return SessionRow(
        unit=unit,
        date=day,
        end_date=day,
        half_days=1,
        place="镇政府三楼会议室",
        theme=theme or f"学习贯彻会议精神专题研讨（第{number}次）",
        content="原原本本学习会议公报，结合本镇实际研究贯彻落实措施",
        form="集体学习研讨",
        chair="成员甲",
        speakers="成员乙、成员丙",
        due=12,
        present=10,
        leave=1,
        absent=1,
        excluded=1,
        made_up=1,
        guests=3,
        plan_item="第一季度专题研讨",
        submitted_on=day + dt.timedelta(days=3),
        status="已审核",
    )


def make_member_row(number: int = 1, *, unit: str = "白水镇", base: int = 6) -> MemberRow:
    """A member who missed one session and made it up."""
    present = max(base - 1, 0)
    return MemberRow(
        unit, f"成员{number}", "党委委员、副镇长", "成员", base, present, base - present, 1, 1, 0
    )


def make_data(
    units: Sequence[RollupUnit],
    *,
    sessions: Sequence[SessionRow] = (),
    members: Sequence[MemberRow] = (),
    rule_sets: tuple[RuleSetInUse, ...] = (RULE_SET,),
    county: str = "青石县",
) -> RollupData:
    """The rollup of June 2026."""
    return RollupData(
        county=county,
        month=Month(2026, 6),
        as_of=AS_OF,
        printed_at=PRINTED_AT,
        rule_sets=rule_sets,
        checksum="c0ffee",
        units=tuple(units),
        sessions=iter(sessions),
        members=iter(members),
        topics={"7": TOPIC},
    )


def make_results(*results: Result) -> UnitEvaluation:
    """An evaluation that consists of these results and otherwise of nothing."""
    return make_evaluation(())._replace(results=results)
