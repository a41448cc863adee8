"""What notices mean for a unit, and how far the units have come with what they were asked for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from sessions.models import HANDED_IN, ReportNotice, UnitReport
from units.models import Unit


def notices_for(unit: Unit, year: int) -> dict[str, ReportNotice]:
    """The standing notice of each kind of report; that of the nearest department above counts."""
    standing = ReportNotice.objects.standing().concerning(unit).filter(year=year)
    rows = sorted(standing.select_related("root"), key=lambda notice: len(notice.root.path))
    return {notice.kind: notice for notice in rows}


def notice_for(report: UnitReport) -> ReportNotice | None:
    """By what the report was asked for, if by anything."""
    return notices_for(report.unit, report.year).get(report.kind)


def opening_sentence(report: UnitReport, notice: ReportNotice | None) -> str:
    """What a report begins with when nobody wrote an opening."""
    half = report.kind == UnitReport.Kind.HALF_YEAR
    when = _("%(year)d年上半年") if half else _("%(year)d年")
    about = when % {"year": report.year}
    if notice is None:
        return _("现将%(when)s理论学习中心组学习情况报告如下。") % {"when": about}
    return _("根据%(title)s要求，现将%(when)s理论学习中心组学习情况报告如下。") % {
        "title": quoted(notice.title),
        "when": about,
    }


def quoted(title: str) -> str:
    """A paper's title in book marks, which its own marks inside give way to."""
    if title.startswith("《") and title.endswith("》"):
        return title
    return "《" + title.replace("《", "〈").replace("》", "〉") + "》"


@dataclass(frozen=True, slots=True)
class Answers:
    """How many of the units asked have reported, and which have not."""

    asked: int
    reported: int
    missing: QuerySet[Unit]


def answers_to(notice: ReportNotice, today: date) -> Answers:
    """Of the units that exist today. Two queries, and those of whoever lists the missing."""
    asked = Unit.objects.with_group().below(notice.root).existing_in(today, today)
    if categories := [category.pk for category in notice.categories.all()]:
        asked = asked.filter(category__in=categories)
    theirs = UnitReport.objects.filter(
        unit=OuterRef("pk"), year=notice.year, kind=notice.kind, status__in=HANDED_IN
    )
    return Answers(
        asked.count(),
        asked.filter(Exists(theirs)).count(),
        asked.filter(~Exists(theirs)).named(today).order_by("rank_order", "code"),
    )
