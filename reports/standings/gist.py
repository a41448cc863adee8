"""The gist of a unit's evaluation: what overviews of many units show of each."""

import dataclasses
import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from reports.collecting import collector_paused
from reports.emails.items import has_begun
from reports.evaluation import Evaluated
from reports.rules.facts import SessionFacts
from reports.rules.registry import MONTHLY_SESSIONS, QUARTERLY_DISCUSSIONS
from reports.rules.results import Figures, Result
from reports.rules.tally import Tally
from reports.rules.words import (
    AT_RISK,
    MET,
    MET_LATE,
    MISSED,
    NOT_APPLICABLE,
    PENDING,
    WAIVED,
)

NOT_DUE: Final = "not_due"
"""What an obligation of a month or quarter still to come is shown as."""

LETTERS: Final[dict[str, str]] = {
    MET: "m",
    MET_LATE: "l",
    MISSED: "x",
    AT_RISK: "r",
    PENDING: "p",
    WAIVED: "w",
    NOT_APPLICABLE: "n",
    NOT_DUE: "d",
}
OUTCOME_OF: Final = {letter: outcome for outcome, letter in LETTERS.items()}
NO_RULE: Final = "-"
"""Stands where no rule asks for anything in a month or quarter."""


class Gist(NamedTuple):
    """One unit at one day: `months` and `quarters` are letters of `LETTERS`, or `NO_RULE`.

    `outcomes` has the letter of each outcome that occurs, once. `by_month` and `open` are JSON,
    read only for the units that are shown.
    """

    unit_id: int
    rule_set_id: int | None
    standing: str
    months: str
    quarters: str
    outcomes: str
    by_month: str
    open: str

    @property
    def monthly(self) -> tuple[Figures, ...]:
        """The figures of each of the twelve months."""
        return tuple(Figures(*row) for row in json.loads(self.by_month))

    @property
    def open_results(self) -> tuple[Result, ...]:
        """Results missed or at risk, in the order of the rules and their periods."""
        return tuple(Result(*row) for row in json.loads(self.open))


def monthly_totals(gists: Iterable[Gist]) -> tuple[Figures, ...]:
    """The figures of each of the twelve months, added up over units."""
    with collector_paused():
        # Read as one text: half the time of reading thousands of short ones.
        units = json.loads(f"[{','.join([one.by_month for one in gists])}]")
        if not units:
            return (Figures(),) * 12
        return tuple(total([row for row in month if row]) for month in zip(*units, strict=True))


def total(figures: Iterable[Sequence[int]]) -> Figures:
    """The sum of figures, column by column."""
    return Figures(*map(sum, zip(*figures, strict=True)))


def gist(judged: Evaluated) -> Gist:
    """The gist of a unit's evaluation."""
    results, context = judged.evaluation.results, judged.context
    asked: dict[str, dict[str, str]] = {MONTHLY_SESSIONS: {}, QUARTERLY_DISCUSSIONS: {}}
    outcomes: set[str] = set()
    for result in results:
        letter = LETTERS[result.outcome if has_begun(result, context) else NOT_DUE]
        outcomes.add(letter)
        if result.rule in asked:
            asked[result.rule][result.period] = letter
    months, quarters = asked[MONTHLY_SESSIONS], asked[QUARTERLY_DISCUSSIONS]
    return Gist(
        unit_id=judged.unit_id,
        rule_set_id=judged.rule_set_id,
        standing=judged.evaluation.standing,
        months="".join(months.get(one.key, NO_RULE) for one in context.year.months),
        quarters="".join(quarters.get(one.key, NO_RULE) for one in context.year.quarters),
        outcomes="".join(sorted(outcomes)),
        by_month=_plain(_by_month(judged)),
        open=_plain([one[:4] for one in results if one.outcome in {MISSED, AT_RISK}]),
    )


def _by_month(judged: Evaluated) -> list[Sequence[int]]:
    """Each month's figures, counted as the rules count; nothing for a month without sessions."""
    held: list[list[SessionFacts]] = [[] for _ in range(12)]
    for session in judged.facts.sessions:
        if session.date.year == judged.context.year.year:
            held[session.date.month - 1].append(session)
    return [
        Tally(dataclasses.replace(judged.facts, sessions=tuple(month)), judged.context).figures
        if month
        else ()
        for month in held
    ]


def _plain(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
