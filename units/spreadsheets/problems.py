"""What is wrong in a workbook: where, what, and what to do about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _


class UnreadableError(ValueError):
    """A cell's value makes no sense; carries what is wrong and what to do."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. ``row`` is the sheet's true row number, 0 for the sheet as a whole;
    ``column`` the letter, empty where no single cell is to blame."""

    sheet: str
    row: int
    column: str
    title: str
    value: str
    message: str
    advice: str = ""

    def place(self) -> str:
        """Where it is, for people."""
        if not self.row:
            return _("工作表“%(sheet)s”") % {"sheet": self.sheet}
        return _("工作表“%(sheet)s”第 %(row)s 行%(column)s") % {
            "sheet": self.sheet,
            "row": self.row,
            "column": _column(self),
        }


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The same problem in several places, said once."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        first = self.problems[0]
        said = f"{first.message}{first.advice}"
        rows = {(problem.sheet, problem.row) for problem in self.problems}
        if len(rows) == 1:
            return f"{first.place()}：{said}"
        columns = {_column(problem) for problem in self.problems}
        places = _("工作表%(places)s%(column)s（共 %(count)s 行）") % {
            "places": "、".join(self._rows_of_sheets()),
            "column": columns.pop() if len(columns) == 1 else "",
            "count": len(rows),
        }
        return f"{places}：{said}"

    def _rows_of_sheets(self) -> Iterator[str]:
        by_sheet: dict[str, set[int]] = defaultdict(set)
        for problem in self.problems:
            by_sheet[problem.sheet].add(problem.row)
        for sheet, rows in by_sheet.items():
            yield _("“%(sheet)s”第 %(rows)s 行") % {"sheet": sheet, "rows": row_list(sorted(rows))}


def grouped(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """One group for the same sentence, in order of appearance: a wrong name is said once with
    all its rows, whatever sheet and column they are in."""
    groups: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[problem.message, problem.advice].append(problem)
    return [ProblemGroup(tuple(same)) for same in groups.values()]


def row_list(rows: Iterable[int]) -> str:
    """4、7–9 for 4, 7, 8, 9."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def _column(problem: Problem) -> str:
    if not problem.column:
        return ""
    return _(" %(column)s 列“%(title)s”") % {"column": problem.column, "title": problem.title}
