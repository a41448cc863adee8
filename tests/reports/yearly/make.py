"""A unit's half-year as plain facts, without a database."""

import datetime as dt
from fractions import Fraction
from typing import Any

from reports.rules.results import Figures, Result, UnitEvaluation
from reports.workbook.data import MemberRow, SessionRow
from reports.yearly.counting import count
from reports.yearly.facts import LeaderTerm, YearFacts
from reports.yearly.figures import About, Asked, YearFigures

JUNE = dt.date(2026, 6, 30)


def on(month: int, day: int = 10) -> dt.date:
    return dt.date(2026, month, day)


def make_about(**changes: Any) -> About:
    values: dict[str, Any] = {
        "unit_id": 1,
        "name": "中共青石县白水镇委员会",
        "category": "township",
        "party_body": "committee",
        "year": 2026,
        "kind": "half_year",
        "first": on(1, 1),
        "last": JUNE,
        "as_of": JUNE,
    }
    return About(**values | changes)


def make_asked(**changes: Any) -> Asked:
    values: dict[str, Any] = {"month_sessions": 1, "rate": Fraction("0.90"), "measure": "参学率"}
    return Asked(**values | {"speeches": 1, "reflections": 1} | changes)


def make_session(day: dt.date, **changes: Any) -> SessionRow:
    """Ten due, nine present, one made up."""
    values: dict[str, Any] = {
        "unit": "白水镇",
        "date": day,
        "end_date": day,
        "half_days": 1,
        "place": "三楼会议室",
        "theme": "学习党章",
        "content": "党章总纲。",
        "form": "集中学习",
        "chair": "赵一",
        "speakers": "",
        "due": 10,
        "present": 9,
        "leave": 0,
        "absent": 1,
        "excluded": 0,
        "made_up": 1,
        "guests": 0,
        "plan_item": "学习党章",
        "submitted_on": day,
        "status": "已报送",
    }
    return SessionRow(**values | changes)


def make_member(name: str, **changes: Any) -> MemberRow:
    values: dict[str, Any] = {
        "unit": "白水镇",
        "name": name,
        "post": "党委委员",
        "role": "成员",
        "base": 2,
        "present": 2,
        "made_up": 0,
        "key_speeches": 1,
        "reflections": 1,
        "research": 0,
    }
    return MemberRow(**values | changes)


def month_result(month: int, outcome: str = "met", actual: int | None = 1) -> Result:
    return Result("monthly_sessions", f"2026-{month:02d}", outcome, "required", actual)


def make_facts(**changes: Any) -> YearFacts:
    """Two sessions that count, as an evaluation sums them, and two members."""
    ledger = changes.pop("ledger", ((1, make_session(on(3))), (2, make_session(on(4)))))
    counted = [row for _, row in ledger if row.status == "已报送"]
    figures = Figures(
        sessions=len(counted),
        discussions=len(changes.get("discussions", ())),
        half_days=sum(row.half_days for row in counted),
        due=sum(row.due for row in counted),
        excluded=sum(row.excluded for row in counted),
        present=sum(row.present for row in counted),
        made_up=sum(row.made_up for row in counted),
    )
    results = changes.pop("results", (month_result(3), month_result(4)))
    values: dict[str, Any] = {
        "about": make_about(),
        "asked": make_asked(),
        "evaluation": UnitEvaluation("on_track", figures, results),
        "ledger": ledger,
        "members": (make_member("赵一", role="组长", key_speeches=2), make_member("钱二")),
        "counted_words": frozenset({"已报送", "已审核"}),
        "leaders": (LeaderTerm("赵一", on(1, 1), None),),
    }
    return YearFacts(**values | changes)


def make_figures(**changes: Any) -> YearFigures:
    return count(make_facts(**changes))
