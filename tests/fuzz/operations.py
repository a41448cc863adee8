"""The operations that the published schema describes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Err

from tests.portal.access.matrix import Key

_PARAMETER = re.compile(r"{([^}]+)}")


@dataclass(frozen=True)
class Operation:
    """One of the schema's, with the route of the portal that answers it."""

    described: Any  # Schemathesis has no public name for the class of its operations
    route: str
    method: str
    parameters: tuple[str, ...]

    @property
    def key(self) -> Key:
        return self.route, self.method

    @property
    def label(self) -> str:
        return f"{self.method} {self.described.path.removeprefix('/api/v1')}"


def drawn() -> dict[str, Any]:
    """The description as the code has it now."""
    return dict(SchemaGenerator().get_schema(request=None, public=True))


def operations(described: dict[str, Any]) -> Iterator[Operation]:
    """All of them, to be called in this process."""
    schema = schemathesis.openapi.from_dict(described, config=SchemathesisConfig())
    schema.app = WSGIHandler()
    for result in schema.get_all_operations():
        if isinstance(result, Err):
            raise result.err()
        operation = result.ok()
        route = resolve(_PARAMETER.sub("1", operation.path)).view_name
        parameters = tuple(_PARAMETER.findall(operation.path))
        yield Operation(operation, route, operation.method.upper(), parameters)
