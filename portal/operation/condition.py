"""The portal's condition in lines: what it is about, how it stands, whether that is well, what to
do. The page, the command and the figures for a monitor are made from the same lines.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from django.utils.translation import gettext as _


class Level(IntEnum):
    """How a line stands; the worst of all is how the portal stands."""

    GOOD = 0
    WATCH = 1
    BAD = 2

    @property
    def label(self) -> str:
        return {Level.GOOD: _("正常"), Level.WATCH: _("注意"), Level.BAD: _("故障")}[self]

    @property
    def tone(self) -> str:
        """The badge's colour."""
        return {Level.GOOD: "success", Level.WATCH: "warning", Level.BAD: "danger"}[self]


@dataclass(frozen=True)
class Line:
    """``numbers`` are the same figures for a monitor, by name: counts, seconds, bytes, 0 or 1."""

    key: str
    label: str
    figure: str
    level: Level = Level.GOOD
    advice: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]


Reader = Callable[[datetime], Iterable[Line]]


def worst(sections: Iterable[Section]) -> Level:
    return max((line.level for each in sections for line in each.lines), default=Level.GOOD)


def grade(value: float, *, watch: float, bad: float) -> Level:
    """For figures that get worse as they grow."""
    return Level.BAD if value >= bad else Level.WATCH if value >= watch else Level.GOOD


def span(length: timedelta) -> str:
    """A length of time in one unit, rounded down."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 1:
        return _("不到 1 分钟")
    if minutes < 120:
        return _("%s 分钟") % minutes
    if minutes < 48 * 60:
        return _("%s 小时") % (minutes // 60)
    return _("%s 天") % (minutes // (24 * 60))


def ago(moment: datetime, now: datetime) -> str:
    return _("%s前") % span(now - moment)
