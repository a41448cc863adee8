"""What changed since a closing, as its page lists it."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.closings.changes import Difference, SessionChange, differences_since
from reports.emails.names import names_on
from reports.models import Closing
from reports.rules.phrases import percent, plain_number
from reports.rules.results import Figures


class FigureChange(NamedTuple):
    """A figure of a unit, as closed and as it would be today."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeLine:
    """A unit's differences."""

    name: str
    figures: list[FigureChange]
    sessions: tuple[SessionChange, ...]
    note: str


def change_lines(closing: Closing, today: dt.date) -> list[ChangeLine]:
    """The differences in words, units in official order under the names they had."""
    found = list(differences_since(closing, today=today))
    ids = [one.unit_id for one in found]
    names = dict(closing.units.filter(unit__in=ids).values_list("unit_id", "short_name"))
    if any(key not in names for key in ids):
        today_names = names_on(ids, today)
        names = {key: called.short_name for key, called in today_names.items()} | names
    return [change_line(one, names[one.unit_id]) for one in found]


def change_line(one: Difference, name: str) -> ChangeLine:
    """A unit's difference in words."""
    return ChangeLine(name, _figures(one), one.sessions, _note(one))


def _note(one: Difference) -> str:
    if one.before is None:
        return _("封账时没有这个单位")
    if one.after is None:
        return _("按现有登记，本年不再要求该单位学习")
    if not one.sessions:
        return _("按现行规则和发言等其他登记重新计算的结果")
    return ""


def _figures(one: Difference) -> list[FigureChange]:
    """Only those that differ."""
    before, after = _said(one.before), _said(one.after)
    return [
        FigureChange(name, before.get(name, "—"), after.get(name, "—"))
        for name in before or after
        if before.get(name) != after.get(name)
    ]


def _said(figures: Figures | None) -> dict[str, str]:
    if figures is None:
        return {}
    return {
        _("集中学习（次）"): str(figures.sessions),
        _("集体研讨（次）"): str(figures.discussions),
        _("学习天数"): plain_number(figures.half_days / 2),
        _("应到人次"): str(figures.due),
        _("不计入人次"): str(figures.excluded),
        _("实到人次"): str(figures.present),
        _("已补学人次"): str(figures.made_up),
        _("到会率"): percent(figures.present, figures.base),
        _("参学率"): percent(figures.present + figures.made_up, figures.base),
    }
