"""What an answer must never be."""

import io
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import extract_tb
from typing import Any

from django.core.signals import got_request_exception
from schemathesis import Case, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.access import POLICY
from tests.fuzz.operations import Operation
from units.access.roles import EVERY_ROLE, UNIT_ROLES, Role
from units.access.rules import Audience

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# Names of foreign units and what was studied there. Their codes are sent, so come back.
ABROAD = ("白石县", "金丝雀在BS", "金丝雀BS")
SISTER = ("青石县乙局", "金丝雀在QS002", "金丝雀QS002")


def faults(operation: Operation, caller: str, case: Case[Any], response: Response) -> Iterator[str]:
    """A line for each thing wrong with the answer."""
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        yield from (_line(failure) for failure in group.exceptions)
    if response.status_code < 300 and not _may(operation, caller):
        yield f"{response.status_code} to a role that may not"
    text = _text(response)
    foreign = ABROAD + (SISTER if caller in UNIT_ROLES else ())
    yield from (f"tells of a foreign unit: {word}" for word in foreign if word in text)


def _line(failure: Any) -> str:
    said = failure.message if isinstance(failure, Failure) else str(failure)
    return f"{failure.title}: {' '.join(str(said).split())[:300]}"


def _may(operation: Operation, caller: str) -> bool:
    rule = POLICY[operation.key]
    if rule.audience is Audience.ROLES:
        return caller in EVERY_ROLE and Role(caller) in rule.grants
    return caller in EVERY_ROLE


def _text(response: Response) -> str:
    """What is said; of a workbook everything inside."""
    content = response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", "replace")


@contextmanager
def raised() -> Iterator[list[str]]:
    """What the portal itself raises inside, and where."""
    found: list[str] = []

    def note(**_: Any) -> None:
        error = sys.exc_info()[1]
        if error is None:
            return
        places = extract_tb(error.__traceback__)
        ours = [place for place in places if "site-packages" not in place.filename] or places
        where = f"{ours[-1].filename}:{ours[-1].lineno}"
        found.append(f"raised {type(error).__name__} at {where}: {str(error)[:200]}")

    got_request_exception.connect(note)
    try:
        yield found
    finally:
        got_request_exception.disconnect(note)
