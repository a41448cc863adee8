"""Audit lines written on behalf of a request."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.addresses import client_address
from accounts.models import AuditEvent, User

A_MINUTE = timedelta(minutes=1)
JUST_NOW = timedelta(minutes=5)
"""So long a repeated click is taken for the same one, sent again."""


def origin_of(request: HttpRequest) -> dict[str, str | None]:
    """What the trail says of from where, in which role and, without a browser, by which API token
    a request came.
    """
    acting: Mapping[str, str] = getattr(request, "acting_as", {})
    origin = {
        "role": acting.get("role", ""),
        "address": client_address(request),
        "request_id": getattr(request, "id", ""),
    }
    return origin | ({"api_token": acting["api_token"]} if "api_token" in acting else {})


def record_for(
    request: HttpRequest,
    *,
    action: str,
    about: Model | None = None,
    actor: User | None = None,
    result: str = AuditEvent.Result.DONE,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Appends who (in which role and unit), from where, did what to ``about``.

    Role and unit are those the access middleware noted on the request, if any.
    """
    user = actor or getattr(request, "user", None)
    return audit.record(
        action=action,
        at=timezone.now(),
        actor=user if isinstance(user, User) else None,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=about.pk if about is not None else "",
        before=before,
        after=after,
        result=result,
        unit_code=getattr(request, "acting_as", {}).get("unit_code", ""),
        **origin_of(request),
    )


def record_refusal(
    request: HttpRequest,
    *,
    action: str,
    about: Model | None = None,
    result: str = AuditEvent.Result.DENIED,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Appends what was refused or failed, as ``record_for`` does, while that is no flood.

    Every line waits for the trail's end and stays for years: whoever asks in a loop, be it a
    program gone wrong, must neither keep others waiting nor bury what they did. So of one user (of
    one address, where nobody is signed in) so many lines are noted a minute; the last of them says
    that more was refused.
    """
    noted = AuditEvent.objects.filter(
        at__gt=timezone.now() - A_MINUTE,
        result__in=(AuditEvent.Result.DENIED, AuditEvent.Result.FAILED),
    )
    user = getattr(request, "user", None)
    if isinstance(user, User):
        noted = noted.filter(actor=user)
    else:
        noted = noted.filter(actor=None, address=client_address(request))
    left = settings.REFUSALS_NOTED_PER_MINUTE - noted.count()
    if left <= 0:
        return
    told = {**(after or {}), **({"flood": True} if left == 1 else {})}
    record_for(request, action=action, about=about, result=result, after=told)


def has_just_done(request: HttpRequest, *, action: str, model: type[Model], pk: int) -> bool:
    """Whether who asks has done this to the object a moment ago; the object may be gone since."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return False
    return AuditEvent.objects.filter(
        actor=user,
        at__gt=timezone.now() - JUST_NOW,
        action=action,
        object_type=model._meta.label_lower,
        object_id=str(pk),
        result=AuditEvent.Result.DONE,
    ).exists()
