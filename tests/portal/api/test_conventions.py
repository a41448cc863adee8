"""What holds for every address of the API, found by walking the addresses."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from portal.access import POLICY
from portal.settings.rest import SPECTACULAR_SETTINGS as DRAWN
from tests.portal.access.routes import walk
from tests.portal.access.samples import SAMPLES
from units.rest.resources import Resource


def operations(*methods: str) -> Iterator[tuple[str, type[Resource[Any]], str]]:
    """Route, view and action of every operation of the API with one of the methods."""
    for route, view in walk():
        for method, action in getattr(view, "actions", {}).items():
            if method in methods:
                yield route, view.cls, action


def test_every_tag_has_its_place():
    tags = {str(cls.tag) for _, cls, _ in operations("get", "post", "put", "patch", "delete")}
    assert tags == {tag["name"] for tag in DRAWN["TAGS"]}


def test_the_api_is_there():
    assert len(list(operations("get"))) > 1


def test_every_view_is_a_resource():
    assert [
        route for route, cls, _ in operations("get", "post") if not issubclass(cls, Resource)
    ] == []


def test_whatever_is_posted_can_be_repeated():
    loose = [
        (route, action)
        for route, cls, action in operations("post")
        if not getattr(getattr(cls, action), "is_once", False)
    ]
    assert loose == []


# A job changes by itself from one moment to the next; who cancels it means whatever it is by then.
UNGUARDED = {"api_rollup"}


def test_whatever_changes_an_object_asks_for_its_version():
    loose = [
        (route, action)
        for route, cls, action in operations("put", "patch", "delete")
        if action not in cls.guarded and route not in UNGUARDED
    ]
    assert loose == []


@pytest.mark.parametrize("route", sorted({route for route, _, _ in operations("get", "post")}))
def test_it_stands_under_its_version_and_under_the_policy(route):
    missing = next(sample.missing for key, sample in SAMPLES.items() if key[0] == route)
    assert reverse(route, kwargs=dict(missing)).startswith("/api/v1/")
    assert not reverse(route, kwargs=dict(missing)).endswith("/")
    assert route in POLICY.routes()
