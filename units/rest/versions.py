"""Which version of an object somebody read, and whether it still stands (RFC 9110, 13)."""

import hashlib
import json
from typing import Any

from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

from units.rest.refusals import PreconditionRequiredError, StaleError


def etag_of(shown: Any) -> str:
    """A strong validator: the digest of what is shown. It changes with everything that the caller
    could have read, be it a field, a row of attendance or a reviewer's decision.
    """
    text = json.dumps(shown, cls=JSONEncoder, sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def is_known(request: Request, etag: str) -> bool:
    """Whether the caller already holds this version (``If-None-Match``)."""
    return etag in _sent(request, "If-None-Match")


def require_match(request: Request, etag: str) -> None:
    """Lets a write pass that was made from this version.

    Raises PreconditionRequiredError without ``If-Match``, also for ``*``, which names no version;
    StaleError if the object says something else by now.
    """
    sent = _sent(request, "If-Match")
    if not sent or sent == ["*"]:
        raise PreconditionRequiredError
    if etag not in sent:
        raise StaleError


def _sent(request: Request, header: str) -> list[str]:
    return [each.strip() for each in request.headers.get(header, "").split(",") if each.strip()]
