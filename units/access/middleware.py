"""The one place where the access policy is enforced, for pages and API alike."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.addresses import client_address, lies_in
from accounts.kept_forms import form_again
from accounts.models import User
from accounts.passwords import must_change
from units.access.acting import acting_assignment, held_by
from units.access.noting import note_exception, note_refusal
from units.access.requests import Access, PortalRequest
from units.access.roles import PRIVILEGED_ROLES
from units.access.rules import Audience, Policy, Rule
from units.models import ApiToken, Assignment
from units.rest.problems import problem

API_PREFIX = "/api/"
API_PAGES = "/api/docs/"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def _is_api(request: PortalRequest) -> bool:
    return request.path.startswith(API_PREFIX) and not request.path.startswith(API_PAGES)


def _not_allowed(request: PortalRequest, methods: list[str]) -> HttpResponse:
    if not _is_api(request):
        words = "" if request.method != "GET" else render_to_string("units/not_a_page.html")
        return HttpResponseNotAllowed(methods, words)
    detail = _("此地址只接受 %(methods)s。") % {"methods": "、".join(methods)}
    return problem(405, detail, headers={"Allow": ", ".join(methods)})


def _policy() -> Policy:
    policy: Policy = import_string(settings.ACCESS_POLICY)
    return policy


class AccessMiddleware:
    """Refuses every request the policy does not allow; hangs ``access`` on every other one."""

    def __init__(self, get_response: Callable[[PortalRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: PortalRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if "\0" in request.path:  # names nothing, and PostgreSQL refuses to look for it
            raise Http404
        route = request.resolver_match.view_name if request.resolver_match else ""
        method = "GET" if request.method == "HEAD" else str(request.method)
        policy = _policy()
        rule = policy.get((route, method))
        if rule is not None and rule.audience is Audience.PUBLIC:
            return None
        if rule is None and self._is_public(policy, route):
            return _not_allowed(request, policy.methods_of(route))
        user = request.user
        if not isinstance(user, User):
            return self._to_sign_in(request)
        if rule is None:
            return self._unknown(request, policy, route)
        return self._judge(request, rule, user)

    def process_exception(self, request: PortalRequest, exception: Exception) -> None:
        """Notes what a page itself refuses, for the reach of who asks or the state an object is
        in. A number no column holds was not sent by a page of ours.
        """
        if isinstance(exception, OverflowError):
            raise SuspiciousOperation(str(exception)) from exception
        if isinstance(request.user, User):
            note_exception(request, exception)

    def _judge(self, request: PortalRequest, rule: Rule, user: User) -> HttpResponse | None:
        token: ApiToken | None = getattr(request, "token", None)
        if token is not None:
            return self._judge_token(request, rule, token)
        now = timezone.now()
        if not rule.while_password_due and must_change(user, now):
            return self._to_password(request)
        assignment = acting_assignment(request, user, timezone.localdate(now))
        if assignment is not None:
            request.acting_as = {"role": assignment.role, "unit_code": assignment.unit.code}
        request.access = Access(user, assignment, rule)
        if rule.audience is Audience.ROLES:
            return self._judge_role(request, rule, assignment)
        return None

    def _judge_token(
        self, request: PortalRequest, rule: Rule, token: ApiToken
    ) -> HttpResponse | None:
        """The token's role, and no other, decides. A password that is due does not stop a token:
        it has a term of its own, and nobody makes one before having chosen a password.
        """
        assignment = token.assignment
        request.acting_as = {
            "role": assignment.role,
            "unit_code": assignment.unit.code,
            "api_token": str(token.pk),
        }
        request.access = Access(assignment.user, assignment, rule)
        if request.method not in SAFE_METHODS and not token.may_write:
            note_refusal(request, "access.read_only")
            return problem(403, _("此令牌只能读取，不能办理“%(title)s”。") % {"title": rule.title})
        if rule.audience is Audience.ROLES:
            return self._judge_role(request, rule, assignment)
        return None

    def _judge_role(
        self, request: PortalRequest, rule: Rule, assignment: Assignment | None
    ) -> HttpResponse | None:
        if assignment is None:
            return self._to_choice(request)
        if Assignment.Role(assignment.role) not in rule.grants:
            note_refusal(request, "access.denied")
            raise PermissionDenied(_("您当前的角色不能办理“%(title)s”。") % {"title": rule.title})
        networks = settings.PRIVILEGED_NETWORKS if assignment.role in PRIVILEGED_ROLES else []
        if networks and not lies_in(client_address(request), networks):
            note_refusal(request, "access.network")
            raise PermissionDenied(_("管理员角色只能在指定的网络内使用。"))
        return None

    def _is_public(self, policy: Policy, route: str) -> bool:
        methods = policy.methods_of(route)
        return any(policy[route, method].audience is Audience.PUBLIC for method in methods)

    def _unknown(self, request: PortalRequest, policy: Policy, route: str) -> HttpResponse:
        if methods := policy.methods_of(route):
            return _not_allowed(request, methods)
        note_refusal(request, "access.unclassified")
        raise PermissionDenied

    def _to_sign_in(self, request: PortalRequest) -> HttpResponse:
        if _is_api(request):
            detail = _("请先登录，或在 Authorization 头中发送接口令牌（Token …）。")
            return problem(401, detail, headers={"WWW-Authenticate": "Token"})
        if "HX-Request" in request.headers:
            address = resolve_url(settings.LOGIN_URL)
            return HttpResponse(status=401, headers={"HX-Redirect": address})
        if request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path())
        if again := form_again(request):  # what was typed while the sign-in ran out
            return render(request, "accounts/signed_out.html", again, status=403)
        # Whoever sent a form comes back to the start, not to an address that takes no visits.
        return redirect(settings.LOGIN_URL)

    def _to_password(self, request: PortalRequest) -> HttpResponse:
        if _is_api(request):
            return problem(403, _("请先登录网页修改密码。"), code="password-due")
        return redirect("password_change")

    def _to_choice(self, request: PortalRequest) -> HttpResponse:
        if _is_api(request):
            return problem(403, _("请先登录网页选择角色。"), code="role-needed")
        if held_by(request.access.user, timezone.localdate()).exists():
            return redirect("choose_role")
        return render(request, "units/no_role.html", status=403)
