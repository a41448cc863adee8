"""What a unit is told about itself: once a month where it stands, mid-month what is at risk."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.emails.items import Topics, explained, has_begun, titles
from reports.periods import Month, Quarter
from reports.rules.engine import RuleContext
from reports.rules.facts import UnitFacts
from reports.rules.phrases import percent
from reports.rules.registry import MONTHLY_SESSIONS, QUARTERLY_DISCUSSIONS
from reports.rules.results import UnitEvaluation
from reports.rules.tally import Tally
from reports.rules.words import (
    AT_RISK,
    ATTENTION,
    BEHIND,
    MET,
    MET_LATE,
    MISSED,
    NOT_APPLICABLE,
    ON_TRACK,
    PENDING,
    STANDING_LABELS,
)

_ADVICE: Final = {
    BEHIND: gettext_lazy("请对照下列事项逐项办理；已不能补救的也请了解原因，避免再次发生。"),
    ATTENTION: gettext_lazy("有事项临近期限或需要改进，请对照下列事项及时办理。"),
    ON_TRACK: gettext_lazy("目前没有需要立即办理的事项，请按计划继续开展学习。"),
    NOT_APPLICABLE: gettext_lazy("目前没有适用于你单位的考核事项。"),
}
_URGENT_FIRST: Final = (MISSED, AT_RISK)


@dataclass(frozen=True)
class UnitCase:
    """One unit's evaluation, and what is needed to put it into words."""

    name: str
    evaluation: UnitEvaluation
    facts: UnitFacts
    context: RuleContext
    rule_set: str
    topics: Topics


def monthly(case: UnitCase, month: Month) -> dict[str, Any]:
    """The finished values of the monthly mail."""
    results = case.evaluation.results
    urgent = [r for word in _URGENT_FIRST for r in results if r.outcome == word]
    pending = [r for r in results if r.outcome == PENDING and has_begun(r, case.context)]
    standing = case.evaluation.standing
    return {
        "unit": case.name,
        "standing": {"key": standing, "label": STANDING_LABELS[standing]},
        "advice": str(_ADVICE[standing]),
        "urgent": explained(urgent, case.facts, case.context, case.topics),
        "pending": explained(pending, case.facts, case.context, case.topics),
        "done": titles([r for r in results if r.outcome in {MET, MET_LATE}], case.topics),
        "figures": _figures(case, month),
    }


def reminder(case: UnitCase, reminded: Collection[tuple[str, str]]) -> dict[str, Any]:
    """The finished values of the reminder; `reminded` are its obligations, (rule, period)."""
    chosen = [r for r in case.evaluation.results if (r.rule, r.period) in reminded]
    return {
        "unit": case.name,
        "urgent": explained(chosen, case.facts, case.context, case.topics),
    }


def _figures(case: UnitCase, month: Month) -> list[tuple[str, str]]:
    """Names and values for the month, its quarter and the year so far."""
    quarter = Quarter.of(month.first)
    tally = Tally(case.facts, case.context)
    held = _actual(case.evaluation, MONTHLY_SESSIONS, month.key, tally.months[month.month - 1])
    discussed = _actual(
        case.evaluation,
        QUARTERLY_DISCUSSIONS,
        quarter.key,
        tally.quarters[quarter.quarter - 1],
    )
    year = case.evaluation.figures
    return [
        (_("%s集中学习") % month.label, _("%s 次") % held),
        (_("%s集体研讨") % quarter.label, _("%s 次") % discussed),
        (_("%s年累计集中学习") % month.year, _("%s 次") % year.sessions),
        (_("%s年累计集体研讨") % month.year, _("%s 次") % year.discussions),
        (_("%s年累计学习时间") % month.year, _("%s 天") % f"{year.half_days / 2:g}"),
        (_("应到 / 实到 / 已补学"), _("%s 人次") % f"{year.due} / {year.present} / {year.made_up}"),
        (_("不计入应到"), _("%s 人次") % year.excluded),
        (_("到会率"), percent(year.present, year.base)),
        (_("参学率"), percent(year.present + year.made_up, year.base)),
    ]


def _actual(evaluation: UnitEvaluation, rule: str, period: str, counted: int) -> object:
    """The evaluation's own figure; where no rule asks for one, the number counted."""
    for result in evaluation.results:
        if result.rule == rule and result.period == period and result.actual is not None:
            return result.actual
    return counted
