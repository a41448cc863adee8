"""A unit's year at a day, put into words for its pages."""

import datetime as dt
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.compliance.chores import Chores, chores
from reports.compliance.duties import Section, sections
from reports.compliance.last_year import LastYear, last_year
from reports.compliance.on_record import OnRecord, on_record
from reports.compliance.standing import Card, Standing, attendance_note, cards, standing
from reports.compliance.strips import Strips, strips
from reports.evaluation import Evaluated, evaluate_unit
from reports.periods import Year
from reports.rules.words import NOT_APPLICABLE
from units.models import Assignment, Unit


@dataclass(frozen=True, slots=True)
class Step:
    """A first step of a unit that has nothing on record."""

    title: str
    text: str
    address: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class UnitYear:
    """Finished values: whatever a page shows of one unit's year `number`.

    `steps` and `chores` are there for the unit itself only; `rules` is empty where no rule set
    is published for it.
    """

    number: str
    as_of: dt.date
    rules: str
    warning: str
    standing: Standing
    cards: tuple[Card, ...]
    attendance_note: str
    strips: Strips
    sections: list[Section]
    chores: list[Chores]
    steps: tuple[Step, ...]


def unit_year(
    unit: Unit, as_of: dt.date, assignment: Assignment, *, own: bool, of_year: int | None = None
) -> UnitYear | None:
    """The unit's year in seven queries, that of `as_of` unless given; None where it owes nothing.

    `own` brings what the unit has to see to, in the first months of a year also of the last one
    (seven queries more). A county leader reads figures: no names of people.
    """
    shown = Year(of_year or as_of.year)
    judged = evaluate_unit(unit, as_of, year=shown.year)
    if judged is None:
        return None
    may_write = assignment.role == Assignment.Role.CLERK
    names = assignment.role != Assignment.Role.COUNTY_LEADER
    record = on_record(unit, min(as_of, shown.last), assignment, names=names, chores=own)
    last = last_year(unit, as_of, assignment) if own else None
    figures = judged.evaluation.figures
    return UnitYear(
        number=shown.key,
        as_of=as_of,
        rules=_rules(judged),
        warning=judged.context.calendar.warning(_years(as_of)),
        standing=standing(judged, record),
        cards=cards(figures),
        attendance_note=attendance_note(figures) if figures.due else "",
        strips=strips(judged),
        sections=sections(judged, record),
        chores=chores(judged, _without(record, last), may_write=may_write, last=last)
        if own
        else [],
        steps=_steps(judged, record) if own and _is_new(judged, record) else (),
    )


def _without(record: OnRecord, last: LastYear | None) -> OnRecord:
    """Without last year's unfinished sessions where these are looked after apart."""
    if last is None:
        return record
    apart = last.record.sessions
    sessions = {key: one for key, one in record.sessions.items() if key not in apart}
    return replace(record, sessions=sessions)


def _rules(judged: Evaluated) -> str:
    if judged.rule_set is None:
        return ""
    return _("《%(title)s》第 %(version)d 版") % {
        "title": judged.rule_set.title,
        "version": judged.rule_set.version,
    }


def _years(as_of: dt.date) -> set[int]:
    """The years in which deadlines of today's obligations lie."""
    december = as_of >= Year(as_of.year).months[-1].first
    return {as_of.year, as_of.year + 1} if december else {as_of.year}


def _is_new(judged: Evaluated, record: OnRecord) -> bool:
    """Nothing recorded yet, and not excused from everything."""
    excused = judged.rule_set is not None and judged.evaluation.standing == NOT_APPLICABLE
    return not record.sessions and not excused


def _steps(judged: Evaluated, record: OnRecord) -> tuple[Step, ...]:
    return (
        Step(
            _("核对成员名册"),
            _("应到人数按学习当日在职的成员计算，先把名册填准。"),
            reverse("own_roster"),
            bool(judged.facts.terms),
        ),
        Step(
            _("报送年度学习计划"),
            _("按月、按季列出学习专题，经审定后报宣传部备案。"),
            reverse("plan_list"),
            bool(judged.facts.plan),
        ),
        Step(
            _("登记第一次学习"),
            _("选日期和形式，勾出缺席人员，填主题和内容，检查后报送。"),
            reverse("session_new"),
            False,
        ),
    )
