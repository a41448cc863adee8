"""Schemes, sheets in every state and published results."""

import datetime as dt
from decimal import Decimal
from typing import Any

from reports.assessments import results
from reports.models import (
    AssessmentItem,
    AssessmentPublication,
    AssessmentResult,
    AssessmentScheme,
    AssessmentScore,
    AssessmentSheet,
)
from tests.reports.rulebook.make import browser_of
from units.models import Unit

__all__ = ["browser_of", "judge", "make_published", "make_scheme", "make_sheet"]

AT = dt.datetime(2026, 12, 20, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 12, 20)
MISSED = {"monthly_sessions": [["2026-02", "missed", "2月"], ["2026-03", "met", "3月"]]}


def make_scheme(
    root: Unit, *, year: int = 2026, is_published: bool = True, **changes: Any
) -> AssessmentScheme:
    """Of 10 points: months at 2 apiece out of 6, and 4 that people judge."""
    values: dict[str, Any] = {"title": "考评方案", "self_due": dt.date(year, 12, 31)}
    values |= {"grades": [["优秀", "90"], ["较好", "80"], ["一般", "60"], ["差", "0"]]}
    values |= {"published_at": AT if is_published else None}
    scheme = AssessmentScheme.objects.create(root=root, year=year, **values | changes)
    shared = {"scheme": scheme, "standard": "按标准评分", "evidence": "records"}
    AssessmentItem.objects.create(
        **shared, position=1, project="集中学习", content="每月集中学习", points=6, kind="data",
        rule="monthly_sessions", deduction=2,
    )  # fmt: skip
    AssessmentItem.objects.create(
        **shared, position=2, project="研讨质量", content="研讨联系实际", points=4, kind="judgement"
    )
    return scheme


def make_sheet(
    unit: Unit, status: str = "draft", scheme: AssessmentScheme | None = None, **changes: Any
) -> AssessmentSheet:
    """With one month missed, as of the 20th of December; a checked one lost half a point more."""
    scheme = scheme or make_scheme(unit)
    values: dict[str, Any] = {"obligations": MISSED, "measured_at": AT, "as_of": DAY}
    values |= {"open_as_of": DAY, "year": scheme.year}
    sheet = AssessmentSheet.objects.create(
        scheme=scheme, unit=unit, status=status, **values | changes
    )
    if status == "checked":
        judge(sheet, "3.5", "研讨不深")
    return sheet


def judge(sheet: AssessmentSheet, score: str, reason: str = "") -> None:
    item = sheet.scheme.items.get(kind="judgement")
    AssessmentScore.objects.create(
        sheet=sheet, item=item, score=Decimal(score), reason=reason, self_score=Decimal(4)
    )


def make_published(sheet: AssessmentSheet, by: Any) -> AssessmentPublication:
    """The results of the sheet's scheme, whose sheets are all checked, as they stand."""
    publication = AssessmentPublication(
        scheme=sheet.scheme, said=results.said(sheet.scheme), basis="12月尚未封账",
        published_at=AT, published_by=by,
    )  # fmt: skip
    rows = results.worked_out(publication, DAY)
    publication.checksum = results.checksum(publication, rows)
    publication.save()
    AssessmentResult.objects.bulk_create(rows)
    return publication
