"""The same request sent twice is done once and answered twice alike (``Idempotency-Key``)."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView

from accounts.models import User
from units.access.requests import PortalRequest
from units.models import AnsweredRequest
from units.rest.refusals import KeyReusedError, StillRunningError

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,200}")
KEPT = timedelta(hours=48)
# Longer than any request may take; whoever took the key up and did not answer by then is dead.
TAKEN_FOR = timedelta(minutes=3)
REPEATED_HEADERS = ("Location", "ETag")

View = TypeVar("View", bound=APIView)
P = ParamSpec("P")
Method = Callable[Concatenate[View, Request, P], Response]


def once(method: Method[View, P]) -> Method[View, P]:
    """For every POST of the API: one transaction, and with a key the stored answer to a repeat.

    Only what was done is kept: after a refusal nothing was written, so the key is free again and
    the repeat is judged anew.
    """

    @wraps(method)
    def answer(view: View, request: Request, *args: P.args, **kwargs: P.kwargs) -> Response:
        taken = _take(request, timezone.now()) if HEADER in request.headers else None
        if taken is not None and taken.status is not None:
            replayed = {**taken.headers, REPLAYED: "true"}
            return Response(taken.body, taken.status, headers=replayed)
        try:
            with transaction.atomic():
                response = method(view, request, *args, **kwargs)
                if taken is not None:
                    _complete(taken, response)
        except Exception:
            if taken is not None:
                _ours(taken).delete()
            raise
        return response

    answer.is_once = True  # type: ignore[attr-defined]  # for the test that looks for it
    return cast(Method[View, P], answer)


def forget_answers(*, now: datetime) -> int:
    """Deletes what nobody will ask for again; returns how many."""
    return AnsweredRequest.objects.filter(taken_at__lt=now - KEPT).delete()[0]


def _take(request: Request, now: datetime) -> AnsweredRequest:
    """The key's row, ours to work on, or with an answer.

    Raises ValidationError for what is no key, KeyReusedError for another request's,
    StillRunningError while somebody else works on it.
    """
    key = request.headers[HEADER]
    if not KEY.fullmatch(key):
        raise ValidationError({HEADER: [_("请求标识是 1 到 200 个可见的 ASCII 字符。")]})
    user = request.user
    if not isinstance(user, User):
        raise TypeError("only a signed-in user gets here")
    fingerprint = fingerprint_of(request)
    row, is_new = AnsweredRequest.objects.get_or_create(
        user=user, key=key, defaults={"fingerprint": fingerprint, "taken_at": now}
    )
    if is_new:
        return row
    if row.fingerprint != fingerprint:
        raise KeyReusedError
    if row.status is None:
        abandoned = AnsweredRequest.objects.filter(
            pk=row.pk, status=None, taken_at__lt=now - TAKEN_FOR
        )
        if abandoned.update(taken_at=now) != 1:
            raise StillRunningError
        row.taken_at = now
    return row


def fingerprint_of(request: Request) -> str:
    """What makes it the same request: method, address, what was sent, in the same role."""
    raw = cast(PortalRequest, request._request)
    acting = raw.access.assignment
    head = f"{raw.method} {raw.get_full_path()} {acting.pk if acting else ''}\n"
    digest = hashlib.sha256(head.encode())
    for part in _form(raw) if raw.content_type == "multipart/form-data" else [raw.body]:
        digest.update(part)
    return digest.hexdigest()


def _form(raw: PortalRequest) -> Iterator[bytes]:
    """The fields and files of a form. Its bytes differ each time, and may be more than one keeps
    in memory.
    """
    yield json.dumps(sorted(raw.POST.lists())).encode()
    for name, files in sorted(raw.FILES.lists()):
        for file in files:
            yield json.dumps([name, file.name, file.size]).encode()
            yield from file.chunks()
            file.seek(0)


def _ours(row: AnsweredRequest) -> QuerySet[AnsweredRequest]:
    """The key's row, unless somebody has taken it up after us."""
    return AnsweredRequest.objects.filter(pk=row.pk, status=None, taken_at=row.taken_at)


def _complete(row: AnsweredRequest, response: Response) -> None:
    """Raises StillRunningError, and undoes the work with it, if it took so long that somebody else
    does it now: it must not be done twice.
    """
    completed = _ours(row).update(
        status=response.status_code,
        headers={name: response[name] for name in REPEATED_HEADERS if name in response},
        body=json.loads(json.dumps(response.data, cls=JSONEncoder)),
    )
    if completed != 1:
        raise StillRunningError
