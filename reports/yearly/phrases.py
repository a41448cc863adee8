"""How figures are said: lists of names, numbers with their measure, days. Plain Chinese."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from reports.yearly.figures import Count, YearFigures
from reports.yearly.spans import ANNUAL


def listed(names: Iterable[str], most: int = 6) -> str:
    """`甲、乙和丙`; of more than `most` the first ones and 等; no 和 between names with one."""
    found = [name for name in dict.fromkeys(names) if name]
    if len(found) > most:
        return "、".join(found[:most]) + "等"
    if len(found) < 2 or any("和" in name for name in found):
        return "、".join(found)
    return "、".join(found[:-1]) + "和" + found[-1]


def several(figures: Iterable[Count]) -> list[str]:
    """`专题讲座2次`, for those that are not 0."""
    return [f"{one.label}{one.value}{one.measure}" for one in figures if one.value]


def per_cent(rate: Fraction) -> str:
    """A threshold: `90%`, `92.5%`."""
    return f"{float(rate * 100):g}%"


def day(on: dt.date) -> str:
    """`6月30日`."""
    return f"{on.month}月{on.day}日"


def span(figures: YearFigures) -> str:
    """`2026年`, `2026年上半年`; `2026年1月1日至11月22日` while it is not over."""
    about = figures.about
    if about.as_of < about.last:
        return f"{about.year}年1月1日至{day(about.as_of)}"
    return f"{about.year}年" if about.kind == ANNUAL else f"{about.year}年上半年"


def joined(parts: Iterable[str], end: str = "。") -> str:
    """Clauses as one sentence; nothing of nothing."""
    said = "，".join(part for part in parts if part)
    return said + end if said else ""
