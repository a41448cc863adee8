"""Dates as ledgers write them.

A cell gives a ``Span``: first and last day and, where the cell says so, the length in half-days.
Years and months that a cell leaves out come from the sheet (its title, the month column).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from units.spreadsheets.numbers import read_half_days
from units.spreadsheets.problems import UnreadableError
from units.spreadsheets.reader import Value
from units.spreadsheets.texts import plain, quoted

EXCEL_EPOCH = date(1899, 12, 30)
EARLIEST = date(1950, 1, 1)
LATEST = date(2100, 1, 1)

_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
}
_CHINESE_YEAR = re.compile(r"[〇零○O一二三四五六七八九]{4}(?=年)")
_CHINESE_NUMBER = re.compile(
    r"([一二三]?)(十)([一二三四五六七八九]?)(?=[月日号])|([一二三四五六七八九])(?=[月日号])"
)
_BRACKETED_PART = re.compile(r"\((上午|下午|全天|晚上|半天)\)")
_NOISE = re.compile(
    r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?"
    r"|(?<!\d)\d{1,2}[:时点](?:\d{1,2}分?)?(?::\d{2})?(?:[-~至到—–]+\d{1,2}[:时点](?:\d{1,2}分?)?(?::\d{2})?)?"
)
_FULL = r"(?P<{0}y>\d{{4}}|\d{{2}}(?=年))[-/.年](?P<{0}m>\d{{1,2}})[-/.月](?P<{0}d>\d{{1,2}})"
_SHORT = r"(?P<{0}m2>\d{{1,2}})[月/.](?P<{0}d2>\d{{1,2}})"
_DAY = r"(?P<{0}d3>\d{{1,2}})"
_PART = r"(?P<{0}part>上午|下午|全天|晚上|晚|半天)?"
_ONE = "(?:" + _FULL + "|" + _SHORT + "|" + _DAY + ")[日号]?" + _PART
_DURATION = r"\(?(?:共|为期)?(?P<days>\d{1,2}(?:\.\d)?|半)天\)?"
_SPAN = re.compile(
    _ONE.format("a") + r"(?:(?:[-~—–至到])+" + _ONE.format("b") + r")?(?:,?" + _DURATION + ")?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WHOLE_DAY = re.compile(r"上午(?:[-~—–至到、和及/,]?)下午")
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d|年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d)")
_AFTERNOON = frozenset(["下午", "晚上", "晚"])


@dataclass(frozen=True, slots=True)
class Span:
    """``half_days`` is None where the cell names neither a part of the day nor a range."""

    start: date
    end: date
    half_days: int | None = None


class Context(NamedTuple):
    """What the sheet says for cells that leave it out."""

    year: int | None = None
    month: int | None = None


NO_CONTEXT = Context()


def read_date(value: Value, context: Context = NO_CONTEXT) -> date:
    """A single day.

    Raises UnreadableError.
    """
    span = read_span(value, context)
    if span.end != span.start:
        raise UnreadableError(_("这里只能填一天，却是一段日期。"), _("请只填一个日期。"))
    return span.start


def read_span(value: Value, context: Context = NO_CONTEXT) -> Span:
    """A day or a range of days.

    Raises UnreadableError if it is neither, or if the year is missing.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _within(Span(value, value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _within(_from_number(value))
    text = _normal(plain(value))
    if compact := _COMPACT.fullmatch(text):
        day = _day(*(int(group) for group in compact.groups()))
        return _within(Span(day, day))
    if text.isdigit() and len(text) == 5:
        return _within(_from_number(int(text)))
    return _within(_from_text(text, context, typed=quoted(value)))


def month_of(value: Value) -> int | None:
    """The month a month column names: 3月, 三月, 3, 2026年3月."""
    text = _normal(plain(value))
    match = re.fullmatch(r"(?:\d{4}[年.-])?(\d{1,2})月?(?:份)?", text)
    month = int(match[1]) if match else 0
    return month if 1 <= month <= 12 else None


def years_in(text: str) -> set[int]:
    """The years a title or a sheet's name speaks of; the year of a full date is none of them."""
    return {int(year) for year in _TITLE_YEAR.findall(_normal(text))}


def _normal(text: str) -> str:
    text = _CHINESE_YEAR.sub(lambda m: "".join(_CHINESE_DIGITS[c] for c in m[0]), text)
    text = _CHINESE_NUMBER.sub(_number, text)
    text = _WHOLE_DAY.sub("全天", _NOISE.sub("", text).replace(" ", ""))
    text = _BRACKETED_PART.sub(r"\1", text)
    return text.replace("两天", "2天").replace("一天", "1天").replace("三天", "3天")


def _number(match: re.Match[str]) -> str:
    tens, ten, units, single = match.groups()
    if ten:
        return str(10 * int(_CHINESE_DIGITS.get(tens, "1")) + int(_CHINESE_DIGITS.get(units, "0")))
    return _CHINESE_DIGITS[single]


def _from_number(value: float) -> Span:
    """An Excel serial, or a date typed as eight digits."""
    if value == int(value) and 19_000_000 < value < 22_000_000:
        number = int(value)
        day = _day(number // 10_000, number // 100 % 100, number % 100)
        return Span(day, day)
    if not 18_264 <= value < 73_051:  # 1950 to 2099 as days since 1899-12-30
        raise UnreadableError(
            _("数字 %(value)s 不是日期。") % {"value": value},
            _("请写成 2026-03-05 或 3月5日，不要写成 3.5 这样的数字。"),
        )
    day = EXCEL_EPOCH + timedelta(days=int(value))
    return Span(day, day)


def _from_text(text: str, context: Context, typed: str) -> Span:
    match = _SPAN.fullmatch(text)
    if not match:
        raise UnreadableError(
            _("“%(value)s”不是能识别的日期。") % {"value": typed} if typed else _("没有填日期。"),
            _("请写成 2026-03-05、2026年3月5日，或 3月5日-7日。"),
        )
    found = match.groupdict()
    start = _one(found, "a", context)
    has_end = any(found[f"b{name}"] for name in ("d", "d2", "d3"))
    end = _one(found, "b", Context(start.year, start.month)) if has_end else start
    if end < start and found["by"] is None and (start.month, end.month) == (12, 1):
        end = _day(start.year + 1, end.month, end.day)
    if end < start:
        raise UnreadableError(_("结束日期早于开始日期。"), _("请核对起止日期。"))
    days = (end - start).days + 1
    half_days = _half_days(days, found["apart"], found["bpart"])
    if found["days"]:
        half_days = read_half_days(f"{found['days']}天")
        if days == 1:
            end = start + timedelta(days=max((half_days + 1) // 2 - 1, 0))
    return Span(start, end, half_days)


def _half_days(days: int, first: str | None, last: str | None) -> int | None:
    """Two a day; an afternoon start or a morning end takes one off."""
    if days == 1:
        return {None: None, "全天": 2}.get(first, 1)
    return 2 * days - (first in _AFTERNOON) - (last == "上午")


def _one(found: dict[str, str | None], end: str, context: Context) -> date:
    year, month, day = found[f"{end}y"], found[f"{end}m"], found[f"{end}d"]
    if day is None:
        month, day = found[f"{end}m2"], found[f"{end}d2"] or found[f"{end}d3"]
    whole_year = context.year if year is None else int(year) + (2000 if len(year) == 2 else 0)
    whole_month = context.month if month is None else int(month)
    if whole_month is None:
        raise UnreadableError(_("日期没有写月份。"), _("请写成 3月5日 或 2026-03-05。"))
    if whole_year is None:
        raise UnreadableError(
            _("日期没有写年份，表里也没有说明是哪一年。"),
            _("请补上年份，或在导入时指定年份（--year）。"),
        )
    return _day(whole_year, whole_month, int(day or 0))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise UnreadableError(
            _("没有 %(year)s年%(month)s月%(day)s日 这一天。")
            % {"year": year, "month": month, "day": day},
            _("请核对日期。"),
        ) from error


def _within(span: Span) -> Span:
    if span.start < EARLIEST or span.end >= LATEST:
        raise UnreadableError(
            _("日期 %(day)s 不合情理。") % {"day": span.start.isoformat()}, _("请核对年份。")
        )
    return span
