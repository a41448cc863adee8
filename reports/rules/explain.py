"""One obligation explained on demand: the sentences, and the rows behind them.

Source: every verdict must be answerable on the page, in the API and in the mail alike.
"""

from reports.rules.engine import RuleContext
from reports.rules.explanation import Explanation
from reports.rules.facts import UnitFacts
from reports.rules.phrases import clauses, summarise
from reports.rules.results import Result
from reports.rules.rows import rows_behind
from reports.rules.tally import Tally
from reports.rules.timing import timing
from reports.rules.words import AT_RISK, MISSED, NOT_APPLICABLE, PARTICIPATION, PENDING

_OPEN = frozenset({AT_RISK, PENDING, MISSED})


def explain(unit: UnitFacts, context: RuleContext, result: Result) -> Explanation:
    """Explain a result that `evaluate(unit, context)` gave.

    Raises KeyError for a rule that is not in the registry.
    """
    tally = Tally(unit, context)
    words = clauses(result, context, unit.topics)
    when = timing(tally, result)
    applies = result.outcome != NOT_APPLICABLE
    summary = summarise(result, context, unit.topics)
    missing = words.missing if result.outcome in _OPEN else ""
    return Explanation(
        rule=result.rule,
        period=result.period,
        summary=summary,
        required=f"要求：{words.required}。",
        actual=f"目前：{words.actual}。" if applies and words.actual else f"{summary}。",
        missing=f"{missing}。" if missing else "",
        last_date=when.last_date,
        deadline=when.deadline,
        advice=when.advice,
        reachable=_reachable(result, context),
        rows=rows_behind(tally, result),
    )


def _reachable(result: Result, context: RuleContext) -> str:
    if result.reachable is None or result.outcome not in {AT_RISK, PENDING}:
        return ""
    # A make-up never lifts the attendance rate.
    makes_up = context.params(result.rule).text("measure") == PARTICIPATION
    how = "余下各月按要求学习" + ("、全员到会并补学" if makes_up else "且全员到会")
    return f"{how}，仍可达到标准。" if result.reachable else f"即使{how}，也已无法达到标准。"
