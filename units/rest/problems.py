"""What went wrong, as other programs read it (after RFC 9457)."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CONTENT_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:problem:"

# The codes are a promise: programs hang on them. One title each.
TITLES: dict[str, "StrOrPromise"] = {
    "invalid": _("内容有误"),
    "unauthenticated": _("尚未登录"),
    "denied": _("无权办理"),
    "password-due": _("须先修改密码"),
    "role-needed": _("须先选择角色"),
    "not-found": _("没有找到"),
    "method-not-allowed": _("此地址不接受这种请求"),
    "not-acceptable": _("不提供所要的格式"),
    "wrong-state": _("当前状态不能办理"),
    "still-running": _("同一请求仍在办理"),
    "stale": _("内容已被他人修改"),
    "too-large": _("内容过大"),
    "unsupported-media-type": _("请以 JSON 发送"),
    "not-ready": _("尚不能报送"),
    "key-reused": _("请求标识已用于别的请求"),
    "precondition-required": _("须说明所依据的版本"),
    "throttled": _("请求过于频繁"),
    "server-error": _("系统出错"),
    "unavailable": _("暂时无法服务"),
}
CODES = {
    HTTPStatus.BAD_REQUEST: "invalid",
    HTTPStatus.UNAUTHORIZED: "unauthenticated",
    HTTPStatus.FORBIDDEN: "denied",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.NOT_ACCEPTABLE: "not-acceptable",
    HTTPStatus.CONFLICT: "wrong-state",
    HTTPStatus.PRECONDITION_FAILED: "stale",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "unsupported-media-type",
    HTTPStatus.UNPROCESSABLE_ENTITY: "not-ready",
    HTTPStatus.PRECONDITION_REQUIRED: "precondition-required",
    HTTPStatus.TOO_MANY_REQUESTS: "throttled",
    HTTPStatus.INTERNAL_SERVER_ERROR: "server-error",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
}


def problem_of(
    status: int, detail: str, *, code: str = "", errors: Iterable[Mapping[str, str]] = ()
) -> dict[str, Any]:
    """The body of a refusal. ``code`` is one of TITLES; without it that of the status.

    ``errors`` name the ``field`` (``attendance.0.member``), a stable ``code`` and a ``message``.
    """
    word = code or CODES[HTTPStatus(status)]
    return {
        "type": TYPE_PREFIX + word,
        "title": str(TITLES[word]),
        "status": int(status),
        "detail": detail,
        "errors": [dict(each) for each in errors],
    }


def problem(
    status: int,
    detail: str,
    *,
    code: str = "",
    errors: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """The same as a response, for middleware and error pages below ``/api/``."""
    return JsonResponse(
        problem_of(status, detail, code=code, errors=errors),
        status=status,
        content_type=CONTENT_TYPE,
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )
