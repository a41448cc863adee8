"""A sheet in finished values: every item with its scores, its reasons and what stands behind."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.assessments import scoring
from reports.assessments.measuring import read
from reports.assessments.scoring import Grade, ItemScore, ScoredItem, Total, plain, signed
from reports.models import AssessmentItem, AssessmentScheme, AssessmentScore, AssessmentSheet
from reports.rules.registry import RULES

Kind = AssessmentItem.Kind


@dataclass(frozen=True, slots=True)
class Reason:
    """Why points went, or did not; `address` leads to the obligation."""

    text: str
    amount: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a sheet. `self_score` and `score` are '' where nothing is entered yet."""

    item: AssessmentItem
    entered: AssessmentScore | None
    found: ItemScore
    self_score: str
    score: str
    points: str
    reasons: tuple[Reason, ...]

    @property
    def is_data(self) -> bool:
        return self.item.kind == Kind.DATA

    @property
    def is_adjusted(self) -> bool:
        return self.entered is not None and self.entered.adjusted is not None

    @property
    def method(self) -> str:
        """考评方式及评分标准 in one cell."""
        return f"{self.item.get_kind_display()}。{self.item.standard}"


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet read against its scheme."""

    sheet: AssessmentSheet
    lines: list[ItemLine]
    total: Total
    self_total: Total
    grade: str

    @property
    def open(self) -> int:
        """How many items have obligations that are not settled yet."""
        return sum(line.found.is_open for line in self.lines)


def scored_item(item: AssessmentItem) -> ScoredItem:
    return ScoredItem(item.points, item.deduction, item.cap)


def grades_of(scheme: AssessmentScheme) -> list[Grade]:
    return [Grade(word, Decimal(least)) for word, least in scheme.grades]


def rule_title(item: AssessmentItem) -> str:
    """The rule an item is worked out from, in words."""
    return RULES[item.rule].title if item.rule in RULES else item.rule


def sheet_view(
    sheet: AssessmentSheet,
    items: Sequence[AssessmentItem],
    scores: Iterable[AssessmentScore],
    *,
    grades: Sequence[Grade] = (),
    behind: str = "",
) -> SheetView:
    """The sheet worked out; no query. `behind` is the address of the unit's obligations."""
    entered = {score.item_id: score for score in scores}
    lines = [_line(item, entered.get(item.pk), sheet.obligations, behind) for item in items]
    total = scoring.total(line.found for line in lines)
    return SheetView(sheet, lines, total, _self_total(lines), scoring.grade_of(total, grades))


def obligations_address(sheet: AssessmentSheet) -> str:
    """The page of the unit's year on the day its last obligations were taken from."""
    day = sheet.open_as_of or sheet.as_of or dt.date(sheet.year, 12, 31)
    asked = {"as_of": day.isoformat()} | ({"last_year": "on"} if day.year > sheet.year else {})
    address = reverse("unit_compliance", args=[sheet.unit.code])
    return f"{address}?{urlencode(asked)}"


def _line(
    item: AssessmentItem, entered: AssessmentScore | None, stored: Mapping[str, Any], behind: str
) -> ItemLine:
    found = _found(item, entered, stored)
    own = _own(item, entered, stored)
    return ItemLine(
        item=item,
        entered=entered,
        found=found,
        self_score="" if own is None else plain(own),
        score=_score(found),
        points=plain(item.points),
        reasons=tuple(
            Reason(
                line.text,
                signed(line.amount),
                f"{behind}#duty-{line.rule}-{line.period}" if behind and line.rule else "",
            )
            for line in found.lines
        ),
    )


def _score(found: ItemScore) -> str:
    if not found.applies:
        return _("不适用")
    return "" if found.score is None else plain(found.score)


def _found(
    item: AssessmentItem, entered: AssessmentScore | None, stored: Mapping[str, Any]
) -> ItemScore:
    scored = scored_item(item)
    if item.kind == Kind.JUDGEMENT:
        if entered is None:
            return scoring.judged(scored, None)
        return scoring.judged(scored, entered.score, entered.reason, is_excused=entered.is_excused)
    found = scoring.measured(scored, read(stored, item.rule))
    if entered is None or entered.adjusted is None or not found.applies:
        return found
    return scoring.adjusted(found, entered.adjusted, entered.adjust_reason)


def _own(
    item: AssessmentItem, entered: AssessmentScore | None, stored: Mapping[str, Any]
) -> Decimal | None:
    """The unit's own score: entered, or what the data came to when it handed in."""
    if entered is not None and entered.self_score is not None:
        return entered.self_score
    if item.kind == Kind.JUDGEMENT:
        return None
    return scoring.measured(scored_item(item), read(stored, item.rule)).score


def _self_total(lines: Sequence[ItemLine]) -> Total:
    return scoring.total(
        ItemScore(line.item.points, Decimal(line.self_score) if line.self_score else None)
        for line in lines
        if line.found.applies
    )
