"""The records themselves as pages that open anywhere: study record, plan, report, roster."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reports.archives.contents import YearContents
from sessions.models import AnnualPlan, StudySession, UnitReport
from sessions.printing.sheets import group_name, speech_lines, turnout
from sessions.unit_reports.sections import SECTIONS
from units.models import Unit, UnitName


class Called:
    """What the unit was called on a day; one query."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self._names = list(UnitName.objects.filter(unit=unit).order_by("valid_from"))

    def name(self, day: dt.date) -> str:
        known = [one.name for one in self._names if one.valid_from <= day]
        return known[-1] if known else self.unit.code

    def short_name(self, day: dt.date) -> str:
        known = [one.short_name for one in self._names if one.valid_from <= day]
        return known[-1] if known else self.unit.code

    def group(self, day: dt.date) -> str:
        return group_name(self.unit, self.name(day))


def record_page(session: StudySession, called: Called) -> bytes:
    """The study record with everybody's attendance; three queries."""
    took_part = turnout(session)
    return _page(
        "record",
        title=_("学习记录"),
        group=called.group(session.date),
        session=session,
        took_part=took_part,
        speeches=speech_lines(session),
        topics=list(session.topics.all()),
    )


def year_pages(contents: YearContents, called: Called) -> Iterator[tuple[str, bytes, object]]:
    """Name, page and the paper it is of (None for lists), in the order of the paper file."""
    last = dt.date(contents.year, 12, 31)
    told: dict[str, Any] = {"year": contents.year, "group": called.group(last)}
    if contents.plan is not None:
        plan = contents.plan.row
        items = plan.items.all() if isinstance(plan, AnnualPlan) else ()
        title = _("年度学习计划")
        yield f"{title}.html", _page("plan", title=title, plan=plan, items=items, **told), plan
    for report in contents.reports:
        if isinstance(report.row, UnitReport):
            title = report.row.title
            page = _page("report", title=title, sections=_sections(report.row), **told)
            yield f"{title}.html", page, report.row
    if contents.roster:
        title = _("成员名册")
        page = _page("roster", title=title, entries=contents.roster, **told)
        yield f"{title}.html", page, None
    if contents.records:
        title = _("个人学习成果")
        page = _page("records", title=title, records=contents.records, **told)
        yield f"{title}.html", page, None
    if contents.outcomes:
        title = _("学习成果转化")
        page = _page("outcomes", title=title, outcomes=contents.outcomes, **told)
        yield f"{title}.html", page, None


def _sections(report: UnitReport) -> list[tuple[str, str]]:
    return [
        (str(section.heading), report.sections.get(section.key, ""))
        for section in SECTIONS
        if report.sections.get(section.key)
    ]


def _page(name: str, **context: Any) -> bytes:
    return render_to_string(f"reports/archives/paper/{name}.html", context).encode()
