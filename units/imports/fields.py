"""Reading one field of a row; what cannot be read becomes a problem of that cell."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from units.spreadsheets.dates import read_date
from units.spreadsheets.formulas import ERRORS
from units.spreadsheets.numbers import read_count
from units.spreadsheets.problems import Problem, UnreadableError
from units.spreadsheets.reader import Value
from units.spreadsheets.tables import Row
from units.spreadsheets.texts import is_nothing, plain, quoted, squeezed

T = TypeVar("T")


class RowReader:
    """Reads a row field by field and collects every problem on the way."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.problems: list[Problem] = []
        for key, cell in row.cells.items():
            if cell.value in ERRORS:
                self.refuse(
                    key,
                    _("公式没有结果或出错（%(error)s）。") % {"error": cell.value},
                    _("请用 Excel 或 WPS 打开，改正公式，保存后再导入。"),
                )

    def refuse(self, key: str, message: str, advice: str = "") -> None:
        self.problems.append(self.row.problem(key, message, advice))

    def text(self, key: str, limit: int, *, required: bool = False) -> str:
        """One line of text; 无 and dashes are none."""
        value = "" if is_nothing(self.row[key]) else plain(self.row[key])
        if required and not value:
            self.refuse(key, _("没有填写。"), _("这一栏必填。"))
        if len(value) > limit:
            self.refuse(key, _("超过 %(limit)s 个字。") % {"limit": limit}, _("请缩短。"))
        return value

    def parsed(self, key: str, parse: Callable[[Value], T]) -> T | None:
        """What ``parse`` makes of the cell; None if it is blank or wrong."""
        if not self.row.has(key):
            return None
        try:
            return parse(self.row[key])
        except UnreadableError as error:
            self.refuse(key, error.message, error.advice)
            return None

    def day(self, key: str) -> date | None:
        return self.parsed(key, read_date)

    def count(self, key: str) -> int | None:
        return self.parsed(key, read_count)

    def choice(self, key: str, choices: Mapping[str, T], *, required: bool = False) -> T | None:
        """The choice a word stands for; the advice lists the words."""
        word = "" if is_nothing(self.row[key]) else squeezed(self.row[key])
        if not word:
            if required:
                self.refuse(key, _("没有填写。"), _("这一栏必填。"))
            return None
        if word not in choices:
            self.refuse(
                key,
                _("“%(word)s”不在可选内容中。") % {"word": quoted(word)},
                _("可以填：%(words)s。") % {"words": "、".join(list(choices)[:12])},
            )
        return choices.get(word)
