"""Turns whatever a view of the API raises into a problem, and notes refusals in the trail."""

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from units.access.noting import note_exception
from units.rest.problems import CODES, CONTENT_TYPE, problem_of
from units.rest.refusals import RefusedError

SENTENCES = {
    HTTPStatus.NOT_FOUND: _("地址有误，或该内容不在您的范围内。"),
    HTTPStatus.BAD_REQUEST: _("请按各项提示改正后再发送。没有写入任何内容。"),
}


SENSELESS = _("请求中有过大的数字或不能识别的内容。")


def handle(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """The framework's exception handler. None, so a real error, for what is nobody's fault but
    ours; the database's absence is left to the middleware that answers for it.
    """
    if isinstance(exception, OperationalError | InterfaceError):
        return None
    request = context["request"]._request
    if hasattr(request, "access"):
        note_exception(request, exception)
    known = _known(exception)
    if known is None:
        return None
    status = HTTPStatus(known.status_code)
    errors = list(_errors(known))
    body = problem_of(status, _sentence(known, status), code=_code(known, status), errors=errors)
    body |= known.more if isinstance(known, RefusedError) else {}
    return Response(body, status, headers=_headers(known), content_type=CONTENT_TYPE)


def _known(exception: Exception) -> exceptions.APIException | None:
    if isinstance(exception, exceptions.APIException):
        return exception
    for kind, turn in TURNED.items():
        if isinstance(exception, kind):
            return turn(exception)
    return None


class TooLargeError(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = _("请求内容过大，请分几次发送。")


def _by_field(exception: ValidationError) -> dict[str, list[str]] | list[str]:
    if hasattr(exception, "error_dict"):
        return {
            "" if name == "__all__" else name: texts
            for name, texts in exception.message_dict.items()
        }
    return exception.messages


# The first that fits: a request too big is one kind of suspicious operation.
TURNED: dict[type[Exception], Callable[[Any], exceptions.APIException]] = {
    Http404: lambda _each: exceptions.NotFound(),
    PermissionDenied: lambda each: exceptions.PermissionDenied(str(each) or None),
    ValidationError: lambda each: exceptions.ValidationError(_by_field(each)),
    RequestDataTooBig: lambda _each: TooLargeError(),
    OverflowError: lambda _each: exceptions.ParseError(SENSELESS),
    SuspiciousOperation: lambda _each: exceptions.ParseError(SENSELESS),
}


def _code(exception: exceptions.APIException, status: HTTPStatus) -> str:
    return exception.code if isinstance(exception, RefusedError) else CODES[status]


def _sentence(exception: exceptions.APIException, status: HTTPStatus) -> str:
    """What happened and what to do. A list of errors by field gets a sentence of its own."""
    if isinstance(exception, exceptions.ValidationError) or status is HTTPStatus.NOT_FOUND:
        return str(SENTENCES[status])
    return str(exception.detail)


def _errors(exception: exceptions.APIException) -> Iterator[dict[str, str]]:
    if isinstance(exception, RefusedError):
        yield from exception.errors
    elif isinstance(exception, exceptions.ValidationError):
        yield from flat(exception.detail)


def flat(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Every error with the path of its field: ``attendance.0.member``."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = "" if name in ("non_field_errors", "__all__") else str(name)
            yield from flat(inner, ".".join(part for part in (field, here) if part))
    elif isinstance(detail, list | tuple):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from flat(inner, f"{field}.{place}".lstrip(".") if nested else field)
    elif detail:
        code = str(getattr(detail, "code", "invalid"))
        yield {"field": field, "code": code, "message": str(detail)}


def _headers(exception: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if scheme := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = scheme
    return headers
