"""The suite's own stand-in for systemd."""

import pytest

from portal.embedded.child import Child
from tests.faults import keeper
from tests.faults.stack import wait_until

pytestmark = pytest.mark.once


def test_what_ends_by_itself_is_started_again_until_it_is_ended_for_good(monkeypatch):
    monkeypatch.setattr(keeper, "RESTART_SECONDS", 0)
    kept = keeper.Kept(lambda: Child(["-c", "pass"]))
    assert wait_until(lambda: kept.restarts >= 2, seconds=60)
    kept.kill()
    before = kept.restarts
    assert not wait_until(lambda: kept.restarts > before, seconds=2)
