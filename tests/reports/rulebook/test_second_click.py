"""A draft of rules discarded by a double click."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.portal.county import make_county
from tests.reports.rulebook.make import browser_of, make_draft

pytestmark = pytest.mark.django_db


def test_the_second_click_is_told_calmly():
    admin = browser_of(make_county())
    address = reverse("rule_set_discard", args=[make_draft().pk])
    admin.post(address)
    again = admin.post(address, follow=True)
    assert (again.status_code, "草稿此前已经删除" in again.content.decode()) == (200, True)
    assert AuditEvent.objects.filter(action="rule_set.discard").count() == 1
