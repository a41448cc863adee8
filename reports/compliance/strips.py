"""The year as twelve months and four quarters, each with its word."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.compliance.duties import anchor, tone, word
from reports.evaluation import Evaluated
from reports.periods import Month, Quarter
from reports.rules.phrases import period_name
from reports.rules.registry import MONTHLY_SESSIONS, QUARTERLY_DISCUSSIONS
from reports.rules.results import Result
from reports.rules.tally import Tally


@dataclass(frozen=True, slots=True)
class Cell:
    """A month or quarter: what was counted, and the outcome where a rule asks for it."""

    name: str
    number: str
    tone: str = ""
    word: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Strips:
    """Sessions of the months, discussions of the quarters."""

    months: tuple[Cell, ...]
    quarters: tuple[Cell, ...]


def strips(judged: Evaluated) -> Strips:
    """The numbers the rules count; the same as the workbook's sheet 月度情况."""
    tally = Tally(judged.facts, judged.context)
    year = judged.context.year
    results = {(one.rule, one.period): one for one in judged.evaluation.results}
    return Strips(
        months=tuple(
            _cell(month, number, results.get((MONTHLY_SESSIONS, month.key)), judged)
            for month, number in zip(year.months, tally.months, strict=True)
        ),
        quarters=tuple(
            _cell(quarter, number, results.get((QUARTERLY_DISCUSSIONS, quarter.key)), judged)
            for quarter, number in zip(year.quarters, tally.quarters, strict=True)
        ),
    )


def _cell(period: Month | Quarter, number: int, result: Result | None, judged: Evaluated) -> Cell:
    name = period_name(period.key)
    said = _("%(number)d 次") % {"number": number}
    if result is None:
        return Cell(name, said)
    context = judged.context
    return Cell(name, said, tone(result, context), word(result, context), anchor(result))
