"""Entering, confirming and taking back make-ups, several at a time: all of them or none."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sessions.models import Attendance
from sessions.services import announce


class MakeupError(ValueError):
    """Nothing was written; ``faults`` say of each row why it cannot be."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("".join(faults))
        self.faults = faults


Judge = Callable[[Attendance], str]


@transaction.atomic
def record_makeups(
    *, rows: Iterable[Attendance], made_on: date, method: str, today: date
) -> list[dict[str, Any]]:
    """Enters that the rows were made up on a day in one way; returns what they were before.

    Raises MakeupError if one has been entered by somebody else meanwhile, or the day lies before
    its session or after today.
    """

    def fault(row: Attendance) -> str:
        if row.makeup_date is not None:
            return _("已由他人登记为%(day)s%(method)s") % {
                "day": _day(row.makeup_date),
                "method": row.get_makeup_method_display(),
            }
        if made_on < row.session.date:
            return _("补学日期早于学习时间%s，请填学习当天或以后的日期") % _day(row.session.date)
        return _("补学日期还没有到") if made_on > today else ""

    locked = _judged(rows, fault)
    return _written(locked, makeup_date=made_on, makeup_method=method)


@transaction.atomic
def confirm_makeups(
    *, rows: Iterable[Attendance], on: date, confirmer: str, today: date
) -> list[dict[str, Any]]:
    """Confirms entered make-ups; returns what they were before.

    Raises MakeupError if one is not entered, is confirmed already, or took place later.
    """

    def fault(row: Attendance) -> str:
        if row.makeup_date is None:
            return _("还没有登记补学日期")
        if row.makeup_confirmed_on is not None:
            return _("已由%(who)s在%(day)s确认") % {
                "who": row.makeup_confirmer,
                "day": _day(row.makeup_confirmed_on),
            }
        if on < row.makeup_date:
            return _("确认日期早于补学日期%s") % _day(row.makeup_date)
        return _("确认日期还没有到") if on > today else ""

    locked = _judged(rows, fault)
    return _written(locked, makeup_confirmed_on=on, makeup_confirmer=confirmer)


@transaction.atomic
def undo_makeups(*, rows: Iterable[Attendance]) -> list[dict[str, Any]]:
    """Takes back the last step of each row: the confirmation, or what was entered.

    Returns what the rows were before. Raises MakeupError if there is nothing to take back.
    """

    def fault(row: Attendance) -> str:
        return "" if row.makeup_date is not None else _("没有可以撤销的补学登记")

    locked = _judged(rows, fault)
    confirmed = [row for row in locked if row.makeup_confirmed_on is not None]
    entered = [row for row in locked if row.makeup_confirmed_on is None]
    before = _written(confirmed, makeup_confirmed_on=None, makeup_confirmer="")
    return before + _written(entered, makeup_date=None, makeup_method="")


def _judged(rows: Iterable[Attendance], fault: Judge) -> list[Attendance]:
    """The rows as they are now, locked until the end of the transaction."""
    locked = list(
        Attendance.objects.select_for_update(of=("self",))
        .filter(pk__in=[row.pk for row in rows])
        .select_related("session", "member__person")
        .order_by("pk")
    )
    found = [(row, said) for row in locked if (said := fault(row))]
    if found:
        raise MakeupError(
            [
                _("%(name)s（%(day)s的学习）：%(fault)s。")
                % {"name": row.member.person.name, "day": _day(row.session.date), "fault": said}
                for row, said in found
            ]
        )
    return locked


def _written(rows: Sequence[Attendance], **values: Any) -> list[dict[str, Any]]:
    """Writes the values to all rows and tells of it; returns the audit trail's view of before."""
    before = [{"row": row.pk, **{name: getattr(row, name) for name in values}} for row in rows]
    if rows:
        Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(**values)
        announce(
            unit_ids={row.session.unit_id for row in rows},
            years={row.session.date.year for row in rows},
        )
    return before


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
