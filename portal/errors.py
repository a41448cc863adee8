"""What went wrong, in a sentence, with the number under which the log knows it."""

import sys
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.kept_forms import form_again, kept_form, offered
from units.rest.problems import problem


def is_database_away(error: BaseException | None) -> bool:
    """Whether the error says that the database is away or too busy, not that we did wrong."""
    return isinstance(error, OperationalError | InterfaceError)


def _answer(
    request: HttpRequest, status: HTTPStatus, title: str, advice: str, **more: Any
) -> HttpResponse:
    """Renders without session, user or database: any of them may be what failed."""
    if request.path.startswith("/api/"):
        return problem(status, advice)
    context = {
        "title": title,
        "advice": advice,
        "status": status.value,
        "request_id": getattr(request, "id", ""),
        **more,
    }
    return HttpResponse(render_to_string("error.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, HTTPStatus.BAD_REQUEST, _("请求有误"), _("请返回上一页检查后再试。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    why = str(exception or "") or _("您当前的角色没有此权限。")
    advice = _("如需办理，请切换角色，或联系本单位管理员、县委宣传部。")
    return _answer(request, HTTPStatus.FORBIDDEN, _("无权办理"), f"{why}{advice}")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Whoever signed in again in another window has a new token, and the page an old one: a form
    that certainly came from a page of ours can be sent again with the new one.
    """
    again = form_again(request) if _is_from_our_page(request) else {}
    if not again:
        advice = _("页面放置过久，或浏览器禁用了 Cookie。请返回上一页刷新后再提交。")
        return _answer(request, HTTPStatus.FORBIDDEN, _("页面已失效"), advice)
    advice = _("打开页面以后重新登录过。刚才的操作没有保存；您填写的内容仍在本页，请再次提交。")
    return _answer(request, HTTPStatus.FORBIDDEN, _("页面已失效"), advice, **again)


def _is_from_our_page(request: HttpRequest) -> bool:
    """No page of somebody else's can send our own address as its origin."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    advice = _("地址有误，或该内容不在您的范围内。")
    return _answer(request, HTTPStatus.NOT_FOUND, _("没有找到"), advice)


def server_error(request: HttpRequest) -> HttpResponse:
    """Whatever nobody caught, also outside of views: who asks is looked up before them."""
    if is_database_away(sys.exception()):
        return unavailable(request)
    advice = _("系统出错，刚才的操作没有完成。请稍后再试；仍不行时把下面的编号告诉管理员。")
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, _("系统出错"), advice)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is away; a form that was sent can be sent again from the page itself."""
    kept = kept_form(request)
    advice = _("数据库暂时没有应答，刚才的操作没有保存。请稍候返回上一页重试。")
    if kept:
        advice = _("数据库暂时没有应答，刚才的操作没有保存；您填写的内容仍在本页，请稍候再次提交。")
    more = offered(request, kept) if kept else {}
    status, title = HTTPStatus.SERVICE_UNAVAILABLE, _("暂时无法服务")
    response = _answer(request, status, title, advice, **more)
    response["Retry-After"] = "30"
    return response
