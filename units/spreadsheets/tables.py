"""A table inside a sheet: its header found by column titles, its rows by true numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from units.spreadsheets.dates import month_of, years_in
from units.spreadsheets.gate import column_letters
from units.spreadsheets.problems import Problem
from units.spreadsheets.reader import Sheet, Value
from units.spreadsheets.texts import is_nothing, plain, squeezed, title_forms

HEADER_WITHIN = 10
MIN_MATCHES = 2
RESULT_TITLE = "导入结果"
# Marks the example row of a template; a row with it is never read.
EXAMPLE_MARK = "（示例行，不会导入）"

_TOTAL = re.compile(
    r"(?:本?[月季年]度?|全年|上半年|下半年|总)?(?:合计|小计|总计|共计|累计)(?=$|[:(共0-9])"
)
_SIGNATURE = re.compile(
    r"(?:填表人?|填报人?|填报单位|制表人?|审核人?|审批人?|单位负责人|负责人|联系人|联系电话|电话"
    r"|填表日期|填报日期|签字|盖章|说明|备注|注|附注|填写说明)\d*[:(]"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column the reader looks for. ``titles`` in order of preference, the first one printed."""

    key: str
    titles: tuple[str, ...]
    required: bool = False
    # A column that says nothing alone (a running number): rows with nothing else are blank.
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its place."""

    value: Value
    column: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table by column key; columns the sheet does not have are blank."""

    sheet: str
    number: int
    cells: dict[str, Cell]

    def __getitem__(self, key: str) -> Value:
        cell = self.cells.get(key)
        return cell.value if cell else None

    def has(self, key: str) -> bool:
        """The column exists and says something other than 无."""
        return not is_nothing(self[key])

    def problem(self, key: str, message: str, advice: str = "") -> Problem:
        """Something wrong in this row's cell."""
        cell = self.cells.get(key)
        return Problem(
            sheet=self.sheet,
            row=self.number,
            column=cell.column if cell else "",
            title=cell.title if cell else "",
            value=plain(cell.value) if cell else "",
            message=message,
            advice=advice,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A header with what stands under it.

    ``year`` is what the sheet's name and titles say, if they say one; ``is_complete`` that no
    required column is missing.
    """

    sheet: Sheet
    header_row: int
    columns: dict[str, int]
    titles: dict[str, str]
    year: int | None
    is_complete: bool = True
    problems: tuple[Problem, ...] = ()
    _grid: dict[int, list[Value]] = field(default_factory=dict, repr=False)
    _idle: frozenset[str] = frozenset()

    def rows(self) -> Iterator[Row]:
        """The rows that hold data: no blank ones, totals, signatures or repeated headers."""
        header = self._grid[self.header_row]
        for number, values in self._grid.items():
            if number <= self.header_row or values == header or _is_remark(values):
                continue
            cells = {
                key: Cell(values[at] if at < len(values) else None, column_letters(at + 1), title)
                for key, at in self.columns.items()
                for title in (self.titles[key],)
            }
            if any(squeezed(c.value) != "" for k, c in cells.items() if k not in self._idle):
                yield Row(self.sheet.name, number, cells)


def no_table(sheets: Sequence[Sheet], message: str, advice: str) -> Problem:
    """None of the sheets holds what was looked for; the first stands for all."""
    name = sheets[0].name if sheets else ""
    return Problem(sheet=name, row=0, column="", title="", value="", message=message, advice=advice)


def find_table(sheet: Sheet, columns: tuple[Column, ...]) -> Table | None:
    """The table whose header matches best within the first rows; None if nothing resembles one.

    A header that lacks required columns is still found: ``problems`` names what is missing.
    """
    grid = _spread(sheet)
    header_row, header = _header(grid, columns)
    if not header_row:
        return None
    matched = _match(header, columns)
    titles = {key: squeezed(header[at]) for key, at in matched.items()}
    above = [sheet.name] + [
        squeezed(value) for number in grid if number < header_row for value in grid[number]
    ]
    years = set().union(*(years_in(text) for text in above))
    return Table(
        sheet=sheet,
        header_row=header_row,
        columns=matched,
        titles=titles,
        year=years.pop() if len(years) == 1 else None,
        is_complete=all(column.key in matched for column in columns if column.required),
        problems=tuple(_sheet_problems(sheet, header_row, columns, matched)),
        _grid=grid,
        _idle=frozenset(column.key for column in columns if column.idle),
    )


def _header(grid: dict[int, list[Value]], columns: tuple[Column, ...]) -> tuple[int, list[Value]]:
    """The number and titles of the header; of one over two rows, the lower one's number."""
    best: tuple[int, int, list[Value]] = (MIN_MATCHES - 1, 0, [])
    for number in sorted(grid):
        if number > HEADER_WITHIN:
            break
        upper, lower = grid[number], grid.get(number + 1, []) if number < HEADER_WITHIN else []
        for last_row, titles in ((number, upper), (number + 1, _stacked(upper, lower))):
            matches = len(_match(titles, columns))
            if matches > best[0]:
                best = (matches, last_row, titles)
    return best[1], best[2]


def _stacked(upper: list[Value], lower: list[Value]) -> list[Value]:
    """Two rows of titles as one: what stands below goes before what stands above."""
    width = max(len(upper), len(lower))
    above = upper + [None] * (width - len(upper))
    below = lower + [None] * (width - len(lower))
    return [down if squeezed(down) else up for up, down in zip(above, below, strict=True)]


def filled_down(rows: Iterable[Row], key: str) -> Iterator[tuple[Row, int | None]]:
    """Each row with the month its month column names, or the last one named above it."""
    month: int | None = None
    for row in rows:
        if row.has(key):
            month = month_of(row[key])
        yield row, month


def _match(values: list[Value], columns: tuple[Column, ...]) -> dict[str, int]:
    """Column key → position; exact titles before those with a bracket taken off."""
    forms = [title_forms(value) for value in values]
    found: dict[str, int] = {}
    taken: set[int] = set()
    for level in (0, 1):
        by_title: dict[str, int] = {}
        for position, form in enumerate(forms):
            if len(form) > level and position not in taken and form[level]:
                by_title.setdefault(form[level], position)
        for column in columns:
            position = next(
                (by_title[t] for t in column.titles if by_title.get(t, -1) not in taken | {-1}), -1
            )
            if column.key not in found and position >= 0:
                found[column.key] = position
                taken.add(position)
    return found


def _sheet_problems(
    sheet: Sheet, header_row: int, columns: tuple[Column, ...], matched: dict[str, int]
) -> Iterator[Problem]:
    for column in columns:
        if column.required and column.key not in matched:
            yield Problem(
                sheet=sheet.name,
                row=header_row,
                column="",
                title=column.titles[0],
                value="",
                message=_("表头缺少“%(title)s”列。") % {"title": column.titles[0]},
                advice=_("请补上这一列，列名可以是：%(titles)s。")
                % {"titles": "、".join(column.titles[:6])},
            )
    if sheet.cut_off_at:
        yield Problem(
            sheet=sheet.name,
            row=sheet.cut_off_at,
            column="",
            title="",
            value="",
            message=_("前面空了一百多行，从这一行起没有读取。"),
            advice=_("请删去中间的空行，或清除这里多余的内容。"),
        )


def _is_remark(values: list[Value]) -> bool:
    """An example, or a total, a signature, a footnote by the first words of the row."""
    if any(isinstance(value, str) and EXAMPLE_MARK in value for value in values):
        return True
    texts = [text for value in values[:3] if (text := squeezed(value))]
    if any(_TOTAL.match(text) for text in texts):
        return True
    return bool(texts) and bool(_SIGNATURE.match(texts[0]))


def _spread(sheet: Sheet) -> dict[int, list[Value]]:
    """The rows with each merged range's value in all its cells."""
    grid = {number: list(values) for number, values in sheet.rows.items()}
    for (top, left), (bottom, right) in sheet.merged:
        first = sheet.rows.get(top + 1, [])
        value = first[left] if left < len(first) else None
        if value is None:
            continue
        for number in range(top + 1, bottom + 2):
            row = grid.get(number)
            if row is None:
                continue  # a row with nothing of its own stays blank
            row.extend([None] * (right + 1 - len(row)))
            row[left : right + 1] = [value] * (right + 1 - left)
    return grid
