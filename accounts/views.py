"""Signing in and out, the own password, the own sessions."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import FirstPasswordForm, NewPasswordForm, SignInForm
from accounts.lockout import OWN_CHANGE, guessed_own_too_often, locked_out
from accounts.models import AuditEvent, SignIn, User
from accounts.one_time_links import find_link, use_link
from accounts.passwords import days_left, expires_at, must_change, set_password
from accounts.requests import AccountRequest
from accounts.sign_ins import end_all
from accounts.sign_ins import end_sign_in as end_one
from accounts.signals import password_set_by_link
from accounts.trail import origin_of, record_for


def _account(request: AccountRequest) -> User:
    """The user, on pages nobody else reaches."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _where_to(request: AccountRequest) -> str:
    """Where the user wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _farewell() -> HttpResponse:
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    # Not "cookies": that would reach every other system of the same registered domain.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: AccountRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(_where_to(request))
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return HttpResponseRedirect(_where_to(request))
    context = {"form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "accounts/sign_in.html", context)


@require_POST
def sign_out(request: AccountRequest) -> HttpResponse:
    logout(request)
    return _farewell()


@require_POST
def sign_out_everywhere(request: AccountRequest) -> HttpResponse:
    user = _account(request)
    with transaction.atomic():
        ended = end_all(user=user, at=timezone.now(), end=SignIn.End.EVERYWHERE)
        record_for(
            request, action="account.sign_out_everywhere", about=user, after={"ended": ended}
        )
    logout(request)
    return _farewell()


@require_POST
def end_sign_in(request: AccountRequest, pk: int) -> HttpResponse:
    other = get_object_or_404(SignIn.objects.owned_by(_account(request)).running(), pk=pk)
    with transaction.atomic():
        end_one(sign_in=other, at=timezone.now(), end=SignIn.End.EVERYWHERE)
        record_for(request, action="account.end_session", about=other)
    messages.success(request, _("已结束该登录。"))
    return redirect("profile")


@require_safe
def profile(request: AccountRequest) -> HttpResponse:
    user, now = _account(request), timezone.now()
    context: dict[str, Any] = {
        "sign_ins": SignIn.objects.owned_by(user).running(),
        "current": request.sign_in,
        "password_expires_at": expires_at(user),
        "password_days_left": days_left(user, now),
    }
    return render(request, "accounts/profile.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: AccountRequest) -> HttpResponse:
    user = _account(request)
    if request.method == "POST" and guessed_own_too_often(user, timezone.now()):
        return locked_out(request)
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            set_password(
                user=user,
                password=form.cleaned_data["new_password1"],
                at=timezone.now(),
                keep=request.sign_in.pk,
            )
            record_for(request, action=OWN_CHANGE, about=user)
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已修改，您在其他浏览器上的登录已全部结束。"))
        return redirect("home")
    if form.has_error("old_password", "password_incorrect"):
        record_for(request, action=OWN_CHANGE, about=user, result=AuditEvent.Result.FAILED)
    context = {"form": form, "forced": must_change(user, timezone.now())}
    return render(request, "accounts/password_change.html", context)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: AccountRequest, token: str) -> HttpResponse:
    """Sets the first (or a forgotten) password by a link that works once."""
    link = find_link(token, timezone.now())
    if link is None or link.user is None or not link.user.is_active:
        return render(request, "accounts/link_over.html", status=404)
    form = FirstPasswordForm(link.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        with transaction.atomic():
            if not use_link(link=link, at=now):
                raise Http404
            set_password(user=link.user, password=form.cleaned_data["new_password1"], at=now)
            record_for(request, action="account.password_set", about=link.user, actor=link.user)
            origin = origin_of(request)
            password_set_by_link.send(User, user=link.user, at=now, origin=origin)
        messages.success(request, _("密码已设置，请登录。此前的登录和接口令牌已全部失效。"))
        return redirect("sign_in")
    return render(request, "accounts/own_password.html", {"form": form, "owner": link.user})
