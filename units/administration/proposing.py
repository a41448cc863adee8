"""Roles are granted and revoked by two persons: one proposes, another confirms.

One of the two is always a security administrator (see docs/decisions/0009).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from units.access.roles import STUDY_ROLES, Role
from units.administration.services import grant_role, revoke_role
from units.assignments import GrantError, Origin, refuse_grant
from units.models import Assignment, RoleProposal, Unit

Kind, State = RoleProposal.Kind, RoleProposal.State
# What the department may propose. Who watches the department is not for it to name.
DEPARTMENT_PROPOSES = tuple(role for role in Role if role in STUDY_ROLES)


class AlreadyProposedError(GrantError):
    """Another proposal about the same role of the same person waits already."""

    def __init__(self, standing: RoleProposal) -> None:
        super().__init__(_("对同一人的同一角色，已有一条待确认的建议。"))
        self.standing = standing


class DecidedError(GrantError):
    """Somebody decided the proposal, or took it back, since the page was opened."""

    def __init__(self) -> None:
        super().__init__(_("这条建议刚才已由他人处理，结果见下。"))


@dataclass(frozen=True)
class Wish:
    """What is proposed; the days as in RoleProposal."""

    kind: RoleProposal.Kind
    user: User
    role: Role
    unit: Unit
    start_date: date
    end_date: date | None = None
    reason: str = ""


def _standing(user: User, role: str, unit: Unit, on: date) -> Assignment:
    """The assignment to be revoked. Raises GrantError if there is none to end by then."""
    held = Assignment.objects.owned_by(user).filter(role=role, unit=unit)
    found = held.exclude(end_date__lte=on).order_by("start_date").first()
    if found is None:
        raise GrantError(_("届时%(name)s在该单位没有此角色。") % {"name": user.full_name})
    return found


def propose(
    *, wish: Wish, by: User, role: Role, at: datetime, origin: Origin | None = None
) -> RoleProposal:
    """Proposes in one's ``role``; nothing changes until another person confirms.

    Raises GrantError for oneself, for a role that the proposer may not name and for what could
    not be done; AlreadyProposedError beside another one that waits.
    """
    if wish.user.pk == by.pk:
        raise GrantError(_("不能为自己提出角色变动，请由他人提出。"))
    if role != Role.SECURITY_ADMIN and wish.role not in DEPARTMENT_PROPOSES:
        raise GrantError(_("三员的角色由安全管理员提出。"))
    if wish.kind == Kind.GRANT:
        refuse_grant(
            user=wish.user,
            role=wish.role,
            unit=wish.unit,
            start_date=wish.start_date,
            end_date=wish.end_date,
        )
    else:
        _standing(wish.user, wish.role, wish.unit, wish.start_date)
    try:
        with transaction.atomic():
            proposed = RoleProposal.objects.create(
                **vars(wish), proposed_by=by, proposed_as=role, proposed_at=at
            )
            _record("assignment.propose", proposed, by=by, at=at, origin=origin)
    except IntegrityError:
        waiting = RoleProposal.objects.undecided().filter(user=wish.user, role=wish.role)
        raise AlreadyProposedError(waiting.get(unit=wish.unit)) from None
    return proposed


def why_not_confirm(proposal: RoleProposal, by: User, role: Role) -> str:
    """Why this person in this role may not confirm it; empty if they may."""
    if proposal.proposed_by_id == by.pk:
        return _("自己提出的建议须由另一人确认。")
    if proposal.user_id == by.pk:
        return _("关于自己的角色变动须由他人确认。")
    if Role.SECURITY_ADMIN not in (role, proposal.proposed_as):
        return _("部门提出的建议由安全管理员确认。")
    return ""


def confirm(
    *,
    proposal: RoleProposal,
    by: User,
    role: Role,
    today: date,
    at: datetime,
    origin: Origin | None = None,
) -> None:
    """Does what was proposed, from the day proposed or, that being over, from today.

    Raises DecidedError if somebody was faster; GrantError for whom ``why_not_confirm`` names a
    reason and for what cannot be done any more; AccountError as ``revoke_role`` does.
    """
    if why := why_not_confirm(proposal, by, role):
        raise GrantError(why)
    told = {"proposal": proposal.pk, "proposed_by": proposal.proposed_by.username}
    who: dict[str, Any] = {"at": at, "by": by, "origin": origin, "told": told}
    first = max(proposal.start_date, today)
    with transaction.atomic():
        _decide(proposal, State.CONFIRMED, by=by, at=at)
        _refuse_former(proposal, today)
        if proposal.kind == Kind.GRANT:
            _refuse_outlived(proposal, first)
            grant_role(
                user=proposal.user,
                role=Role(proposal.role),
                unit=proposal.unit,
                start_date=first,
                end_date=proposal.end_date,
                **who,
            )
        else:
            held = _standing(proposal.user, proposal.role, proposal.unit, first)
            revoke_role(assignment=held, on=first, **who)


def _refuse_former(proposal: RoleProposal, today: date) -> None:
    """A confirmation by one person alone, because the other is in office no longer."""
    held = Assignment.objects.owned_by(proposal.proposed_by).in_force(today)
    if not proposal.proposed_by.is_active:
        raise GrantError(_("提出人的账号已停用，请不同意后由他人重新提出。"))
    if not held.filter(role=proposal.proposed_as).exists():
        raise GrantError(_("提出人已不任提出时的角色，请不同意后由他人重新提出。"))


def _refuse_outlived(proposal: RoleProposal, first: date) -> None:
    """What was proposed may no longer make sense on the day, or come from two persons."""
    if proposal.end_date is not None and proposal.end_date <= first:
        raise GrantError(_("建议的任期已经过去，请撤回后重新提出。"))
    if not proposal.user.is_active:
        raise GrantError(_("%(name)s的账号已停用，不能授予。") % {"name": proposal.user.full_name})
    if proposal.unit.abolished_on is not None and proposal.unit.abolished_on <= first:
        raise GrantError(_("该单位届时已经撤销，不能授予。"))


def refuse(
    *, proposal: RoleProposal, note: str, by: User, at: datetime, origin: Origin | None = None
) -> None:
    """Declines somebody else's proposal, or takes one's own back. Raises DecidedError."""
    is_own = proposal.proposed_by_id == by.pk
    with transaction.atomic():
        _decide(proposal, State.WITHDRAWN if is_own else State.REFUSED, by=by, at=at, note=note)
        _record("assignment.decline", proposal, by=by, at=at, origin=origin)


def _decide(
    proposal: RoleProposal, state: RoleProposal.State, *, by: User, at: datetime, note: str = ""
) -> None:
    waiting = RoleProposal.objects.undecided().filter(pk=proposal.pk)
    if not waiting.update(state=state, decided_by=by, decided_at=at, note=note):
        raise DecidedError
    proposal.refresh_from_db(fields=["state", "decided_by", "decided_at", "note"])


def _record(
    action: str, about: RoleProposal, *, by: User, at: datetime, origin: Origin | None
) -> None:
    audit.record(
        action=action,
        at=at,
        actor=by,
        object_type=about._meta.label_lower,
        object_id=about.pk,
        unit_code=about.unit.code,
        after={
            "kind": about.kind,
            "user": about.user_id,
            "role": about.role,
            "start_date": about.start_date,
            "end_date": about.end_date,
            "reason": about.reason,
            "state": about.state,
            "note": about.note,
        },
        **(origin or {}),
    )
