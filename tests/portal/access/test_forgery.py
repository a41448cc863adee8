"""No form of another site writes anything, whatever the address."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from portal.access import POLICY
from tests.portal.access.matrix import Scene, owner, scope_of, undone
from tests.portal.access.samples import SAMPLES
from tests.portal.access.test_odd_input import caller

pytestmark = pytest.mark.django_db
WRITTEN = [key for key in POLICY if key[1] != "GET"]


def forged(scene: Scene, key: tuple[str, str]) -> tuple[int, int]:
    """The status a browser gets that was sent there by a stranger, and how much was done."""
    actor, sample = caller(POLICY[key]), SAMPLES[key]
    browser: Client = scene.browsers[actor]
    browser.handler.enforce_csrf_checks = True
    with undone():
        where = dict(sample.missing)
        if sample.make is not None:
            where = dict(sample.make(*owner(scene, scope_of(POLICY[key], actor), actor, "own")))
        done = AuditEvent.objects.filter(result="done")
        before = done.count()
        send = getattr(browser, key[1].lower())
        status = send(reverse(key[0], kwargs=where), sample.body or None).status_code
        return status, done.count() - before


@pytest.mark.parametrize("key", WRITTEN, ids=" ".join)
def test_a_write_without_the_sessions_own_token_does_nothing(key, scene):
    assert forged(scene, key) == (403, 0)
