"""What the published description promises of answers, where the models alone would mislead it."""

from functools import lru_cache
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from sessions.evidence.formats import FORMATS


@lru_cache(maxsize=1)
def described() -> dict[str, Any]:
    return dict(SchemaGenerator().get_schema(request=None, public=True))


def shape(component: str, field: str) -> dict[str, Any]:
    return dict(described()["components"]["schemas"][component]["properties"][field])


def test_a_unit_without_an_address_is_as_described():
    assert "format" not in shape("Unit", "email")


@pytest.mark.parametrize(("component", "field"), [("Attendance", "leave_kind")])
def test_an_empty_choice_is_as_described(component, field):
    assert {"$ref": "#/components/schemas/BlankEnum"} in shape(component, field)["oneOf"]


def test_a_file_is_handed_out_in_a_kind_that_is_described():
    path = "/api/v1/sessions/{id}/evidence/{evidence}/file"
    told = described()["paths"][path]["get"]["responses"]["200"]["content"]
    assert set(told) == {one.media_type for one in FORMATS}
