"""A row of a ledger by itself: when, what, in which form, and the names as typed."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from sessions.ledgers.columns import ATTENDANCE_KEYS, LEDGER_KEYS
from sessions.ledgers.words import FORM_ADVICE, form_of, is_reason
from sessions.models import Form
from sessions.screening import marked_fields
from units.imports.fields import RowReader
from units.spreadsheets.dates import Context, Span, read_span
from units.spreadsheets.names import Named, read_names
from units.spreadsheets.numbers import read_count, read_half_day_count, read_half_days
from units.spreadsheets.problems import Problem, UnreadableError
from units.spreadsheets.reader import Value
from units.spreadsheets.tables import Row, Table, filled_down
from units.spreadsheets.texts import plain, prose, quoted

THEME_LIMIT = 200
# Bounded and anchored: a cell may hold thirty thousand digits, and is searched from each of them.
_DAYS = r"(?:共|为期)?(?:(?<![\d.])\d{1,3}(?:\.\d{1,2})?|半|[一二两三四五])天(?:半)?"
_DAYS_IN_FORM = re.compile(rf"\(?{_DAYS}\)?")
_DAYS_IN_THEME = re.compile(rf"\({_DAYS}\)")
_GUESTS = ("attending", "expanded", "observing")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What one row says. Lists are None where the sheet has no such column."""

    row: Row
    start: date
    end: date
    half_days: int
    theme: str
    content: str
    form: Form
    place: str
    chair: str
    lecturer: str
    stated_due: int | None
    stated_present: int | None
    attendees: list[Named] | None
    absentees: list[Named] | None
    key_speakers: list[Named]
    exchange_speakers: list[Named]
    guests: dict[str, int] = field(default_factory=dict)


def is_ledger(table: Table) -> bool:
    """At least two of time, theme and form: a ledger, perhaps one that lacks a column."""
    return len(LEDGER_KEYS & table.columns.keys()) >= 2


def table_problems(table: Table) -> Iterator[Problem]:
    """What makes a whole ledger sheet unreadable."""
    if not any(key in table.columns for key in ATTENDANCE_KEYS):
        yield Problem(
            sheet=table.sheet.name,
            row=table.header_row,
            column="",
            title="",
            value="",
            message=_("表头中没有出勤情况的列。"),
            advice=_("请至少写明“实到”“到会人员”“缺席人员及原因”中的一列。"),
        )


def read_rows(
    table: Table, year: int | None
) -> Iterator[tuple[Row, LedgerRow | None, list[Problem]]]:
    """Each data row with what it says, or with every problem it has.

    ``year`` serves where the sheet names none.
    """
    for row, month in filled_down(table.rows(), "month"):
        reader = RowReader(row)
        ledger_row = (
            None if reader.problems else _read(reader, Context(table.year or year, month), table)
        )
        yield row, ledger_row if not reader.problems else None, reader.problems


def _read(reader: RowReader, context: Context, table: Table) -> LedgerRow | None:
    row = reader.row
    _screen(reader)
    span = _span(reader, context)
    if span and table.year and span.start.year != table.year:
        message = _("日期是 %(found)s 年，工作表写的是 %(year)s 年。")
        reader.refuse(
            "date", message % {"found": span.start.year, "year": table.year}, _("请核对。")
        )
    form = _form(reader)
    half_days, end = _length(reader, span)
    theme, content = _theme(reader)
    place = reader.text("place", 100)
    chair = _chair(reader)
    lecturer = reader.text("lecturer", 100)
    due, present = reader.count("due"), reader.count("present")
    guests = {key: reader.parsed(key, _guests) or 0 for key in _GUESTS}
    if span is None or end is None or form is None:
        return None
    return LedgerRow(
        row=row,
        start=span.start,
        end=end,
        half_days=half_days,
        theme=theme,
        content=content,
        form=form,
        place=place,
        chair=chair,
        lecturer=lecturer,
        stated_due=due,
        stated_present=present,
        attendees=_names(row, table, "attendees"),
        absentees=_names(row, table, "absentees", "leave"),
        key_speakers=_names(row, table, "key_speakers") or [],
        exchange_speakers=_names(row, table, "exchange_speakers") or [],
        guests=guests,
    )


def _span(reader: RowReader, context: Context) -> Span | None:
    try:
        return read_span(reader.row["date"], context)
    except UnreadableError as error:
        reader.refuse("date", error.message, error.advice)
        return None


def _form(reader: RowReader) -> Form | None:
    text = plain(reader.row["form"])
    form = form_of(text)
    if form is None:
        message = (
            _("“%(word)s”不是能识别的学习形式。") % {"word": quoted(text)}
            if text
            else _("没有填写。")
        )
        reader.refuse("form", message, _("可以填：%(forms)s。") % {"forms": FORM_ADVICE})
    return form


def _length(reader: RowReader, span: Span | None) -> tuple[int, date | None]:
    """Half-days and last day: a stated duration, else （2天） beside form or theme, else the date's
    own words, else one half-day."""
    stated = reader.parsed("days", read_half_days) or reader.parsed(
        "half_days", read_half_day_count
    )
    beside = _DAYS_IN_FORM.search(plain(reader.row["form"])) or _DAYS_IN_THEME.search(
        plain(reader.row["theme"])
    )
    if stated is None and beside:
        stated = _days_in_brackets(beside[0])
    if span is None:
        return 1, None
    if stated is None:
        return span.half_days or 1, span.end
    days = (span.end - span.start).days + 1
    if days == 1:
        return stated, span.start + timedelta(days=math.ceil(stated / 2) - 1)
    if stated > 2 * days:
        message = _("会期 %(stated)s 天，超过起止日期的 %(days)s 天。")
        reader.refuse("date", message % {"stated": f"{stated / 2:g}", "days": days}, _("请核对。"))
    return stated, span.end


def _days_in_brackets(text: str) -> int | None:
    try:
        return read_half_days(text.strip("()").removeprefix("为期"))
    except UnreadableError:
        return None


def _theme(reader: RowReader) -> tuple[str, str]:
    """Theme and content; a theme too long for a line goes into the content in full."""
    theme = plain(reader.row["theme"])
    content = prose(reader.row["content"]) if reader.row.has("content") else ""
    if not theme:
        reader.refuse("theme", _("没有填写。"), _("请填学习主题。"))
    if len(theme) > THEME_LIMIT:
        content = "\n".join(part for part in (prose(reader.row["theme"]), content) if part)
        theme = theme[: THEME_LIMIT - 1] + "…"
    return theme, content


def _screen(reader: RowReader) -> None:
    """No text that bears the mark of a classified paper comes in, whichever way."""
    texts = {key: prose(cell.value) for key, cell in reader.row.cells.items()}
    for key, sentence in marked_fields(texts).items():
        reader.refuse(key, sentence)


def _chair(reader: RowReader) -> str:
    names = "、".join(named.name for named in read_names(reader.row["chair"]))
    if len(names) > 60:
        reader.refuse("chair", _("超过 60 个字。"), _("请只填主持人的姓名。"))
    return names


def _guests(value: Value) -> int:
    """A head count, or the number of people named."""
    try:
        return read_count(value)
    except UnreadableError:
        names = read_names(value)
        if any(char.isdigit() for char in plain(value)):
            raise
        return len(names)


def _names(row: Row, table: Table, *keys: str) -> list[Named] | None:
    """All names of the columns together; None if the sheet has none of them."""
    if not any(key in table.columns for key in keys):
        return None
    return [named for key in keys for named in read_names(row[key], is_reason)]
