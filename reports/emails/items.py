"""Obligations as mails show them: what is missing, until when, whether it can still be met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reports.periods import parse_period
from reports.rules import reasons
from reports.rules.engine import RuleContext
from reports.rules.explain import explain
from reports.rules.explanation import SESSION, ExplainedRow
from reports.rules.facts import UnitFacts
from reports.rules.phrases import in_title_marks, period_name
from reports.rules.registry import REQUIRED_TOPICS, RULES
from reports.rules.results import Result
from reports.rules.words import ADVISORY, OUTCOME_LABELS, PENDING, RETURNED

ROWS_SHOWN: Final = 6
WHOLE_YEAR: Final = period_name("2026")
"""What `period_name` calls a year, whichever: needless to say after a yearly rule's title."""
WORTH_SAYING: Final = frozenset(
    {
        reasons.DRAFT,
        RETURNED,
        reasons.IN_CORRECTION,
        reasons.AWAITING,
        reasons.NOT_ENOUGH_SPEAKERS,
        reasons.LECTURE_IS_NO_DISCUSSION,
        reasons.NOT_REPORTED,
        reasons.NOT_MADE_UP,
        reasons.MAKEUP_UNCONFIRMED,
        reasons.FILE_INCOMPLETE,
    }
)
"""Reasons a unit can do something about; who was away, and why, is never in a mail."""

Topics = Mapping[str, str]
"""Names of the required topics by their id as results write it."""


@dataclass(frozen=True)
class Item:
    """One obligation of one unit, in words."""

    title: str
    outcome: str
    label: str
    advisory: bool
    sentences: tuple[str, ...]
    left_out: tuple[str, ...]


def title(result: Result, topics: Topics) -> str:
    """`每月集中学习（6月）`, `必学内容《……》`, or the rule's title where it covers the year."""
    rule = RULES[result.rule].title
    if result.rule == REQUIRED_TOPICS:
        return f"{rule}{in_title_marks(topics.get(result.period, result.period))}"
    name = period_name(result.period)
    return rule if name == WHOLE_YEAR else f"{rule}（{name}）"


def titles(results: Iterable[Result], topics: Topics) -> list[str]:
    """Each rule once, in the order of the results: `每月集中学习（1月、2月、3月）`."""
    found: dict[str, list[str]] = {}
    for result in results:
        if result.rule == REQUIRED_TOPICS:
            found[title(result, topics)] = []
        else:
            found.setdefault(RULES[result.rule].title, []).append(period_name(result.period))
    return [
        name if not periods or periods == [WHOLE_YEAR] else f"{name}（{'、'.join(periods)}）"
        for name, periods in found.items()
    ]


def explained(
    results: Iterable[Result], unit: UnitFacts, context: RuleContext, topics: Topics
) -> list[Item]:
    """The given results of a unit, each with its explanation."""
    return [_item(result, unit, context, topics) for result in results]


def has_begun(result: Result, context: RuleContext) -> bool:
    """Whether an open obligation is of today: next month's need not be spoken of."""
    if result.outcome != PENDING or result.rule == REQUIRED_TOPICS:
        return True
    return parse_period(result.period).first <= context.as_of


def _item(result: Result, unit: UnitFacts, context: RuleContext, topics: Topics) -> Item:
    words = explain(unit, context, result)
    return Item(
        title=title(result, topics),
        outcome=result.outcome,
        label=OUTCOME_LABELS[result.outcome],
        advisory=result.severity == ADVISORY,
        sentences=words.sentences,
        left_out=_rows(words.rows.left_out),
    )


def _rows(rows: Iterable[ExplainedRow]) -> tuple[str, ...]:
    told = [
        f"{row.on.month}月{row.on.day}日的学习：{row.label}"
        + (f"（{row.note}）" if row.note else "")
        for row in rows
        if row.kind == SESSION and row.on and row.reason in WORTH_SAYING
    ]
    if len(told) > ROWS_SHOWN:
        return (*told[:ROWS_SHOWN], f"…… 共 {len(told)} 项，请登录平台查看。")
    return tuple(told)
