"""Points: each rule's points less a deduction for every obligation missed, never below zero."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from reports.rules.facts import RuleFacts, RuleSetFacts
from reports.rules.registry import LOCKED_EVIDENCE, LOCKED_ITEMS, RULES
from reports.rules.results import Result
from reports.rules.words import MISSED

NOTHING = Decimal(0)


class RuleScore(NamedTuple):
    """One rule: its points, how many obligations were missed, and what is left."""

    rule: str
    points: Decimal
    missed: int
    score: Decimal


class Score(NamedTuple):
    """A unit's score out of `points`, rule by rule."""

    points: Decimal
    score: Decimal
    rules: tuple[RuleScore, ...]


def scored_points(rule: RuleFacts) -> Decimal:
    """The points a rule may carry: zero when disabled or locked, whatever was entered.

    Source of the lock: 《整治形式主义为基层减负若干规定》. A rule that asks for locked evidence
    (photos) is locked with it.
    """
    spec = RULES.get(rule.key)
    if not rule.enabled or rule.key in LOCKED_ITEMS or spec is None or not spec.points_allowed:
        return NOTHING
    if LOCKED_EVIDENCE & required_kinds(rule):
        return NOTHING
    return rule.points or NOTHING


def required_kinds(rule: RuleFacts) -> frozenset[str]:
    """The kinds of evidence a rule names, none for most rules."""
    kinds = rule.params.get("required_kinds")
    if not isinstance(kinds, list | tuple | set | frozenset):
        return frozenset()
    return frozenset(str(kind) for kind in kinds)


def score(results: Iterable[Result], rule_set: RuleSetFacts) -> Score:
    """The score of one unit's results; a folded rule is one obligation a year.

    Waived and inapplicable obligations cost nothing.
    """
    missed: dict[str, int] = {}
    for result in results:
        if result.outcome == MISSED:
            missed[result.rule] = missed.get(result.rule, 0) + 1
    lines = []
    for rule in rule_set.rules:
        points = scored_points(rule)
        if points > NOTHING:
            times = missed.get(rule.key, 0)
            lines.append(_line(rule, points, times))
    return Score(
        sum((line.points for line in lines), NOTHING),
        sum((line.score for line in lines), NOTHING),
        tuple(lines),
    )


def _line(rule: RuleFacts, points: Decimal, times: int) -> RuleScore:
    left = points - times * (rule.deduction or NOTHING)
    return RuleScore(rule.key, points, times, max(NOTHING, left))
