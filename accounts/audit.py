"""The one writer of the audit trail, and the check that nobody touched it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
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


_ENCODER = DjangoJSONEncoder(sort_keys=True, ensure_ascii=False)


def _digest(line: Mapping[str, Any]) -> str:
    told = {name: line[name] for name in DIGESTED}
    told["at"] = line["at"].astimezone(UTC).isoformat()
    return hashlib.sha256(_ENCODER.encode(told).encode()).hexdigest()


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
    result, request_id; and ``api_token``, the number of the token somebody acted by, which is
    told among what is after. The last line stays locked until the caller's transaction ends, so
    that two writers cannot continue the chain from the same place: long work comes before it.
    """
    before, after = _as_stored(details.pop("before", None)), _as_stored(details.pop("after", None))
    if "api_token" in details:
        after["api_token"] = details.pop("api_token")
    with transaction.atomic():
        last = _locked_end()
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
        event.digest = _digest(vars(event))
        event.save(force_insert=True)
    return event


def _locked_end() -> AuditEvent | None:
    """The last line, locked. Whoever had to wait for a line finds others behind it that were
    written meanwhile: PostgreSQL hands out the row that was the last when the wait began.
    """
    lines = AuditEvent.objects.order_by("-id")
    last = lines.select_for_update().first()
    while last is not None and lines.filter(id__gt=last.id).exists():
        last = lines.select_for_update().first()
    return last


@dataclass(frozen=True)
class Chain:
    """What following the chain of digests found.

    ``broken_at`` is the id of the first line that was changed, or whose predecessor is missing;
    None if every line continues the one before it. ``lines`` were looked at, ``head`` is the
    digest of the last of them.
    """

    lines: int
    head: str
    broken_at: int | None


def follow_chain() -> Chain:
    """Works every digest out anew, from the first line to the last or to the first broken one."""
    previous, count = "", 0
    lines = AuditEvent.objects.order_by("id").values("id", "at", "digest", *DIGESTED)
    for count, line in enumerate(lines.iterator(chunk_size=5000), start=1):
        if line["previous_digest"] != previous or line["digest"] != _digest(line):
            return Chain(count, previous, line["id"])
        previous = line["digest"]
    return Chain(count, previous, None)
