"""What is wrong in a workbook: where, what, and what to do about it."""

from collections import defaultdict
from collections.abc import Iterable
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
    """The same problem in several rows, said once."""

    sample: Problem
    rows: tuple[int, ...]

    def __str__(self) -> str:
        place = self.sample.place()
        if len(self.rows) > 1:
            place = _("工作表“%(sheet)s”第 %(rows)s 行%(column)s（共 %(count)s 行）") % {
                "sheet": self.sample.sheet,
                "rows": row_list(self.rows),
                "column": _column(self.sample),
                "count": len(self.rows),
            }
        return f"{place}：{self.sample.message}{self.sample.advice}"


def grouped(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """One line for the same sentence about the same column of a sheet, in order of appearance."""
    groups: dict[tuple[str, str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        key = (problem.sheet, problem.column, problem.message, problem.advice)
        groups[key].append(problem)
    return [
        ProblemGroup(same[0], tuple(sorted({problem.row for problem in same})))
        for same in groups.values()
    ]


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
    return _("%(column)s 列“%(title)s”") % {"column": problem.column, "title": problem.title}
