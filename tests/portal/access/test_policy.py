"""Who may do what, asked of every address there is."""

import pytest
from django.db import connection
from django.urls import reverse

from portal.access import POLICY
from tests.portal.access.matrix import ACTORS, faults, representatives
from tests.portal.access.routes import is_open, walk
from tests.portal.access.samples import SAMPLES
from units.access.permissions import AllowedByPolicy
from units.access.rules import METHODS, Audience

pytestmark = pytest.mark.django_db


def test_every_address_is_declared_and_every_declaration_is_an_address():
    assert {name for name, _ in walk()} == POLICY.routes()


def test_every_declaration_is_tried_and_nothing_else():
    assert set(SAMPLES) == set(POLICY)


def test_django_keeps_closed_whatever_is_not_public():
    """The framework's views skip this requirement; they have the policy's permission instead."""
    public = {name for name, _ in POLICY if POLICY[name, _].audience is Audience.PUBLIC}
    pages = [(name, view) for name, view in walk() if not hasattr(view, "cls")]
    assert {name for name, view in pages if is_open(view)} == public


def test_the_framework_lets_nobody_past_the_policy():
    views = [view.cls for _, view in walk() if hasattr(view, "cls")]
    assert views
    assert {tuple(cls.permission_classes) for cls in views} == {(AllowedByPolicy,)}


def test_no_page_takes_forms_without_the_token():
    """Views of the API are left out: they ask for the token where a browser's cookie signs in."""
    pages = [(name, view) for name, view in walk() if not hasattr(view, "cls")]
    assert [name for name, view in pages if getattr(view, "csrf_exempt", False)] == []


@pytest.mark.parametrize("key", list(POLICY), ids=" ".join)
def test_the_portal_does_what_the_policy_says(key, scene):
    """Every caller on SQLite; on a second database whoever asks it for other rows."""
    actors = ACTORS if connection.vendor == "sqlite" else representatives(POLICY[key])
    assert list(faults(scene, POLICY, [key], actors)) == []


@pytest.mark.once  # nothing is looked for
@pytest.mark.parametrize("route", sorted(POLICY.routes()))
def test_methods_nobody_declared_are_refused(route, scene):
    client = scene.browsers["department_admin"]
    missing = next(sample.missing for key, sample in SAMPLES.items() if key[0] == route)
    kwargs = dict(missing)
    for method in {*METHODS, "OPTIONS", "TRACE"} - set(POLICY.methods_of(route)):
        assert client.generic(method, reverse(route, kwargs=kwargs)).status_code == 405
