"""Accounts as those who administer them see them: names, states and roles, no study content."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.lockout import locked_among
from accounts.models import User
from units.models import Assignment

PAGE_LENGTH = 50


class AccountQuerySet(QuerySet[User]):
    """Accounts, in the words of the access policy."""

    def administered_by(self, assignment: Assignment) -> Self:
        """Accounts that hold, and ever held, roles at or below the administrator's unit only.

        One without any role belongs to every administrator, one with a role elsewhere too only to
        those above both: a password reset in one county must open no door in another.
        """
        elsewhere = Assignment.objects.filter(user=OuterRef("pk")).exclude(
            unit__path__startswith=assignment.unit.path
        )
        return self.filter(~Exists(elsewhere))

    def matching(self, words: str, state: str, today: date) -> Self:
        """Accounts whose user name, name or unit contains the words, and that are in the state."""
        held = Assignment.objects.filter(user=OuterRef("pk")).in_force(today)
        rows = self
        if words:
            in_unit = Q(unit__code__iexact=words) | Q(unit__names__name__icontains=words)
            rows = rows.filter(
                Q(username__icontains=words)
                | Q(full_name__icontains=words)
                | Q(Exists(held.filter(in_unit)))
            )
        if state in ("active", "disabled"):
            rows = rows.filter(is_active=state == "active")
        if state == "roleless":
            rows = rows.filter(~Exists(held), is_active=True)
        return rows


def accounts() -> AccountQuerySet:
    return AccountQuerySet(User)


@dataclass(frozen=True)
class Line:
    """One account of the list."""

    user: User
    state: str
    held: list[Assignment]


def state_of(user: User, *, is_locked: bool) -> str:
    if not user.is_active:
        return _("已停用")
    if is_locked:
        return _("登录锁定")
    return _("正常") if user.has_usable_password() else _("待本人设置密码")


def page_of(
    rows: QuerySet[User], number: str | None, *, today: date, now: datetime
) -> tuple[Page[User], list[Line]]:
    """One page of accounts with the roles in force, at the same cost however many there are."""
    in_force = Assignment.objects.in_force(today).select_related("unit").named(today)
    listed = rows.order_by("full_name", "username").prefetch_related(
        Prefetch("assignments", in_force.order_by("unit__rank_order", "role"))
    )
    page = Paginator(listed, PAGE_LENGTH).get_page(number)
    users = list(page.object_list)
    locked = locked_among([user.username for user in users], now)
    return page, [
        Line(user, state_of(user, is_locked=user.username in locked), list(user.assignments.all()))
        for user in users
    ]
