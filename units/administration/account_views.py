"""Accounts: the list, one of them, and what administrators do to it."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.administering import AccountError, create_account, enable_account, unlock_account
from accounts.lockout import locked_among
from accounts.models import SignIn, User
from accounts.one_time_links import create_link
from accounts.sign_ins import end_all
from accounts.trail import origin_of, record_for
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.administration.forms import AccountForm, FilterForm
from units.administration.reading import accounts, page_of, state_of
from units.administration.services import disable
from units.models import ApiToken, Assignment
from units.tokens.services import revoke_all


def _is_system(request: PortalRequest) -> bool:
    """Whether the page offers what the system administrator does; the policy asks again."""
    return request.access.acting.role == Role.SYSTEM_ADMIN


@require_safe
def account_list(request: PortalRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "state": ""}
    rows = accounts().matching(asked["words"].strip(), asked["state"], today)
    page, lines = page_of(reachable(request, rows), request.GET.get("page"), today=today, now=now)
    context = {"form": form, "page": page, "lines": lines, "may_create": _is_system(request)}
    return render(request, "units/administration/account_list.html", context)


@require_safe
def account_detail(request: PortalRequest, pk: int) -> HttpResponse:
    user, now = find(request, accounts(), pk=pk), timezone.now()
    is_locked = bool(locked_among([user.username], now))
    today = timezone.localdate(now)
    held = Assignment.objects.owned_by(user).select_related("unit").named(today)
    context = {
        "owner": user,
        "state": state_of(user, is_locked=is_locked),
        "is_locked": is_locked,
        "assignments": reachable(request, held).order_by("-start_date", "pk"),
        "today": today,
        "running": user.sign_ins.running().count(),
        "tokens": ApiToken.objects.owned_by(user).living(now).count(),
        "is_system": _is_system(request),
        "is_self": user.pk == request.access.user.pk,
    }
    return render(request, "units/administration/account_detail.html", context)


def _link_page(request: PortalRequest, user: User, token: str) -> HttpResponse:
    """The only time the link is shown: the answer to the form itself, kept nowhere."""
    link = request.build_absolute_uri(reverse("own_password", args=[token]))
    context = {"owner": user, "link": link, "hours": settings.ONE_TIME_LINK_HOURS}
    return render(request, "units/administration/link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account_create(request: PortalRequest) -> HttpResponse:
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                user, token = create_account(at=timezone.now(), **form.cleaned_data)
                record_for(
                    request,
                    action="account.create",
                    about=user,
                    after={"username": user.username, "full_name": user.full_name},
                )
            return _link_page(request, user, token)
        except IntegrityError:
            form.add_error("username", _("该用户名刚刚已有人使用。"))
    return render(request, "units/administration/account_create.html", {"form": form})


def _change(
    request: PortalRequest, pk: int, action: str, change: Callable[[User], str]
) -> HttpResponse:
    """Does one thing to an account and says what; refused, it says why."""
    user = find(request, accounts(), pk=pk)
    try:
        with transaction.atomic():
            said = change(user)
            record_for(request, action=action, about=user)
        messages.success(request, said)
    except AccountError as refused:
        messages.error(request, str(refused))
    return redirect("account_detail", pk=pk)


@require_POST
def account_disable(request: PortalRequest, pk: int) -> HttpResponse:
    def change(user: User) -> str:
        now = timezone.now()
        disable(
            user=user,
            by=request.access.user,
            today=timezone.localdate(now),
            at=now,
            origin=origin_of(request),
        )
        return _("已停用，其登录已全部结束，接口令牌已全部撤销。")

    return _change(request, pk, "account.disable", change)


@require_POST
def account_enable(request: PortalRequest, pk: int) -> HttpResponse:
    def change(user: User) -> str:
        if not enable_account(user=user):
            raise AccountError(_("该账号已经启用。"))
        return _("已启用，原来的密码和仍在生效的角色恢复有效。")

    return _change(request, pk, "account.enable", change)


@require_POST
def account_unlock(request: PortalRequest, pk: int) -> HttpResponse:
    def change(user: User) -> str:
        if not unlock_account(user=user):
            raise AccountError(_("该账号没有被锁定。"))
        return _("已解除锁定，可以重新登录。")

    return _change(request, pk, "account.unlock", change)


@require_POST
def account_reset(request: PortalRequest, pk: int) -> HttpResponse:
    """A new link for the owner to choose a password by. The old one works until then."""
    user = find(request, accounts(), pk=pk)
    if not user.is_active or user.pk == request.access.user.pk:
        own = _("自己的密码请在“我的账号”修改。")
        messages.error(request, own if user.is_active else _("账号已停用，请先启用。"))
        return redirect("account_detail", pk=pk)
    with transaction.atomic():
        token = create_link(user=user, at=timezone.now())
        record_for(request, action="account.link", about=user)
    return _link_page(request, user, token)


@require_POST
def account_sign_ins_end(request: PortalRequest, pk: int) -> HttpResponse:
    def change(user: User) -> str:
        if user.pk == request.access.user.pk:
            raise AccountError(_("自己的登录请在“我的账号”结束。"))
        ended = end_all(user=user, at=timezone.now(), end=SignIn.End.BY_ADMIN)
        return _("已结束 %(ended)s 次登录。") % {"ended": ended}

    return _change(request, pk, "account.sign_ins_end", change)


@require_POST
def account_tokens_revoke(request: PortalRequest, pk: int) -> HttpResponse:
    """Cuts other systems off that act for the account, whose owner may still sign in."""
    user, by = find(request, accounts(), pk=pk), request.access.user
    revoked = revoke_all(user=user, at=timezone.now(), by=by, origin=origin_of(request))
    if revoked:
        messages.success(request, _("已撤销 %(revoked)s 个接口令牌。") % {"revoked": revoked})
    else:
        messages.info(request, _("该账号没有可撤销的接口令牌。"))
    return redirect("account_detail", pk=pk)
