"""The one writer of the audit trail, and the check that nobody touched it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

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


END_OF_TRAIL = 0x7472_6169_6C
"""The number of the lock on the trail's end; no other code of the portal takes advisory locks."""
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
    told among what is after. The trail's end stays locked until the caller's transaction ends, so
    that two writers cannot continue the chain from the same place: long work comes before it.
    """
    before, after = _as_stored(details.pop("before", None)), _as_stored(details.pop("after", None))
    if "api_token" in details:
        after["api_token"] = details.pop("api_token")
    with transaction.atomic():
        _lock_end()
        last = AuditEvent.objects.order_by("-id").first()
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


def _lock_end() -> None:
    """Until the transaction ends, nobody else appends. On PostgreSQL by a lock that is no row's: to
    lock a row takes the right to change it, and the portal's role there has none in the trail
    (deploy/database-roles.sql). SQLite lets one transaction write at a time as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [END_OF_TRAIL])


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
