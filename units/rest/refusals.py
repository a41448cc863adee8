"""What a view of the API raises when it must say no."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException


class RefusedError(APIException):
    """A refusal with a status, a stable code (see problems.py) and errors by field.

    ``more`` are further members of the problem.
    """

    status_code = HTTPStatus.CONFLICT
    code = "wrong-state"

    def __init__(self, detail: str, errors: Iterable[Mapping[str, str]] = (), **more: str) -> None:
        super().__init__(detail)
        self.errors = [dict(each) for each in errors]
        self.more = more


class WrongStateError(RefusedError):
    """The object's state, or what was done to it meanwhile, does not allow it."""


class NotReadyError(RefusedError):
    """The record cannot be submitted as it stands; ``errors`` say why."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "not-ready"


class StaleError(RefusedError):
    """The object was changed since the caller read it."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    code = "stale"

    def __init__(self) -> None:
        super().__init__(_("内容在您读取之后已被修改，没有保存。请重新读取，合并后再发送。"))


class PreconditionRequiredError(RefusedError):
    """A write must say which version it was made from."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    code = "precondition-required"

    def __init__(self) -> None:
        super().__init__(_("请在 If-Match 中给出读取时的 ETag，以免覆盖他人的修改。"))


class KeyReusedError(RefusedError):
    """The same Idempotency-Key came with another request."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "key-reused"

    def __init__(self) -> None:
        super().__init__(_("这个 Idempotency-Key 已用于内容不同的请求。新的请求请用新的标识。"))


class StillRunningError(RefusedError):
    """The first request with this Idempotency-Key has not been answered yet."""

    code = "still-running"

    def __init__(self) -> None:
        super().__init__(_("同一请求仍在办理，请稍后用同一标识再发一次，即可得到它的结果。"))
