"""From an address to an object: in scope, in state, or not at all."""

from typing import cast

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from accounts.models import AuditEvent
from sessions.models import StudySession
from tests.portal.county import make_county
from tests.sessions.test_querysets import make_session
from units.access.noting import OutOfReach, note_exception
from units.access.objects import find, reachable
from units.access.requests import Access, PortalRequest
from units.access.roles import Role
from units.access.rules import Rule, no_object, own_unit, subtree

pytestmark = pytest.mark.django_db

EDIT = Rule("修改", own_unit(Role.CLERK), states=frozenset({"draft", "returned"}))
REVIEW = Rule("审核", subtree(Role.AUDITOR), states=frozenset({"submitted"}))


@pytest.fixture
def county():
    return make_county()


def request_of(user, rule: Rule) -> PortalRequest:
    request = cast(PortalRequest, RequestFactory().get("/"))
    request.user = user
    request.access = Access(user, user.assignments.get(), rule)
    return request


def test_an_own_object_in_a_fitting_state_is_found(county):
    session = make_session(county.own, "returned")
    assert (
        find(request_of(county["clerk"], EDIT), StudySession.objects.all(), pk=session.pk)
        == session
    )


def test_in_another_state_it_is_refused_with_a_sentence(county):
    session = make_session(county.own, "submitted")
    with pytest.raises(PermissionDenied, match="当前状态为“已报送”，不能修改"):
        find(request_of(county["clerk"], EDIT), StudySession.objects.all(), pk=session.pk)


@pytest.mark.parametrize(
    ("role", "rule", "unit"), [("clerk", EDIT, "sister"), ("auditor", REVIEW, "abroad")]
)
def test_a_foreign_object_is_absent_and_noted(county, role, rule, unit):
    session = make_session(getattr(county, unit), "submitted")
    request = request_of(county[role], rule)
    with pytest.raises(OutOfReach) as raised:
        find(request, StudySession.objects.all(), pk=session.pk)
    note_exception(request, raised.value)
    event = AuditEvent.objects.get(action="access.foreign")
    assert (event.result, event.object_id) == ("denied", str(session.pk))


def test_a_missing_object_leaves_no_note(county):
    with pytest.raises(Http404):
        find(request_of(county["clerk"], EDIT), StudySession.objects.all(), pk=1)
    assert not AuditEvent.objects.exists()


def test_a_route_about_no_object_reaches_none(county):
    request = request_of(county["clerk"], Rule("首页", no_object(Role.CLERK)))
    with pytest.raises(ImproperlyConfigured):
        reachable(request, StudySession.objects.all())
