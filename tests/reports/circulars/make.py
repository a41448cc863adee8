"""Circulars in every state, on the closed June of 2026."""

import datetime as dt
from typing import Any

from reports.circulars.basis import take_basis
from reports.closing import close_month
from reports.models import Circular, CircularPassage, Closing
from reports.periods import Month
from units.models import Unit

JUNE = Month(2026, 6)
NOW = dt.datetime.fromisoformat("2026-07-06T10:00:00+08:00")
APPROVED = {"approver_name": "测部长", "approved_on": dt.date(2026, 7, 6)}
ISSUED = {**APPROVED, "number": "青宣通〔2026〕5号", "issued_on": dt.date(2026, 7, 6)}


def make_closing(root: Unit, month: Month = JUNE) -> Closing:
    at = dt.datetime.combine(month.last + dt.timedelta(days=5), dt.time(10), tzinfo=NOW.tzinfo)
    return close_month(root=root, month=month, at=at, by=None)


def make_circular(root: Unit, status: str = "draft", **changes: Any) -> Circular:
    """Of the first half of 2026; the month is closed unless it is already."""
    year, period = changes.pop("year", 2026), changes.pop("period", "half_year")
    month = Month(year, 6 if period == "half_year" else 12)
    if not Closing.objects.standing().filter(root=root, month=month.key).exists():
        make_closing(root, month)
    values: dict[str, Any] = dict(take_basis(root, year, period, NOW).as_values())
    if status == "approved":
        values |= APPROVED
    if status in Circular.OUT:
        values |= ISSUED
    values |= {
        "title": f"关于{year}年学习情况的通报",
        "addressee": "各单位",
        "sender": "县委宣传部",
    }
    if changes.pop("opened", False):
        values |= {"opened_at": NOW, "explain_by": changes.pop("explain_by", dt.date(2026, 7, 10))}
    recipients = changes.pop("recipients", ())
    circular = Circular.objects.create(
        root=root, year=year, period=period, status=status, **values | changes
    )
    circular.recipients.set(recipients)
    return circular


def make_passage(
    circular: Circular, section: str = "practice", units: tuple[Unit, ...] = (), **changes: Any
) -> CircularPassage:
    values: dict[str, Any] = {"title": "领导带头学", "text": "书记带头领学。"}
    passage = CircularPassage.objects.create(circular=circular, section=section, **values | changes)
    passage.units.set(units)
    return passage
