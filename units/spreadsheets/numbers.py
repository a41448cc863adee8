"""Counts and durations as ledgers write them."""

import re

from django.utils.translation import gettext as _

from units.spreadsheets.problems import UnreadableError
from units.spreadsheets.reader import Value
from units.spreadsheets.texts import quoted, squeezed

_COUNT = re.compile(r"(?:共|约)?(\d{1,6})(?:\.0+)?(?:人|名|次|位|人次)?")
_DAYS = re.compile(r"共?(\d{1,3}(?:\.\d{1,2})?)(?:天|日)?(半)?")
_CHINESE = str.maketrans("一二两三四五六七八九", "1223456789")
MAX_HALF_DAYS = 60


def read_count(value: Value) -> int:
    """A whole number of people or times, 12 or 12人.

    Raises UnreadableError.
    """
    match = _COUNT.fullmatch(squeezed(value))
    if isinstance(value, bool) or not match:
        raise UnreadableError(
            _("“%(value)s”不是整数。") % {"value": quoted(value)}, _("请只填数字，例如 12。")
        )
    return int(match[1])


def read_half_days(value: Value) -> int:
    """A duration in days (0.5, 1天, 半天, 一天半) as half-days.

    Raises UnreadableError unless it is a positive multiple of half a day.
    """
    text = squeezed(value).translate(_CHINESE)
    match = _DAYS.fullmatch("0天半" if text in ("半天", "半") else text)
    days = float(match[1]) + (0.5 if match[2] else 0) if match else 0.0
    half_days = round(days * 2)
    if isinstance(value, bool) or half_days != days * 2 or not 1 <= half_days <= MAX_HALF_DAYS:
        raise UnreadableError(
            _("“%(value)s”不是能识别的天数。") % {"value": quoted(value)},
            _("请以半天为单位填写，例如 0.5、1、2。"),
        )
    return half_days


def read_half_day_count(value: Value) -> int:
    """A duration given in half-days.

    Raises UnreadableError unless it is a whole number from 1.
    """
    half_days = read_count(value)
    if not 1 <= half_days <= MAX_HALF_DAYS:
        raise UnreadableError(
            _("半天数 %(value)s 不合情理。") % {"value": half_days},
            _("半天填 1，一天填 2，最多 %(limit)s。") % {"limit": MAX_HALF_DAYS},
        )
    return half_days
