"""Opening a closed month again: one administrator asks, another one decides."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from reports.closing import ClosingError
from reports.closings.reach import paths_down_to
from reports.models import Closing, Reopening
from units.access.roles import Role
from units.assignments import Origin
from units.models import Assignment

State = Reopening.State


def ask_reopening(
    *, closing: Closing, reason: str, at: dt.datetime, by: User, origin: Origin | None = None
) -> Reopening:
    """Asks that a closed month be opened again; nothing opens before somebody else confirms.

    Raises ClosingError without a reason, if it is open already, or if somebody has asked.
    """
    if not reason.strip():
        raise ClosingError(_("重新开放必须写明原因。"))
    try:
        with transaction.atomic():
            _locked(closing)
            asked = Reopening.objects.create(
                closing=closing, reason=reason.strip(), asked_at=at, asked_by=by
            )
            _record("month_reopen_ask", asked, at, by, origin)
    except IntegrityError as error:
        raise ClosingError(_("已经有人申请重新开放该月，请刷新后再试。")) from error
    return asked


@transaction.atomic
def confirm_reopening(
    *, reopening: Reopening, at: dt.datetime, by: User, origin: Origin | None = None
) -> None:
    """Opens the month. The closing and all it keeps stay on record.

    Raises ClosingError for whoever asked, and if the request was decided meanwhile.
    """
    if by.pk == reopening.asked_by_id:
        raise ClosingError(_("不能确认自己的申请，请由另一名宣传部管理员确认。"))
    closing = _locked(reopening.closing)
    _decide(reopening, State.CONFIRMED, at, by)
    closing.reopened_at, closing.reopened_by = at, by
    closing.reopen_reason = reopening.reason
    closing.save(update_fields=["reopened_at", "reopened_by", "reopen_reason"])
    _record("month_reopen", reopening, at, by, origin)


@transaction.atomic
def decline_reopening(
    *, reopening: Reopening, at: dt.datetime, by: User, origin: Origin | None = None
) -> None:
    """Ends the request without opening: taken back by whoever asked, refused by anybody else.

    Raises ClosingError if it was decided meanwhile.
    """
    own = by.pk == reopening.asked_by_id
    _decide(reopening, State.WITHDRAWN if own else State.REFUSED, at, by)
    _record("month_reopen_end", reopening, at, by, origin)


def other_deciders(closing: Closing, *, than: User, on: dt.date) -> int:
    """How many other people could confirm: administrators of the department on the day."""
    held = Assignment.objects.in_force(on).filter(
        role=Role.DEPARTMENT_ADMIN,
        unit__path__in=paths_down_to(closing.root.path),
        user__is_active=True,
    )
    return held.exclude(user=than).values("user").distinct().count()


def _locked(closing: Closing) -> Closing:
    found = Closing.objects.standing().select_for_update(of=("self",)).filter(pk=closing.pk).first()
    if found is None:
        raise ClosingError(_("该月已经重新开放，请刷新后再试。"))
    return found


def _decide(reopening: Reopening, state: Reopening.State, at: dt.datetime, by: User) -> None:
    undecided = Reopening.objects.filter(pk=reopening.pk, state=State.ASKED)
    if undecided.update(state=state, decided_at=at, decided_by=by) != 1:
        raise ClosingError(_("该申请已由他人办理，请刷新后再看。"))
    reopening.refresh_from_db()


def _record(
    action: str, reopening: Reopening, at: dt.datetime, by: User, origin: Origin | None
) -> None:
    closing = reopening.closing
    record(
        action=action,
        at=at,
        actor=by,
        unit_code=closing.root.code,
        object_type="closing",
        object_id=closing.pk,
        after={"month": closing.month, "reason": reopening.reason, "state": reopening.state},
        **(origin or {}),
    )
