"""The one writer of the audit trail, and the check that nobody touched it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from accounts.models import AuditEvent, User

DIGESTED = (
    "actor_id",
    "role",
    "unit_code",
    "address",
    "action",
    "object_type",
    "object_id",
    "before",
    "after",
    "result",
    "request_id",
    "previous_digest",
)


def _digest(event: AuditEvent) -> str:
    line: dict[str, Any] = {name: getattr(event, name) for name in DIGESTED}
    line["at"] = event.at.astimezone(UTC).isoformat()
    text = json.dumps(line, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _as_stored(values: Mapping[str, Any] | None) -> Any:
    """The values as the database will give them back, so that the digest can be checked."""
    return json.loads(json.dumps(values or {}, cls=DjangoJSONEncoder))


def record(
    *,
    action: str,
    at: datetime,
    actor: User | None = None,
    object_type: str = "",
    object_id: object = "",
    **details: Any,
) -> AuditEvent:
    """Appends one line in the caller's transaction.

    ``details`` are the other columns of the trail: role, unit_code, address, before, after,
    result, request_id. The last line is locked so that two writers cannot continue the chain
    from the same place.
    """
    before, after = _as_stored(details.pop("before", None)), _as_stored(details.pop("after", None))
    with transaction.atomic():
        last = AuditEvent.objects.select_for_update().order_by("-id").first()
        event = AuditEvent(
            action=action,
            at=at,
            actor=actor,
            object_type=object_type,
            object_id=str(object_id),
            before=before,
            after=after,
            previous_digest=last.digest if last else "",
            **details,
        )
        event.digest = _digest(event)
        event.save(force_insert=True)
    return event


def first_broken_line() -> int | None:
    """The id of the first line that was changed, or whose predecessor is missing; None if whole."""
    previous = ""
    for event in AuditEvent.objects.order_by("id").iterator():
        if event.previous_digest != previous or event.digest != _digest(event):
            return event.pk
        previous = event.digest
    return None
