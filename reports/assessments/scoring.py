"""Points of a year-end assessment, in exact decimals: what an item costs, and why.

Plain Python. An item starts with its points and loses a deduction for every occurrence, at most
its cap and never more than there is: no item falls below zero, whatever the deductions add up to.
Source: docs/rules.md, 5; a folded rule is one obligation a year.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from reports.rules.words import AT_RISK, MISSED, NOT_APPLICABLE, PENDING, WAIVED

NOTHING: Final = Decimal(0)
HUNDREDTH: Final = Decimal("0.01")
_EXCUSED: Final = frozenset({NOT_APPLICABLE, WAIVED})
_OPEN: Final = frozenset({AT_RISK, PENDING})


class ScoredItem(NamedTuple):
    """An item's points, what each occurrence costs, and the most they may cost together."""

    points: Decimal
    deduction: Decimal = NOTHING
    cap: Decimal | None = None


class Obligation(NamedTuple):
    """An obligation of the year: `label` says which in words (`3月`, `年度计划报备`)."""

    rule: str
    period: str
    outcome: str
    label: str


class Line(NamedTuple):
    """One reason. `amount` is what it took off the points; rule and period name an obligation."""

    text: str
    amount: Decimal = NOTHING
    rule: str = ""
    period: str = ""


class ItemScore(NamedTuple):
    """What an item came to. `score` is None while nobody has entered it.

    `possible` are the points that could be reached: none where the item does not apply, which
    takes it out of the total as well as out of the score. `is_open` says that an obligation is
    not settled yet and may still cost points.
    """

    possible: Decimal
    score: Decimal | None
    lines: tuple[Line, ...] = ()
    is_open: bool = False

    @property
    def deduction(self) -> Decimal:
        """What the item lost; nothing while it is not scored."""
        return NOTHING if self.score is None else self.possible - self.score

    @property
    def applies(self) -> bool:
        return self.possible > NOTHING


class Total(NamedTuple):
    """A sheet's sum over the items that apply. `missing` items are not scored yet."""

    possible: Decimal
    score: Decimal
    missing: int

    @property
    def rate(self) -> Fraction | None:
        """The part of the possible points that was reached; None where there are none."""
        return Fraction(self.score) / Fraction(self.possible) if self.possible else None


class Grade(NamedTuple):
    """A word and the least part of the possible points, in per cent, that earns it."""

    word: str
    least: Decimal


def exact(value: Decimal) -> Decimal:
    """Points with two decimals, half up."""
    return value.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """Points without trailing zeros: `0.5`, `10`."""
    text = f"{exact(value):f}"
    return text.rstrip("0").rstrip(".")


def signed(amount: Decimal) -> str:
    """A deduction as it is written: `−0.5`; '' for none."""
    return f"−{plain(amount)}" if amount else ""


def measured(item: ScoredItem, obligations: Sequence[Obligation] | None) -> ItemScore:
    """An item worked out from the obligations of its rule; None where the rule binds nobody.

    Only what is missed costs points. What is waived or cannot be expected costs none; if nothing
    else is left, the item does not apply. What is still open costs nothing yet.
    """
    if obligations is None:
        return ItemScore(NOTHING, None, (Line("适用的考核规则没有要求这一项，不计入总分"),))
    due = [one for one in obligations if one.outcome not in _EXCUSED]
    if not due:
        return ItemScore(NOTHING, None, (Line(_nothing_due(obligations)),))
    lines = [Line(f"{one.label}未达标", item.deduction, one.rule, one.period)
             for one in due if one.outcome == MISSED]  # fmt: skip
    asked = sum((line.amount for line in lines), NOTHING)
    most = item.points if item.cap is None else min(item.cap, item.points)
    taken = min(asked, most)
    if asked > taken:
        lines.append(Line(f"合计应扣 {plain(asked)}，本项最多扣 {plain(most)}"))
    lines += [Line(f"{one.label}已豁免，不扣分", NOTHING, one.rule, one.period)
              for one in obligations if one.outcome == WAIVED]  # fmt: skip
    still_open = [one for one in due if one.outcome in _OPEN]
    lines += [Line(f"{one.label}尚未办结，暂不扣分", NOTHING, one.rule, one.period)
              for one in still_open]  # fmt: skip
    score = exact(item.points - taken)
    return ItemScore(item.points, score, tuple(lines), bool(still_open))


def _nothing_due(obligations: Sequence[Obligation]) -> str:
    waived = sum(one.outcome == WAIVED for one in obligations)
    if not waived:
        return "本年没有应完成的事项，不计入总分"
    if waived == len(obligations):
        return "应完成的事项均已豁免，不计入总分"
    return f"应完成的事项已豁免（{waived} 项）或不适用，不计入总分"


def judged(
    item: ScoredItem, score: Decimal | None, reason: str = "", *, is_excused: bool = False
) -> ItemScore:
    """An item entered by people; one that is excused leaves the total, for the reason given.

    Raises ValueError for a score below zero or above the item's points.
    """
    if is_excused:
        return ItemScore(NOTHING, None, (Line(f"不适用：{reason}，不计入总分"),))
    if score is None:
        return ItemScore(item.points, None)
    if not NOTHING <= score <= item.points:
        raise ValueError(f"评分应在 0 到 {plain(item.points)} 之间。")
    lost = item.points - score
    lines = (Line(reason, lost),) if reason or lost else ()
    return ItemScore(item.points, exact(score), lines)


def adjusted(found: ItemScore, score: Decimal, reason: str) -> ItemScore:
    """A score worked out from data, replaced by decision; what was worked out stays readable.

    Raises ValueError for an item that does not apply or a score out of its range.
    """
    if found.score is None or not NOTHING <= score <= found.possible:
        raise ValueError(f"评分应在 0 到 {plain(found.possible)} 之间。")
    said = f"例外：系统核算 {plain(found.score)}，改为 {plain(score)}。理由：{reason}"
    return found._replace(score=exact(score), lines=(*found.lines, Line(said)))


def total(scores: Iterable[ItemScore]) -> Total:
    """The sum over the items that apply."""
    counted = [one for one in scores if one.applies]
    return Total(
        sum((one.possible for one in counted), NOTHING),
        sum((one.score for one in counted if one.score is not None), NOTHING),
        sum(one.score is None for one in counted),
    )


def grade_of(result: Total, grades: Sequence[Grade]) -> str:
    """The word of the best grade reached, compared as exact fractions; '' without any."""
    if result.rate is None or result.missing:
        return ""
    reached = (one.word for one in grades if result.rate * 100 >= Fraction(one.least))
    return next(reached, "")


def places(rates: Sequence[Fraction | None]) -> list[int | None]:
    """The place of each by its rate, the highest first; equal ones share it, none has none."""
    first: dict[Fraction, int] = {}
    known = sorted((rate for rate in rates if rate is not None), reverse=True)
    for place, rate in enumerate(known, start=1):
        first.setdefault(rate, place)
    return [None if rate is None else first[rate] for rate in rates]


def percent(result: Total) -> str:
    """The part of the possible points in per cent, two decimals, half up; `—` without any."""
    if result.rate is None:
        return "—"
    return f"{exact(result.score * 100 / result.possible):f}%"
